"""For every screen on which something is deleted, or done to many at once: the audit log hears of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from stories.auditing.entries import called_many, write_entry
from stories.changing.deeds import DEEDS
from stories.models import Act


class AuditedMixin:
    """Before Django's or the theme's own class."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for each in queryset:
            write_entry(Act.DELETED, on=each)
        return super().log_deletions(request, queryset)  # type: ignore[misc]

    def response_action(self, request: HttpRequest, queryset: Any, *where: Any) -> HttpResponse | None:
        """What is done to many is done with its entries, or not at all."""
        with transaction.atomic():
            if self._is_done(request):
                chosen = request.POST.getlist("_selected_action")
                told = {
                    "act": request.POST.get("action", ""),
                    "chosen": len(chosen),
                    "keys": ", ".join(chosen),
                }
                write_entry(Act.BULK, words=called_many(queryset.model), details=told)
            answer: HttpResponse | None = super().response_action(request, queryset, *where)  # type: ignore[misc]
            return answer

    def _is_done(self, request: HttpRequest) -> bool:
        """What asks first whether it is meant is not done yet; a deed writes its own entry when it is."""
        action = request.POST.get("action")
        if action in DEEDS:
            return False
        is_asked_first = action == "delete_selected" and not request.POST.get("post")
        return bool(action and request.POST.getlist("_selected_action") and not is_asked_first)

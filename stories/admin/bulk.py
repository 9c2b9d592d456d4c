"""The recent bulk actions: what was done to which rows, by whom, and the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from stories.admin.bulk_views import bulk_page, label_of
from stories.admin.columns import ago
from stories.admin.read_only import ReadOnlyAdmin
from stories.admin.site import site
from stories.models import Bulk
from stories.models.bulk import BulkRowState


@admin.register(Bulk, site=site)
class BulkAdmin(ReadOnlyAdmin):
    list_display = ("shown_deed", "noun", "shown_state", "counted", "asker", "asked")
    list_filter = ("state", "noun")
    search_fields = ("deed", "asker", "rows__name")
    date_hierarchy = "asked_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Bulk]:
        done = Count("rows", filter=Q(rows__state__in=(BulkRowState.DONE, BulkRowState.KEPT)))
        return super().get_queryset(request).annotate(done_total=done)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if object_id is None:
            # Begun on a list, and never from here.
            raise PermissionDenied
        bulk = self.get_object(request, object_id)
        if bulk is None or not self.has_view_permission(request, bulk):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return bulk_page(request, bulk, site=self.admin_site)

    @display(description=gettext_lazy("what"), ordering="deed")
    def shown_deed(self, bulk: Bulk) -> str:
        return label_of(bulk)

    @display(description=gettext_lazy("state"), ordering="state", label={"done": "success", "undone": "info"})
    def shown_state(self, bulk: Bulk) -> str:
        return str(bulk.get_state_display())

    @display(description=gettext_lazy("rows"), ordering="total_count")
    def counted(self, bulk: Any) -> str:
        return _("%(done)d of %(total)d") % {"done": bulk.done_total, "total": bulk.total_count}

    @display(description=gettext_lazy("when"), ordering="asked_at")
    def asked(self, bulk: Bulk) -> Any:
        return ago(bulk.asked_at, now=timezone.now())

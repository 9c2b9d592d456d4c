"""What was brought in from outside, and the way to bring more."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from stories.admin.columns import ago, shown
from stories.admin.intake_views import intake_page
from stories.admin.intake_ways import start_page
from stories.admin.saved_filters import SavedFilters
from stories.admin.site import site
from stories.models import Intake
from stories.models.words import IntakeState

STATE_LABELS: dict[Any, str | None] = {
    **dict.fromkeys(IntakeState.values),
    IntakeState.READING.value: "info",
    IntakeState.READY.value: "warning",
    IntakeState.TAKING.value: "info",
    IntakeState.DONE.value: "success",
    IntakeState.REFUSED.value: "danger",
    IntakeState.UNDOING.value: "info",
}


@admin.register(Intake, site=site)
class IntakeAdmin(SavedFilters, ModelAdmin):
    """A list of what was brought in; its two pages are our own."""

    list_display = ("name", "kind", "shown_state", "count", "asker", "asked")
    quick_filters = ((_("To be confirmed"), {"state__exact": "ready"}),)
    list_filter = ("state", "kind")
    list_per_page = 50
    search_fields = ("name", "asker", "address")
    date_hierarchy = "asked_at"
    ordering = ("-asked_at", "-pk")
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            return redirect("admin:index")
        return start_page(request, site=self.admin_site)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        intake = self.get_object(request, object_id)
        if intake is None or not self.has_view_or_change_permission(request, intake):
            raise Http404
        if request.method == "POST" and not self.has_change_permission(request, intake):
            raise Http404
        return intake_page(request, intake, site=self.admin_site)

    @display(description=_("state"), ordering="state", label=STATE_LABELS)
    def shown_state(self, intake: Intake) -> tuple[Any, str]:
        return shown(intake, "state")

    @display(description=_("stories"), ordering="total_count")
    def count(self, intake: Intake) -> int:
        return intake.total_count

    @display(description=_("when"), ordering="asked_at")
    def asked(self, intake: Intake) -> Any:
        return ago(intake.asked_at, now=timezone.now())

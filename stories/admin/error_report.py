"""What readers report as wrong, to be read and answered."""

from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from stories.admin.bulk_actions import BulkActions
from stories.admin.saved_filters import SavedFilters
from stories.admin.site import site
from stories.models import ErrorReport


class AnsweredFilter(admin.SimpleListFilter):
    title = _("answered")
    parameter_name = "answered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("Not yet")), ("yes", _("Answered")), ("dismissed", _("Dismissed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> QuerySet[ErrorReport]:
        match self.value():
            case "no":
                return queryset.filter(answered_at__isnull=True)
            case "yes":
                return queryset.filter(answered_at__isnull=False, is_dismissed=False)
            case "dismissed":
                return queryset.filter(is_dismissed=True)
        return queryset


_STATES = {
    "open": gettext_noop("open"),
    "answered": gettext_noop("answered"),
    "dismissed": gettext_noop("dismissed"),
}


@admin.register(ErrorReport, site=site)
class ErrorReportAdmin(BulkActions, SavedFilters, ModelAdmin):
    """An editor writes what was done about a report, and so answers it; what the reader wrote stays."""

    list_display = ("__str__", "article", "received_at", "shown_state", "answered_by")
    quick_filters = ((_("Not answered yet"), {"answered": "no"}),)
    list_filter = (AnsweredFilter,)
    list_select_related = ("article", "answered_by")
    list_per_page = 50
    search_fields = ("message", "passage", "article__headline", "article__slug")
    date_hierarchy = "received_at"
    ordering = ("-received_at",)
    fields = (
        "article",
        "version_number",
        "message",
        "passage",
        "reader",
        "received_at",
        "answer",
        "is_dismissed",
        "answered_at",
        "answered_by",
    )
    readonly_fields = tuple(name for name in fields if name not in ("answer", "is_dismissed"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ErrorReport, form: Any, change: bool) -> None:
        if (obj.answer.strip() or obj.is_dismissed) and obj.answered_at is None:
            obj.answered_at, obj.answered_by_id = timezone.now(), request.user.pk
        super().save_model(request, obj, form, change)

    @display(description=_("e-mail"))
    def reader(self, report: ErrorReport) -> str:
        """Where an answer goes: what is written below is for the newsroom."""
        if not report.email:
            return ""
        asked = urlencode({"subject": f"Re: {report.article.headline}"}, quote_via=quote)
        return format_html(
            '<a href="mailto:{}?{}">{}</a>', quote(report.email, safe="@"), asked, report.email
        )

    @display(description=_("state"), label={"open": "warning", "answered": "success", "dismissed": "info"})
    def shown_state(self, report: ErrorReport) -> tuple[str, str]:
        return report.state, gettext(_STATES[report.state])

"""Notes to readers: drafts to be written, published ones to be read."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.decorators import display

from stories.admin.columns import KIND_LABELS, shown
from stories.admin.glance.filters import CausedFilter, WeeksFilter
from stories.admin.site import site
from stories.admin.tracked import TrackedAdmin
from stories.admin.when_filter import WhenFilter
from stories.models import Update

PUBLISHED = _("It is published, and what readers were told stays. Publish another update that corrects it.")


class PublishedFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("draft", gettext("draft")), ("published", gettext("published"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in ("draft", "published"):
            return queryset.filter(version__isnull=self.value() == "draft")
        return queryset


@admin.register(Update, site=site)
class UpdateAdmin(TrackedAdmin):
    quick_filters = (
        (_("Last month’s corrections"), {"kind__exact": "correction", "when": "last_month"}),
        (_("This month’s corrections"), {"kind__exact": "correction", "when": "this_month"}),
        (_("Last seven days"), {"when": "week"}),
        (_("Drafts"), {"state": "draft"}),
    )
    # Drafts, which still want something, come first; then the newest.
    ordering = (F("recorded_at").desc(nulls_first=True), "-pk")
    list_display = ("note_start", "article", "shown_kind", "state", "stated_at", "recorded_at")
    list_filter = (
        PublishedFilter,
        "kind",
        WhenFilter,
        WeeksFilter,
        CausedFilter,
        "headline_changed",
        ["article", AutocompleteSelectFilter],
    )
    list_select_related = ("article", "version")
    search_fields = ("note", "article__headline")
    autocomplete_fields = ("article",)
    readonly_fields = ("version", "recorded_at", "caused_by", "headline_changed")
    fieldsets = (
        (None, {"fields": ("article", "kind", "note")}),
        (_("Time"), {"fields": (("stated_at", "stated_zone", "stated_precision"), "recorded_at")}),
        (_("Record"), {"fields": ("version", "caused_by", "headline_changed", "is_text_before_recorded")}),
        (_("Why this save"), {"fields": ("change_reason", "seen")}),
    )

    def has_change_permission(self, request: HttpRequest, obj: Update | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and _is_published(obj))

    def why_not_deletable(self, obj: Update) -> str:
        return str(PUBLISHED) if _is_published(obj) else ""

    def get_readonly_fields(self, request: HttpRequest, obj: Update | None = None) -> tuple[str, ...]:
        return (*self.readonly_fields, "article") if obj else self.readonly_fields

    @display(description=_("note"))
    def note_start(self, update: Update) -> str:
        return update.note if len(update.note) <= 90 else f"{update.note[:89]}…"

    @display(description=_("kind"), ordering="kind", label=KIND_LABELS)
    def shown_kind(self, update: Update) -> tuple[Any, str]:
        return shown(update, "kind")

    @display(description=_("state"), ordering="version", label={"draft": "warning", "published": None})
    def state(self, update: Update) -> tuple[str, str]:
        if update.version:
            return "published", gettext("in version %(number)s") % {"number": update.version.number}
        return "draft", gettext("draft")


def _is_published(update: Update) -> bool:
    """Asked of the database: a row taken from history remembers the time before."""
    return Update.objects.published().filter(pk=update.pk).exists()

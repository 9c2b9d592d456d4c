"""What the watching room has written: snapshots, checks, verdicts, watches."""

import json
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter
from unfold.decorators import display

from stories.admin.columns import OUTCOME_LABELS, VERDICT_LABELS, ago, shown
from stories.admin.long_lists import FoundByName, ValuesFilter
from stories.admin.read_only import ReadOnlyAdmin
from stories.admin.site import site
from stories.models import Check, Host, Snapshot, Verdict, Watch
from stories.watching.explain import say


def _as_json(data: object) -> SafeString:
    """In plain type: the theme would colour it by styles within the page, which no policy of ours lets through."""
    return format_html('<pre class="nr-json">{}</pre>', json.dumps(data, indent=2, ensure_ascii=False))


@admin.register(Snapshot, site=site)
class SnapshotAdmin(FoundByName, ReadOnlyAdmin):
    list_display = ("source", "fetched_at", "status", "content_type", "shown_size", "short_digest")
    # As they were written, which is by time, and is the key.
    ordering = ("-pk",)
    list_filter = (
        ("status", ValuesFilter),
        ["source", AutocompleteSelectFilter],
        ("fetched_at", RangeDateTimeFilter),
    )
    search_fields = ("source",)
    found_by: ClassVar = {"source": "source"}
    fields = (
        ("source", "fetched_at"),
        ("url", "final_url"),
        ("status", "content_type", "shown_size"),
        "digest",
        "extractor_version",
        "shown_headers",
        "shown_exchanges",
    )

    def get_view_on_site_url(self, obj: Snapshot | None = None) -> str | None:
        return reverse("desk_copy", args=[obj.source_id, obj.pk]) if obj else None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        return super().get_queryset(request).select_related("source")

    @display(description=_("headers"))
    def shown_headers(self, snapshot: Snapshot) -> SafeString:
        return _as_json(snapshot.headers)

    @display(description=_("exchanges"))
    def shown_exchanges(self, snapshot: Snapshot) -> SafeString:
        return _as_json(snapshot.exchanges)

    @display(description=_("size"), ordering="size")
    def shown_size(self, snapshot: Snapshot) -> str:
        return filesizeformat(snapshot.size)

    @display(description=_("digest"))
    def short_digest(self, snapshot: Snapshot) -> str:
        return snapshot.digest[:12]


@admin.register(Check, site=site)
class CheckAdmin(FoundByName, ReadOnlyAdmin):
    quick_filters = (
        (_("Changed, and seen twice"), {"outcome__exact": "changed", "is_confirmed__exact": "1"}),
        (_("Gone"), {"outcome__exact": "gone"}),
        (_("Blocked"), {"outcome__exact": "blocked"}),
        (_("Failed"), {"outcome__exact": "failed"}),
    )
    list_display = (
        "source",
        "shown_outcome",
        "told",
        "status",
        "started_at",
        "looks",
        "last_at",
        "duration",
        "is_confirmed",
    )
    list_filter = (
        "outcome",
        "is_confirmed",
        "is_news",
        ["source", AutocompleteSelectFilter],
        ("started_at", RangeDateTimeFilter),
    )
    list_select_related = ("source",)
    ordering = ("-pk",)
    search_fields = ("source",)
    found_by: ClassVar = {"source": "source"}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Check]:
        return super().get_queryset(request).select_related("source", "snapshot__source", "baseline__source")

    @display(description=_("outcome"), ordering="outcome", label=OUTCOME_LABELS)
    def shown_outcome(self, check: Check) -> tuple[Any, str]:
        return shown(check, "outcome")

    @display(description=_("what happened"))
    def told(self, check: Check) -> str:
        return say(check.explanation) or "–"

    @display(description=_("took"), ordering="duration_ms")
    def duration(self, check: Check) -> str:
        return f"{check.duration_ms / 1000:.1f} s"


@admin.register(Verdict, site=site)
class VerdictAdmin(FoundByName, ReadOnlyAdmin):
    quick_filters = (
        (_("Altered"), {"verdict__exact": "altered"}),
        (_("Missing"), {"verdict__exact": "missing"}),
    )
    list_display = (
        "passage_start",
        "article",
        "source",
        "shown_verdict",
        "found_at",
        "is_confirmed",
        "told_at",
    )
    list_filter = ("verdict", "is_confirmed", "is_news", ["citation__article", AutocompleteSelectFilter])
    list_select_related = ("citation__article", "found_by__source")
    search_fields = ("citation",)
    found_by: ClassVar = {"citation": "citation"}

    @display(description=_("passage"))
    def passage_start(self, verdict: Verdict) -> str:
        return f"“{verdict.passage[:70]}{'…' if len(verdict.passage) > 70 else ''}”"

    @display(description=_("story"), ordering="citation__article__headline")
    def article(self, verdict: Verdict) -> str:
        return str(verdict.citation.article)

    @display(description=_("source"), ordering="found_by__source__title")
    def source(self, verdict: Verdict) -> str:
        return str(verdict.found_by.source)

    @display(description=_("verdict"), ordering="verdict", label=VERDICT_LABELS)
    def shown_verdict(self, verdict: Verdict) -> tuple[Any, str]:
        return shown(verdict, "verdict")

    @display(description=_("found"), ordering="found_by__started_at")
    def found_at(self, verdict: Verdict) -> Any:
        return ago(verdict.found_by.started_at, now=timezone.now())


@admin.register(Host, site=site)
class HostAdmin(ReadOnlyAdmin):
    list_display = ("origin", "has_robots", "robots_expires_at", "quiet_until", "leased_until")
    search_fields = ("origin",)
    fields = ("origin", "quiet_until", "leased_until", "robots_expires_at", "robots")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Host]:
        # A whole robots.txt for every line of the list would be a lot.
        found = super().get_queryset(request)
        return found.defer("robots").annotate(has_robots_txt=~Q(robots=""))

    @display(description=_("robots.txt"), boolean=True)
    def has_robots(self, host: Any) -> bool:
        return host.has_robots_txt


@admin.register(Watch, site=site)
class WatchAdmin(FoundByName, ReadOnlyAdmin):
    quick_filters = (
        (_("To be confirmed"), {"is_suspected__exact": "1"}),
        (_("Failed"), {"outcome__exact": "failed"}),
    )
    list_display = (
        "source",
        "shown_outcome",
        "failure_count",
        "looked",
        "next_look",
        "is_suspected",
    )
    list_filter = ("outcome", "pace", "is_suspected")
    list_select_related = ("source",)
    search_fields = ("source",)
    found_by: ClassVar = {"source": "source"}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Watch]:
        return super().get_queryset(request).select_related("source", "snapshot__source")

    @display(description=_("last outcome"), ordering="outcome", label=OUTCOME_LABELS)
    def shown_outcome(self, watch: Watch) -> Any:
        return shown(watch, "outcome") if watch.outcome else gettext("not checked yet")

    @display(description=_("checked"), ordering="checked_at")
    def looked(self, watch: Watch) -> Any:
        return ago(watch.checked_at, now=timezone.now())

    @display(description=_("next check"), ordering="due_at")
    def next_look(self, watch: Watch) -> Any:
        return ago(watch.due_at, now=timezone.now())

"""What stories cite: where it is, how it is watched, how the last look went."""

from collections.abc import Sequence
from typing import Any, cast

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import action, display

from stories.admin.at_a_glance import FactsChangeList, tell_of_sources
from stories.admin.attention import look_again
from stories.admin.columns import HEALTH_LABELS, ago
from stories.admin.evidence import EvidenceMixin
from stories.admin.glance.filters import FAILING, HealthFilter
from stories.admin.merge_views import merge_page
from stories.admin.site import site
from stories.admin.tracked import TrackedAdmin, TrackedForm
from stories.glance.standing import is_large
from stories.models import Citation, Source, User, Watch
from stories.models.words import UNREAD
from stories.watching.due import forget_strikes
from stories.watching.evidence import evidence_for_source
from stories.watching.explain import say
from stories.watching.health import ILL
from stories.watching.outage import is_our_network_down, last_outage
from stories.watching.picture import picture_of
from stories.watching.trial import refuse_address, title_at
from stories.web.guard import AddressRefused

OUTCOME = "watch__outcome"
_LONGEST_TITLE, _LONGEST_ADDRESS = 300, 2000
#: What a change of sends somebody to look at once.
WATCHED_FIELDS = frozenset({"url", "is_watched", "check_interval_seconds", "kind", "ignores_robots"})


class SourceForm(TrackedForm):
    """Says at once what a check would find out later: that an address is not one we read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].required = False
            self.fields["title"].help_text = _("If empty: the page’s own title.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        url = cleaned.get("url")
        if "title" in self.fields and not (cleaned.get("title") or self.errors):
            if not url:
                self.add_error("title", gettext("A source without an address needs a name."))
            cleaned["title"] = (url or "")[:_LONGEST_TITLE]
        if url and cleaned.get("is_watched") and {"url", "is_watched"} & set(self.changed_data):
            try:
                refuse_address(url)
            except AddressRefused as refusal:
                or_else = gettext("If only people are to read it, switch “Watched” off.")
                self.add_error("url", f"{say(refusal.message)} {or_else}")
        self._refuse_impolite_pace(cleaned.get("check_interval_seconds"))
        return cleaned

    def _refuse_impolite_pace(self, seconds: int | None) -> None:
        shortest = settings.WATCH_SHORTEST_SECONDS
        if seconds and seconds < shortest and "check_interval_seconds" in self.changed_data:
            self.add_error(
                "check_interval_seconds",
                gettext("Out of politeness, no page is checked more often than every %(count)s seconds.")
                % {"count": shortest},
            )


def named_by_its_page(typed: QueryDict) -> QueryDict:
    """What was typed, with the title of the page where no name was typed.

    A page is read where it is to be watched, and waited for no longer than a person waits.
    """
    url = typed.get("url", "").strip()[:_LONGEST_ADDRESS]
    if not url or typed.get("title", "").strip() or not typed.get("is_watched"):
        return typed
    named = typed.copy()
    address = url if "://" in url else f"https://{url}"
    named["title"] = title_at(address, now=timezone.now())[:_LONGEST_TITLE]
    return named


@admin.register(Source, site=site)
class SourceAdmin(EvidenceMixin, TrackedAdmin):
    evidence_for = staticmethod(evidence_for_source)
    actions_detail = ("confirm_move", "export_evidence")
    actions_list = ("same_pages",)
    form = SourceForm
    change_form_outer_before_template = "admin/stories/_life.html"
    list_before_template = "admin/stories/_outage.html"
    quick_filters = (
        (_("Not readable"), {"health": "failing"}),
        (_("Changed or gone"), {"health": "ill"}),
        (_("Not watched"), {"is_watched__exact": "0"}),
        (_("Confidential"), {"is_confidential__exact": "1"}),
    )
    list_display = (
        "title",
        "address",
        "kind",
        "citation_count",
        "health",
        "verified",
        "alerts",
    )
    list_filter = (
        HealthFilter,
        "kind",
        "is_watched",
        "is_confidential",
        OUTCOME,
        ("created_at", RangeDateTimeFilter),
    )
    list_select_related = ("watch",)
    # Written out: a list that counts what hangs on its rows has lost the order of its model.
    ordering = ("title", "pk")
    ordering_of_unread = (F("watch__read_at").desc(nulls_first=True), "-pk")
    search_fields = ("title", "url", "note")
    readonly_fields = ("created_at", "created_by", "last_verified", "next_look")
    fieldsets = (
        (None, {"fields": ("title", "url", "kind")}),
        (
            _("Watching"),
            {
                "fields": (
                    ("is_watched", "check_interval_seconds"),
                    "ignores_robots",
                    ("last_verified", "next_look"),
                )
            },
        ),
        (_("Discretion"), {"fields": ("is_confidential", "note")}),
        (_("Record"), {"fields": (("created_at", "created_by"), "change_reason", "seen")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        # Counted for each line of a page, and not for all rows before the first page is cut out.
        cited = Citation.objects.filter(source=OuterRef("pk")).order_by().values("source")
        total = Subquery(cited.annotate(total=Count("pk")).values("total"), output_field=IntegerField())
        return super().get_queryset(request).annotate(citation_total=Coalesce(total, 0))

    def get_ordering(self, request: HttpRequest) -> Sequence[Any]:
        """Of those that could not be read, the last read come first, before them those that never were.

        Of those that changed, the newest: by their names, a database goes through all sources to find a page of them.
        """
        if request.GET.get("health") == FAILING or request.GET.get(f"{OUTCOME}__exact") in UNREAD:
            return self.ordering_of_unread
        if request.GET.get("health") == ILL:
            return ("-pk",)
        return super().get_ordering(request)

    def get_sortable_by(self, request: HttpRequest) -> list[str]:
        # To sort by how often each is quoted, it would be counted for every source before the first is shown.
        columns = [*super().get_sortable_by(request)]
        return [column for column in columns if column != "citation_count"] if is_large() else columns

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        now = timezone.now()
        told = {"is_our_network_down": is_our_network_down(at=now), "outage": last_outage(now=now)}
        return super().changelist_view(request, {**told, **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        may_write = self.has_change_permission(request) if object_id else self.has_add_permission(request)
        if request.method == "POST" and may_write:
            # Before the admin's transaction, which would keep others waiting while a site takes its time.
            request.POST = named_by_its_page(request.POST)  # type: ignore[assignment]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        source = kwargs.get("obj")
        if source:
            citations = list(source.citations.order_by("article_id", "pk"))
            context["quoted"] = len(citations)
            context["picture"] = picture_of(source, citations=citations, now=timezone.now())
        return super().render_change_form(request, context, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "url":
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = cast(User, request.user)
        super().save_model(request, obj, form, change)
        if "url" in form.changed_data:
            forget_strikes(obj)
        if WATCHED_FIELDS & set(form.changed_data):
            look_again([obj])

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Source], search_term: str
    ) -> tuple[QuerySet[Source], bool]:
        """A source that was merged into another is not offered any more."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        return found.filter(merged_into__isnull=True), may_repeat

    @action(description=_("Sources of the same page"), icon="merge", permissions=["change"])
    def same_pages(self, request: HttpRequest) -> HttpResponse:
        return merge_page(request, site=self.admin_site)

    def why_not_deletable(self, obj: Source) -> str:
        if obj.citations.exists():
            return gettext("Stories quote it: detach their passages first.")
        if obj.snapshots.exists():
            return gettext(
                "Copies of it are kept, so that anybody can verify what was quoted. Stop watching it instead."
            )
        return ""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type:
        return FactsChangeList

    def tell_facts(self, sources: list[Source]) -> None:
        tell_of_sources(sources)

    @display(description=_("last verified"), ordering="watch__read_at")
    def verified(self, source: Source) -> Any:
        return self.last_verified(source)

    @display(description=_("open alerts"), label="danger")
    def alerts(self, source: Any) -> str:
        return str(source.open_alerts or "")

    @display(description=_("address"), ordering="url")
    def address(self, source: Source) -> str:
        return (source.url or "–").removeprefix("https://").removeprefix("http://")[:60]

    @display(description=_("quoted"), ordering="citation_total")
    def citation_count(self, source: Any) -> str:
        count = source.citation_total
        return ngettext("once", "%(count)s times", count) % {"count": count}

    @display(description=_("health"), label=HEALTH_LABELS)
    def health(self, source: Any) -> Any:
        """As the desk says it: a check that found nothing new does not make a changed passage good again."""
        if source.merged_into_id:
            return gettext("merged")
        return source.health.level, source.health.words

    def has_confirm_move_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Only where there is a new address to confirm."""
        if object_id is None:
            return self.has_change_permission(request)
        moved = Watch.objects.exclude(moved_to="")
        is_moved = object_id.isdecimal() and moved.filter(source__pk=object_id).exists()
        return self.has_change_permission(request) and is_moved

    @action(description=_("Take the new address…"), icon="moved_location", permissions=["confirm_move"])
    def confirm_move(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A link only leads to where it can be done."""
        return redirect(f"{reverse('desk_source', args=[object_id])}#moved")

    @display(description=_("last verified"))
    def last_verified(self, source: Source) -> Any:
        watch = getattr(source, "watch", None)
        return ago(watch.read_at if watch else None, now=timezone.now())

    @display(description=_("next check"))
    def next_look(self, source: Source) -> Any:
        """When, and why then."""
        watch = getattr(source, "watch", None)
        when = ago(watch.due_at if watch else None, now=timezone.now())
        why = watch.get_pace_display() if watch and watch.due_at else ""
        return format_html("{}: {}", when, why) if why else when

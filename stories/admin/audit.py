"""The audit log, for the chief: found by who, what, on what, from where and when; and taken along as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db import models
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime, make_aware, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import action, display
from unfold.utils import parse_datetime_str

from stories.admin.audit_words import in_words
from stories.admin.long_lists import MOST_COUNTED_OF_SOME, ValuesFilter
from stories.admin.read_only import ReadOnlyAdmin
from stories.admin.site import site
from stories.auditing.entries import write_entry
from stories.counting import start_of_newest
from stories.models import Act, AuditEntry
from stories.models.told_times import to_the_second
from stories.text.csv_file import Cell, csv_lines

_COLUMNS = (
    "at",
    "actor",
    "act",
    "object_kind",
    "object_key",
    "object_words",
    "network",
    "address",
    "details",
)
_AT_ONCE = 500
#: Where there are more, the page says so, and the name of the file.
MOST_SEARCHED = 30_000
#: What a chief should see at a glance.
_LABELS = dict.fromkeys(Act.values, "primary") | {
    Act.SIGN_IN_FAILED: "warning",
    Act.SIGN_IN_DELAYED: "warning",
    Act.FACTOR_REMOVED: "warning",
    Act.TAKEN_DOWN: "danger",
    Act.DELETED: "danger",
    Act.RETRACTED: "danger",
    Act.PUBLISHED: "success",
    Act.APPROVED: "success",
}


class Period(RangeDateTimeFilter):
    """In the zone of whoever asks; a day without an hour begins at midnight."""

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        ends = {"gte": self._moment("from"), "lte": self._moment("to")}
        return queryset.filter(**{f"at__{end}": moment for end, moment in ends.items() if moment})

    def _moment(self, end: str) -> datetime | None:
        day = self.used_parameters.get(f"at_{end}_0")
        hour = self.used_parameters.get(f"at_{end}_1") or "00:00:00"
        moment = parse_datetime_str(f"{day} {hour}") if day else None
        return make_aware(moment) if moment else None


@admin.register(AuditEntry, site=site)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("when", "who", "what", "on_what", "told", "network")
    list_display_links = ("when",)
    list_select_related = ("person",)
    list_filter = (
        "act",
        ("object_kind", ValuesFilter),
        ("at", Period),
    )
    search_fields = ("actor", "object_words", "object_key", "network", "address")
    search_help_text = _("A person, a story or another thing, or an address")
    ordering = ("-at", "-pk")
    fields = ("when", "who", "what", "on_what", "told", "network", "address")
    readonly_fields = ("when", "who", "what", "on_what", "told")
    actions_list = ("as_csv",)

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """Among the newest of what the filters leave: no index finds a part of a name, so each is read."""
        if search_term.strip():
            # By the time alone, which its index tells without the rows.
            newest = queryset.order_by("-at")
            if since := start_of_newest(MOST_SEARCHED, newest, by="at"):
                queryset = queryset.filter(at__gte=since)
                cast(Any, request).searched_since = since
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        return _read_once(found, among=queryset) if search_term.strip() else found, may_repeat

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        page = super().changelist_view(request, extra_context)
        if _searched_since(request):
            messages.info(
                request,
                gettext("Only the newest %(most)s entries were searched. Set a period to search older ones.")
                % {"most": intcomma(MOST_SEARCHED)},
            )
        return page

    @display(description=_("when"), ordering="at")
    def when(self, entry: AuditEntry) -> str:
        return to_the_second(entry.at)

    @display(description=_("who"), ordering="actor")
    def who(self, entry: AuditEntry) -> str:
        return _link("user", entry.person_id, entry.actor) if entry.person_id else entry.actor

    @display(description=_("what"), ordering="act", label=_LABELS)
    def what(self, entry: AuditEntry) -> tuple[str, str]:
        return entry.act, entry.get_act_display()

    @display(description=_("on what"))
    def on_what(self, entry: AuditEntry) -> str:
        return _link(entry.object_kind, entry.object_key, entry.object_words) or "–"

    @display(description=_("details"))
    def told(self, entry: AuditEntry) -> str:
        return format_html_join(" · ", "{}: {}", in_words(entry)) or "–"

    @action(description=_("As CSV"), icon="download", permissions=["take_along"])
    def as_csv(self, request: HttpRequest) -> HttpResponseBase:
        """What the list shows now, with its search and filters; where it shows nothing of the kind, the list."""
        try:
            shown = self._shown(request)
        except IncorrectLookupParameters:
            return redirect("admin:stories_auditentry_changelist")
        told = write_entry(Act.EXPORTED, words="audit log", details={"asked": request.GET.urlencode()})
        since = _searched_since(request)
        part = f"-newest-{MOST_SEARCHED}-since-{localtime(since):%Y-%m-%d}" if since else ""
        name = f"audit-log-{localtime(now()):%Y-%m-%d}{part}.csv"
        return StreamingHttpResponse(
            _lines(shown.filter(pk__lt=told.pk)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def has_take_along_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def _shown(self, request: HttpRequest) -> models.QuerySet[AuditEntry]:
        queryset: models.QuerySet[AuditEntry] = self.get_changelist_instance(request).get_queryset(request)
        return queryset


def _read_once(found: models.QuerySet, *, among: models.QuerySet) -> models.QuerySet:
    """By its keys where it is little, for which all is read: to count it and to show it, all would be read again."""
    keys = list(found.order_by("-at", "-pk").values_list("pk", flat=True)[: MOST_COUNTED_OF_SOME + 1])
    return found if len(keys) > MOST_COUNTED_OF_SOME else among.filter(pk__in=keys)


def _searched_since(request: HttpRequest) -> datetime | None:
    """From when on a search looked at the entries; None where it looked at all, or there was none."""
    return getattr(request, "searched_since", None)


def _lines(entries: models.QuerySet[AuditEntry]) -> Iterator[bytes]:
    """As it is kept, for machines, and at the end what was done and its details in words."""
    rows: Iterable[AuditEntry] = entries.iterator(chunk_size=_AT_ONCE)
    return csv_lines((*_COLUMNS, "in_words"), map(_row, rows))


def _row(entry: AuditEntry) -> list[Cell]:
    told = "; ".join(f"{name}: {value}" for name, value in in_words(entry))
    said = str(entry.get_act_display())
    return [*(_cell(getattr(entry, name)) for name in _COLUMNS), f"{said} ({told})" if told else said]


def _cell(value: Any) -> Cell:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dict):
        return "; ".join(f"{name}: {detail}" for name, detail in value.items())
    return None if value is None else str(value)


def _link(kind: str, key: Any, words: str) -> str:
    """To its page where it has one; it may be gone."""
    try:
        address = reverse(f"admin:{'auth' if kind == 'group' else 'stories'}_{kind}_change", args=[key])
    except NoReverseMatch:
        return words
    return format_html('<a href="{}">{}</a>', address, words)

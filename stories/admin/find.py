"""One box for everything: a page of what was found, by kind, and the first of it while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import cast
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.dataclasses import SearchResult

from stories.models import SearchKind, User
from stories.searching.query import LONGEST_QUERY
from stories.searching.search import MOST_WEIGHED, STATES, Found, Hit, Narrowed, search, search_each_kind
from stories.text.excerpt import Piece

_PER_PAGE = 20
_EACH = 5
_KINDS: dict[SearchKind, tuple[Promise | str, str]] = {
    SearchKind.ARTICLE: (gettext_lazy("Stories"), "article"),
    SearchKind.CLAIM: (gettext_lazy("Claims"), "fact_check"),
    SearchKind.CITATION: (gettext_lazy("Quoted passages"), "format_quote"),
    SearchKind.SOURCE: (gettext_lazy("Sources"), "link"),
    SearchKind.UPDATE: (gettext_lazy("Updates"), "campaign"),
}
_STATES: dict[str, Promise | str] = {
    "live": gettext_lazy("readers have it"),
    "draft": gettext_lazy("working copy or draft"),
    "stands": gettext_lazy("stands"),
    "disputed": gettext_lazy("disputed"),
    "corrected": gettext_lazy("corrected"),
    "withdrawn": gettext_lazy("withdrawn"),
    "proposed": gettext_lazy("to be attached"),
    "attached": gettext_lazy("attached"),
    "watched": gettext_lazy("watched"),
    "unwatched": gettext_lazy("not watched"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; whatever it cannot mean is left out."""

    words: str = ""
    kind: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def narrowed(self) -> Narrowed:
        return Narrowed(
            kinds=[self.kind] if self.kind else [],
            state=self.state,
            since=_start(self.since),
            until=_start(self.until + timedelta(days=1)) if self.until else None,
        )

    def address(self, **changes: str) -> str:
        fields = {
            "q": self.words,
            "kind": self.kind,
            "state": self.state,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            **changes,
        }
        return (
            f"{reverse('admin:find')}?{urlencode({name: value for name, value in fields.items() if value})}"
        )


@dataclass(frozen=True, slots=True)
class Line:
    hit: Hit
    address: str
    state: Promise | str

    @property
    def title(self) -> tuple[Piece, ...]:
        """What it is called: its own title, or its words where it has none."""
        return self.hit.title or self.hit.excerpt

    @property
    def has_text(self) -> bool:
        return bool(self.hit.title and self.hit.excerpt)

    @property
    def is_live(self) -> bool:
        return self.hit.state == "live"


@dataclass(frozen=True, slots=True)
class Group:
    title: Promise | str
    icon: str
    count: int
    address: str
    lines: list[Line]

    @property
    def has_more(self) -> bool:
        return self.count > len(self.lines)


def find_page(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    asked = _asked(request)
    found, page = _found(asked, person=cast(User, request.user), number=request.GET.get("p", ""))
    states = STATES[SearchKind(asked.kind)] if asked.kind else ("live", "draft")
    context = {
        **site.each_context(request),
        "title": _("Search"),
        "asked": asked,
        "longest": LONGEST_QUERY,
        "groups": [_group(kind, found, asked) for kind in found.counts],
        "tabs": _tabs(asked),
        "states": [(name, _STATES[name]) for name in states],
        "page": page,
        "total": found.total,
        "weighed": MOST_WEIGHED,
        "has_older": found.has_older,
        "is_narrowed": bool(asked.kind or asked.state or asked.since or asked.until),
    }
    return TemplateResponse(request, "admin/stories/find.html", context)


def first_hits(request: HttpRequest, words: str) -> list[SearchResult]:
    """What comes up while somebody types, and the way to the rest."""
    asked = Asked(words=words[:LONGEST_QUERY])
    found = search(asked.words, person=cast(User, request.user), limit=8)
    if not found.hits and not found.has_older:
        return []
    rest = SearchResult(
        title=_all_of_it(found), description=_("Search"), link=asked.address(), icon="manage_search"
    )
    return [*(_result(_line(hit)) for hit in found.hits), rest]


def _all_of_it(found: Found) -> str:
    if not found.has_older:
        return _("All that was found: %(count)d") % {"count": found.total}
    if not found.hits:
        return _("None of the newest %(count)d texts that have to do with it says it itself") % {
            "count": MOST_WEIGHED
        }
    return _("At least %(count)d found") % {"count": found.total}


def _result(line: Line) -> SearchResult:
    title, icon = _KINDS[line.hit.kind]
    said = "".join(piece.text for piece in line.title)
    return SearchResult(title=said[:120], description=f"{title}, {line.state}", link=line.address, icon=icon)


def _asked(request: HttpRequest) -> Asked:
    kind = request.GET.get("kind", "")
    kind = kind if kind in SearchKind.values else ""
    states = STATES[SearchKind(kind)] if kind else ("live", "draft")
    state = request.GET.get("state", "")
    return Asked(
        words=" ".join(request.GET.get("q", "").replace("\0", " ")[:LONGEST_QUERY].split()),
        kind=kind,
        state=state if state in states else "",
        since=_day(request.GET.get("since", "")),
        until=_day(request.GET.get("until", "")),
    )


def _found(asked: Asked, *, person: User, number: str) -> tuple[Found, Page | None]:
    if not asked.kind:
        return search_each_kind(asked.words, person=person, narrowed=asked.narrowed, each=_EACH), None
    at = max(int(number), 1) if number.isascii() and number.isdecimal() and len(number) < 6 else 1
    offset = (at - 1) * _PER_PAGE
    found = search(asked.words, person=person, narrowed=asked.narrowed, limit=_PER_PAGE, offset=offset)
    return found, Paginator(range(found.total), _PER_PAGE).get_page(at)


def _group(kind: SearchKind, found: Found, asked: Asked) -> Group:
    title, icon = _KINDS[kind]
    lines = [_line(hit) for hit in found.of_kind(kind)]
    return Group(title, icon, found.counts[kind], asked.address(kind=kind.value), lines)


def _tabs(asked: Asked) -> list[tuple[Promise | str, str, bool]]:
    kinds = [
        (title, asked.address(kind=kind.value, state=""), kind.value == asked.kind)
        for kind, (title, _icon) in _KINDS.items()
    ]
    return [(_("Everything"), asked.address(kind="", state=""), not asked.kind), *kinds]


def _line(hit: Hit) -> Line:
    return Line(hit, reverse(f"admin:stories_{hit.kind.value}_change", args=[hit.key]), _STATES[hit.state])


def _day(text: str) -> date | None:
    """A day that has one before and one after it in every zone; None for whatever else was typed."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and date.min.year < day.year < date.max.year else None


def _start(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None

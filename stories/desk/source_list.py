"""What a person's stories rest on: found by words and health, in the order that they want, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OrderBy, Q
from django.utils.translation import gettext, gettext_noop

from stories.alerting.recipients import articles_heard_of_by
from stories.counting import count_up_to
from stories.desk.doors import sources_of
from stories.desk.pages import OpenPaginator
from stories.desk.sources import citations_from
from stories.models import Article, Citation, Source, User
from stories.models.source import SourceQuerySet
from stories.watching.health import (
    GOOD,
    ILL,
    SUSPECTED,
    UNKNOWN,
    Health,
    at_level,
    health_of,
    level_of,
    standing_word,
)

ROWS_PER_PAGE = 50
#: The health of more is not counted: it is worked out for each.
MOST_COUNTED = 2_000
_MOST_WORDS = 10
_LABELS = {
    "": gettext_noop("All"),
    ILL: gettext_noop("Changed or gone"),
    SUSPECTED: gettext_noop("Being confirmed, or not readable"),
    GOOD: gettext_noop("As quoted"),
    UNKNOWN: gettext_noop("Not verified"),
}
#: By what people call it: the label, and the order.
_ORDERS: dict[str, tuple[str, tuple[str | OrderBy, ...]]] = {
    "name": (gettext_noop("Name"), ("title", "pk")),
    "changed": (gettext_noop("Last changed first"), (F("watch__changed_at").desc(nulls_last=True), "pk")),
    "verified": (
        gettext_noop("Longest not verified first"),
        (F("watch__read_at").asc(nulls_first=True), "pk"),
    ),
    "next": (gettext_noop("Next check first"), (F("watch__due_at").asc(nulls_last=True), "pk")),
}


@dataclass(frozen=True, slots=True)
class Row:
    source: Source
    health: Health
    articles: list[Article]


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    label: str
    address: str
    is_current: bool
    #: None where nobody has counted.
    count: int | None = None


@dataclass(frozen=True, slots=True)
class SourceList:
    """`is_empty` says that the person may see none at all; `query` leads to this very list."""

    rows: list[Row]
    page: Page[Source]
    words: str
    level: str
    order: str
    levels: list[Choice]
    orders: list[Choice]
    is_empty: bool
    query: str


def source_list(user: User, *, words: str, level: str, order: str, page_number: str) -> SourceList:
    """One page of it. A level or an order that there is not falls back to the first."""
    level, order = level if level in _LABELS else "", order if order in _ORDERS else "name"
    article_ids = articles_heard_of_by(user)
    cited = Citation.objects.order_by()
    cited = cited if article_ids is None else cited.filter(article__in=article_ids)
    everything = sources_of(user)
    found = _found(everything, words).alias(level=level_of(cited))
    counts = _counts(found) if count_up_to(MOST_COUNTED, everything) <= MOST_COUNTED else {}
    wanted = at_level(level, _found(everything, words), cited) if level else found
    page = _page(wanted, order, count=counts.get(level), number=page_number)
    return SourceList(
        rows=_rows(page, user),
        page=page,
        words=words,
        level=level,
        order=order,
        levels=[
            Choice(key, gettext(label), _query(words, key, order), key == level, counts.get(key))
            for key, label in _LABELS.items()
        ],
        orders=[
            Choice(key, gettext(label), _query(words, level, key), key == order)
            for key, (label, _order) in _ORDERS.items()
        ],
        is_empty=not page.object_list and not everything.exists(),
        query=_query(words, level, order),
    )


def _found(sources: SourceQuerySet, words: str) -> SourceQuerySet:
    for word in words.split()[:_MOST_WORDS]:
        sources = sources.filter(Q(title__icontains=word) | Q(url__icontains=word))
    return sources


def _counts(sources: SourceQuerySet) -> dict[str, int]:
    rows = sources.annotate(health=F("level")).order_by().values_list("health").annotate(Count("pk"))
    by_level = dict.fromkeys(_LABELS, 0) | dict(rows)
    return {**by_level, "": sum(by_level.values())}


def _page(sources: SourceQuerySet, order: str, *, count: int | None, number: str) -> Page[Source]:
    # Not joined: a database joins the watch of each before it sorts, and shows fifty.
    rows = sources.prefetch_related("watch").order_by(*_ORDERS[order][1])
    if count is None:
        return OpenPaginator(rows, ROWS_PER_PAGE).get_page(number)
    paginator = Paginator(rows, ROWS_PER_PAGE)
    # The tabs have counted already.
    paginator.count = count
    return paginator.get_page(number)


def _rows(page: Page[Source], user: User) -> list[Row]:
    sources = list(page.object_list)
    citations = citations_from(sources, articles_heard_of_by(user)).annotate(word=standing_word())
    by_source: dict[int | None, list[Citation]] = defaultdict(list)
    for citation in citations.select_related("article").defer("article__body"):
        by_source[citation.source_id].append(citation)
    return [_row(source, by_source[source.pk]) for source in sources]


def _row(source: Source, citations: list[Citation]) -> Row:
    words = [getattr(citation, "word", None) for citation in citations]
    articles = {citation.article_id: citation.article for citation in citations}
    return Row(source, health_of(source, words), list(articles.values()))


def _query(words: str, level: str, order: str) -> str:
    chosen = {"q": words, "health": level, "sort": order if order != "name" else ""}
    return "?" + urlencode({name: value for name, value in chosen.items() if value})

"""The one door to what the newsroom's texts say: hits in order of how well they answer, as far as a person may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import F, Q, QuerySet

from stories.models import Article, Citation, Searchable, SearchKind, User
from stories.models.searchable import MOMENT
from stories.searching.engines import (
    belonging,
    belonging_to_articles,
    belonging_to_readers,
    belonging_to_sources,
    matching,
)
from stories.searching.query import Query, Term, parse_query
from stories.text.excerpt import Piece, excerpt, mark_words, wanted_in

#: States that a search can be narrowed to, by kind.
STATES = {
    SearchKind.ARTICLE: ("live", "draft"),
    SearchKind.CLAIM: ("stands", "disputed", "corrected", "withdrawn"),
    SearchKind.CITATION: ("proposed", "attached"),
    SearchKind.SOURCE: ("watched", "unwatched"),
    SearchKind.UPDATE: ("live", "draft"),
}


#: How texts come to be seen: what answers is asked as the index of just these has it, among such.
Way: TypeAlias = tuple[Callable[[Query, Q], QuerySet[Searchable]], Q]
#: Weighing a text takes as long as reading it: of a word that everybody uses, the newest texts are weighed.
MOST_WEIGHED = 500


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is looked at: these kinds (none: all), one state, what is dated from `since` until before `until`."""

    kinds: Collection[str] = ()
    state: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def rows(self, rows: QuerySet[Searchable]) -> QuerySet[Searchable]:
        if self.kinds:
            rows = rows.filter(kind__in=self.kinds)
        if self.state:
            rows = rows.filter(state=self.state)
        if self.since:
            rows = rows.filter(at__gte=self.since)
        return rows.filter(at__lt=self.until) if self.until else rows


@dataclass(frozen=True, slots=True)
class Hit:
    """`state` tells what readers have (live) from a working copy (draft); `headline` is the story's."""

    kind: SearchKind
    key: int
    state: str
    headline: str
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    article_id: int | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    query: Query
    #: Of each kind that the person may see something of, how many answer.
    counts: dict[SearchKind, int]
    hits: list[Hit] = field(default_factory=list)
    #: Older texts may answer too, and were not looked at: also where nothing was found.
    has_older: bool = False

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def of_kind(self, kind: SearchKind) -> list[Hit]:
        return [hit for hit in self.hits if hit.kind == kind]


def search(
    typed: str, *, person: User, narrowed: Narrowed | None = None, limit: int = 20, offset: int = 0
) -> Found:
    """The hits from `offset` on, the best first. Whatever is typed is a query; the number of queries is constant.

    Of more than `MOST_WEIGHED` that answer, the newest.
    """
    query, narrowed = parse_query(typed), narrowed or Narrowed()
    keys, has_older = _newest(query, narrowed, _ways(person))
    weighed = _weighed(keys, query)
    best = [key for key, _ in weighed[offset : offset + limit]]
    return Found(query, _counts(weighed), _hits(best, query, person), has_older)


def search_each_kind(typed: str, *, person: User, narrowed: Narrowed | None = None, each: int = 5) -> Found:
    """The best of every kind that has any, in the order of the kinds."""
    query, narrowed = parse_query(typed), narrowed or Narrowed()
    keys, has_older = _newest(query, narrowed, _ways(person))
    weighed = _weighed(keys, query)
    counts = _counts(weighed)
    best = [key for kind in counts for key in [key for key, its in weighed if its == kind][:each]]
    return Found(query, counts, _hits(best, query, person), has_older)


def found_keys(typed: str, *, kind: str) -> QuerySet:
    """The keys of the rows of a noun that answer, by their own words and by what they belong to, for a list of it."""
    query = parse_query(typed)
    if kind == SearchKind.ARTICLE:
        found = belonging_to_articles(query)
    elif kind == SearchKind.SOURCE:
        found = belonging_to_sources(query)
    else:
        found = belonging(query, Q(kind=kind))
    return found.values("key")


def _newest(query: Query, narrowed: Narrowed, ways: Iterable[Way]) -> tuple[list[int], bool]:
    """The keys of the texts that are weighed, and whether older ones answer; what hides some is asked of these alone.

    Each way to come by a text is asked by itself: a database that is asked for the one or the other reads all of them.
    """
    moments: dict[int, datetime] = {}
    for answering, seen in ways:
        rows = narrowed.rows(answering(query, seen)).annotate(moment=MOMENT).order_by("-moment")
        moments.update(rows.values_list("pk", "moment")[: MOST_WEIGHED + 1])
    newest = sorted(moments, key=moments.__getitem__, reverse=True)
    return newest[:MOST_WEIGHED], len(newest) > MOST_WEIGHED


def _weighed(keys: Collection[int], query: Query) -> list[tuple[int, SearchKind]]:
    """Those of the texts that say it themselves, the best first, with their kinds: all of them, read once.

    Without sources that were merged.
    """
    rows: Any = matching(query, keys).exclude(state="merged")
    ranked = rows.order_by(F("rank").asc(), F("at").desc(nulls_last=True), "pk")
    # With its rank, which may be the same for all, and PostgreSQL takes a constant for an order only by its column.
    return [(key, SearchKind(kind)) for key, kind, _ in ranked.values_list("pk", "kind", "rank")]


def _ways(person: User) -> list[Way]:
    """How texts come to be seen by a person; some of them by several.

    All of a noun that they see in the admin; else what readers have, and their own stories with what these cite.
    """
    whole = [kind for kind in SearchKind if _may_see_all(person, kind)]
    if len(whole) == len(SearchKind):
        return [(belonging, Q())]
    own: Any = _own(person)
    if connection.vendor == "postgresql":
        # Read once, because it asks of each text that answers whether it is theirs, and of them all. SQLite reads them
        # once by itself, and takes only so many values.
        own = [*own.values_list("article", flat=True)]
    cited = Citation.objects.filter(article__in=own, source__isnull=False).values("source")
    own_texts = Q(article_id__in=own) & ~Q(kind=SearchKind.SOURCE)
    own_sources = Q(kind=SearchKind.SOURCE, key__in=cited)
    return [
        (belonging, Q(kind__in=whole)),
        (belonging_to_readers, Q(is_public=True)),
        (belonging, own_texts),
        (belonging_to_sources, own_sources),
    ]


def _own(person: User) -> QuerySet[Any, Any]:
    """The keys of their stories, for a query around it: no story is read for them."""
    theirs = Article.reporters.through._default_manager.filter(user=person)
    return (theirs if person.can_use_desk else theirs.none()).values("article")


def _may_see_all(person: User, kind: SearchKind) -> bool:
    return any(person.has_perm(f"stories.{verb}_{kind}") for verb in ("view", "change"))


def _counts(weighed: Iterable[tuple[int, SearchKind]]) -> dict[SearchKind, int]:
    counted = Counter(kind for _, kind in weighed)
    return {kind: counted[kind] for kind in SearchKind if kind in counted}


def _hits(keys: Sequence[int], query: Query, person: User) -> list[Hit]:
    texts = Searchable.objects.in_bulk(keys)
    rows = [texts[key] for key in keys if key in texts]
    headlines = _headlines({row.article_id for row in rows if row.article_id}, person)
    return [_hit(row, query.wanted, headlines) for row in rows]


def _headlines(article_ids: Collection[int], person: User) -> dict[int, str]:
    """Of the working copy where the person may open it, of the live version otherwise."""
    texts = Searchable.objects.filter(kind=SearchKind.ARTICLE, key__in=article_ids)
    if not _may_see_all(person, SearchKind.ARTICLE):
        texts = texts.filter(Q(is_public=True) | Q(article_id__in=_own(person)))
    return dict(texts.order_by("-part").values_list("key", "title"))


def _hit(row: Searchable, terms: Sequence[Term], headlines: dict[int, str]) -> Hit:
    wanted = [wanted_in(term.words, is_begun=term.is_begun) for term in terms if not term.is_unspaced]
    literal = [term.words for term in terms if term.is_unspaced]
    return Hit(
        kind=SearchKind(row.kind),
        key=row.key,
        state=row.state,
        headline=headlines.get(row.article_id or 0, ""),
        title=mark_words(row.title, wanted, literal=literal),
        excerpt=excerpt(row.text, wanted, literal=literal),
        article_id=row.article_id,
        at=row.at,
    )

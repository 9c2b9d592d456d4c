"""What the state of each public page is, by queries that stay cheap however long a history is."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.db.models import Subquery
from django.http import Http404

from stories.models import Takedown, Version
from stories.reader.caching import State

Cited = tuple[tuple[int, ...], tuple[int, ...]]
_A_MINUTE = 60
# By hand, because every reader of every story waits for these: the ORM takes longer to write them than the database
# to answer them. A union, because PostgreSQL reads all watches to find those of the one or the other.
_NEWEST = """
    SELECT v.id, v.digest, v.recorded_at, (
        SELECT max(t.taken_down_at) FROM "stories_takedown" t JOIN "stories_version" w ON w.id = t.version_id
        WHERE w.article_id = v.article_id)
    FROM "stories_version" v JOIN "stories_article" a ON a.id = v.article_id
    WHERE a.slug = %s ORDER BY v.number DESC LIMIT 1
"""
_FOUND_SINCE = """
    SELECT (SELECT max(id) FROM "stories_verdict" WHERE is_confirmed AND citation_id IN ({0})),
           (SELECT max(read_at) FROM "stories_watch" WHERE source_id IN (
               SELECT source_id FROM "stories_watch" WHERE source_id IN ({1}) UNION
               SELECT kept_id FROM "stories_merge" WHERE state = 'merged' AND source_id IN ({1})))
"""


@dataclass(frozen=True, slots=True)
class _Newest:
    """The newest version, and when something was last taken down, which changes what its digest does not tell."""

    pk: int
    digest: str
    recorded_at: datetime
    taken_down_at: datetime | None

    @property
    def parts(self) -> tuple[object, ...]:
        return (self.pk, self.digest, self.taken_down_at)

    @property
    def changed_at(self) -> datetime:
        return max(self.recorded_at, self.taken_down_at or self.recorded_at)


def story_state(slug: str, **_: Any) -> State:
    """Of pages that are made from a story's versions alone; one query."""
    newest = _newest(slug)
    return State(newest.parts, newest.changed_at)


def article_state(slug: str) -> State:
    """Of the page that also says what checks have found since the live version was published; two queries."""
    newest = _newest(slug)
    citations, sources = _cited(newest)
    if not citations:
        return State(newest.parts, newest.changed_at)
    verdict, read_at = _found_since(citations, sources)
    return State((*newest.parts, verdict, read_at), max(newest.changed_at, read_at or newest.changed_at))


def newsroom_state() -> State:
    """Of the pages that tell of all stories."""
    taken_down = Takedown.objects.order_by("-pk").values("taken_down_at")[:1]
    newest = (
        Version.objects.order_by("-pk")
        .values_list("pk", "digest", "recorded_at", Subquery(taken_down))
        .first()
    )
    if newest is None:
        return State((), None)
    found = _Newest(*newest)
    return State(found.parts, found.changed_at)


def front_state() -> State:
    """It also says how long ago each change was, so it is another page every minute."""
    minute = int(time.time()) // _A_MINUTE
    return State((*newsroom_state().parts, minute), datetime.fromtimestamp(minute * _A_MINUTE, UTC))


def _found_since(citations: Sequence[int], sources: Sequence[int]) -> tuple[int | None, datetime | None]:
    """The newest confirmed verdict, and when one of the sources was last read."""
    holes = (",".join(["%s"] * len(each)) for each in (citations, sources))
    with connection.cursor() as cursor:
        cursor.execute(_FOUND_SINCE.format(*holes), [*citations, *sources, *sources])
        verdict, read_at = cursor.fetchone()
    return verdict, _moment(read_at)


def _newest(slug: str) -> _Newest:
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [slug])
        row = cursor.fetchone()
    if row is None:
        raise Http404("no such story")
    pk, digest, recorded_at, taken_down_at = row
    recorded = _moment(recorded_at)
    assert recorded is not None, "a version always has its time"
    return _Newest(pk, digest, recorded, _moment(taken_down_at))


def _moment(value: Any) -> datetime | None:
    """SQLite has no zones in its times, and hands out text where a time is worked out."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


def _cited(newest: _Newest) -> Cited:
    """The numbers of the citations and sources that a version froze."""
    key = f"cited:{newest.digest}:{newest.taken_down_at}".replace(" ", "T")
    cited: Cited | None = caches["pages"].get(key)
    if cited is None:
        cited = _read_cited(Version.objects.get(pk=newest.pk).frozen["citations"])
        caches["pages"].set(key, cited)
    return cited


def _read_cited(citations: Sequence[dict[str, Any]]) -> Cited:
    watched = [citation for citation in citations if citation["source"]["url"]]
    return tuple(each["id"] for each in watched), tuple({each["source"]["id"] for each in watched})

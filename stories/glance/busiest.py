"""Which stories moved most: versions published, and changes that were found in what they quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from stories.glance.scope import Scope
from stories.models import Article, Verdict, Version
from stories.models.verdict import AGAINST

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class BusyStory:
    article_id: int
    headline: str
    versions: int
    changes: int

    @property
    def total(self) -> int:
        return self.versions + self.changes


def busiest_stories(scope: Scope, *, since: datetime, most: int = MOST_SHOWN) -> tuple[BusyStory, ...]:
    """The first of them, busiest first; a version whose text readers had before that does not count."""
    versions = Version.objects.filter(Q(stated_at=None) | Q(stated_at__gte=since), recorded_at__gte=since)
    changes = Verdict.objects.filter(told_at__gte=since, is_news=True, verdict__in=AGAINST)
    published = Counter(_stories(scope, versions, "article"))
    changed = Counter(_stories(scope, changes, "citation__article"))
    # Of those that moved as much, the younger story first.
    order = sorted(published | changed, key=lambda key: (-published[key] - changed[key], -key))[:most]
    headlines = dict(Article.objects.filter(pk__in=order).values_list("pk", "headline"))
    return tuple(BusyStory(key, headlines[key], published[key], changed[key]) for key in order)


def _stories(scope: Scope, rows: QuerySet[Any], article: str) -> Iterator[int]:
    """The story of each row. Counted here, because a database that groups by story reads every text on the way."""
    return scope.narrow(rows, article).order_by().values_list(article, flat=True).iterator()

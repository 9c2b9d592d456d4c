"""Which stories moved most: versions published, and changes that were found in what they quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

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
    published = _counted(scope.narrow(versions, "article").values_list("article"))
    changed = _counted(scope.narrow(changes, "citation__article").values_list("citation__article"))
    # Of those that moved as much, the younger story first.
    order = sorted(published | changed, key=lambda key: (-published[key] - changed[key], -key))[:most]
    headlines = dict(Article.objects.filter(pk__in=order).values_list("pk", "headline"))
    return tuple(BusyStory(key, headlines[key], published[key], changed[key]) for key in order)


def _counted(rows: Iterable) -> Counter[int]:
    return Counter(dict(rows.order_by().annotate(Count("pk"))))  # type: ignore[attr-defined]

"""How many sources are well, and which of those that are watched cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Q

from stories.glance.scope import Scope
from stories.models import Citation, Source
from stories.models.citation import CitationQuerySet
from stories.models.source import SourceQuerySet
from stories.models.words import UNREAD
from stories.watching.health import GOOD, ILL, SUSPECTED, UNKNOWN, level_of

LEVELS = (GOOD, SUSPECTED, ILL, UNKNOWN)
IS_FAILING = Q(is_watched=True, url__isnull=False, watch__outcome__in=[outcome.value for outcome in UNREAD])
#: More than a page names: some of them are read again before they are shown.
FIRST = 30


def sources_by_health(scope: Scope) -> dict[str, int]:
    """How many there are of each level, by the passages that these stories take from them."""
    rows = sources_of(scope).alias(level=level_of(_citations_of(scope)))
    counted = dict(rows.annotate(health=F("level")).order_by().values_list("health").annotate(Count("pk")))
    return {level: counted.get(level, 0) for level in LEVELS}


def failing_sources(scope: Scope) -> SourceQuerySet:
    """Those that are watched and could not be read at the last check, longest out of reach first."""
    return sources_of(scope).filter(IS_FAILING).order_by(F("watch__read_at").asc(nulls_first=True), "pk")


def failing_first(scope: Scope) -> dict[str, Any]:
    """How many these are, and the keys of the first of them."""
    failing = failing_sources(scope)
    return {"count": failing.count(), "first": list(failing.values_list("pk", flat=True)[:FIRST])}


def still_out_of_reach(keys: Sequence[int]) -> list[Source]:
    """Those of them that could not be read at their last look either."""
    return list(failing_sources(Scope()).filter(pk__in=keys).select_related("watch")) if keys else []


def sources_of(scope: Scope) -> SourceQuerySet:
    """A source that was merged into another is that other."""
    sources = Source.objects.filter(merged_into__isnull=True)
    if scope.is_everything:
        return sources
    return sources.filter(pk__in=_citations_of(scope).filter(source__isnull=False).values("source"))


def _citations_of(scope: Scope) -> CitationQuerySet:
    return scope.narrow(Citation.objects.order_by(), "article")

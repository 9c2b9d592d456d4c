"""How many passages of published stories were verified within the last day, and what became of the others."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.db.models import QuerySet as Rows

from stories.glance.scope import Scope
from stories.models import Citation, Version
from stories.models.verdict import AGAINST
from stories.models.words import VerdictWord
from stories.watching.health import standing_word

VERIFIED, CHANGED, UNREAD, UNWATCHED, UNATTACHED = "verified", "changed", "unread", "unwatched", "unattached"
LEVELS = (VERIFIED, CHANGED, UNREAD, UNWATCHED, UNATTACHED)
#: Those that can be verified at all.
VERIFIABLE = (VERIFIED, CHANGED, UNREAD)
WITHIN = timedelta(days=1)


def passages_by_level(scope: Scope, *, now: datetime) -> dict[str, int]:
    """How many there are of each level."""
    rows = scope.narrow(with_level(Citation.objects.all(), now=now), "article")
    counted = dict(rows.order_by().values_list("level").annotate(Count("pk")))
    return {level: counted.get(level, 0) for level in LEVELS}


def with_level(citations: Rows[Citation], *, now: datetime) -> Rows[Any]:
    """Those of published stories, with the `level` of each.

    Verified: its page was read within the day, and says it as quoted. Changed: the page says otherwise, or nothing
    of the kind. Unread: neither. Unwatched: its source has no page that is read here.
    """
    published = Exists(Version.objects.filter(article=OuterRef("article")))
    is_fresh = Q(source__watch__read_at__gte=now - WITHIN)
    level = Case(
        When(source=None, then=Value(UNATTACHED)),
        When(Q(source__is_watched=False) | Q(source__url=None), then=Value(UNWATCHED)),
        # The most common first: how a passage stands is looked up anew for each of these questions.
        When(is_fresh & Q(stands=VerdictWord.VERBATIM), then=Value(VERIFIED)),
        When(stands__in=AGAINST, then=Value(CHANGED)),
        default=Value(UNREAD),
    )
    return citations.filter(published).alias(stands=standing_word()).annotate(level=level)


def share_of(counts: dict[str, int]) -> float | None:
    """Of those that can be verified, the share that was; None where there is none."""
    of = sum(counts[level] for level in VERIFIABLE)
    return counts[VERIFIED] / of if of else None

"""How many updates of each kind readers were given, week by week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from stories.glance.scope import Scope
from stories.glance.weeks import Week, index_of
from stories.models import Update
from stories.models.words import UpdateKind


@dataclass(frozen=True, slots=True)
class UpdatesOfWeek:
    week: Week
    counts: Mapping[UpdateKind, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def updates_by_week(scope: Scope, weeks: Sequence[Week]) -> tuple[UpdatesOfWeek, ...]:
    """One for each of the weeks, with every kind."""
    updates = scope.narrow(shown_between(weeks[0].begins_at, weeks[-1].ends_at), "article")
    counted = [Counter[str]() for _ in weeks]
    for kind, shown_at in updates.order_by().values_list("kind", "shown_at"):
        index = index_of(shown_at, weeks)
        if index is not None:
            counted[index][kind] += 1
    return tuple(
        UpdatesOfWeek(week, {kind: count[kind.value] for kind in UpdateKind})
        for week, count in zip(weeks, counted, strict=True)
    )


def shown_between(begins_at: datetime, ends_at: datetime) -> QuerySet[Any]:
    """Updates that readers first saw then, as `shown_at`; nobody records one before readers see it."""
    recorded = Update.objects.filter(version__isnull=False, recorded_at__gte=begins_at)
    shown = recorded.annotate(shown_at=Coalesce("stated_at", "recorded_at"))
    return shown.filter(shown_at__gte=begins_at, shown_at__lt=ends_at)

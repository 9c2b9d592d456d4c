"""How long it took from when a source's change was found to the update that it caused, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median, quantiles

from stories.glance.scope import Scope
from stories.glance.updates import shown_between
from stories.glance.weeks import Week, index_of


@dataclass(frozen=True, slots=True)
class Spread:
    """Of so many durations: the least, the greatest, and those that part them into quarters."""

    count: int
    least: timedelta
    lower: timedelta
    median: timedelta
    upper: timedelta
    greatest: timedelta


@dataclass(frozen=True, slots=True)
class TimesOfWeek:
    """No spread where no update of that week was caused by a change."""

    week: Week
    spread: Spread | None


def times_to_update(scope: Scope, weeks: Sequence[Week]) -> tuple[TimesOfWeek, ...]:
    """By the week in which readers were given the update; the clock runs until it was recorded here."""
    updates = shown_between(weeks[0].begins_at, weeks[-1].ends_at).filter(caused_by__isnull=False)
    rows = scope.narrow(updates, "article").order_by()
    durations: list[list[timedelta]] = [[] for _ in weeks]
    for shown_at, found_at, recorded_at in rows.values_list(
        "shown_at", "caused_by__found_by__started_at", "recorded_at"
    ):
        index = index_of(shown_at, weeks)
        if index is not None and recorded_at and recorded_at >= found_at:
            durations[index].append(recorded_at - found_at)
    return tuple(TimesOfWeek(week, spread_of(found)) for week, found in zip(weeks, durations, strict=True))


def spread_of(durations: Sequence[timedelta]) -> Spread | None:
    """Quartiles as R's type 7 has them; None of nothing.

    >>> spread_of([timedelta(hours=hours) for hours in (1, 2, 3, 4, 9)]).median
    datetime.timedelta(seconds=10800)
    """
    if not durations:
        return None
    seconds = [duration.total_seconds() for duration in durations]
    lower, _, upper = quantiles(seconds, n=4, method="inclusive") if len(seconds) > 1 else seconds * 3
    marks = (min(seconds), lower, median(seconds), upper, max(seconds))
    return Spread(len(seconds), *(timedelta(seconds=mark) for mark in marks))

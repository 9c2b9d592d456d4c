"""The weeks that a picture goes back: from Monday to Monday, by the clocks of one zone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

#: As far as a picture goes back: a quarter of a year.
WEEKS = 12


@dataclass(frozen=True, slots=True)
class Week:
    """From `begins_at`, which is in it, to `ends_at`, which is not."""

    monday: date
    begins_at: datetime
    ends_at: datetime

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def week_from(monday: date, *, zone: tzinfo) -> Week:
    """An hour shorter or longer where the clocks are changed in it."""
    return Week(monday, _midnight(monday, zone), _midnight(monday + timedelta(days=7), zone))


def weeks_until(now: datetime, *, zone: tzinfo, count: int = WEEKS) -> tuple[Week, ...]:
    """The week of `now` and those before it, oldest first."""
    today = now.astimezone(zone).date()
    this_monday = today - timedelta(days=today.weekday())
    return tuple(week_from(this_monday - timedelta(weeks=back), zone=zone) for back in reversed(range(count)))


def index_of(moment: datetime, weeks: Sequence[Week]) -> int | None:
    """Which of the weeks, that follow one another, holds the moment; None where none does."""
    index = bisect_right([week.begins_at for week in weeks], moment) - 1
    return index if index >= 0 and moment < weeks[index].ends_at else None


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)

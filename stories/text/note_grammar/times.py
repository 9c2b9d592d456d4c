"""Settle which day and hour a printed moment was: from its own words, the day it is read from, and a zone."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from stories.text.note_grammar.moments import Moment
from stories.text.note_grammar.words import is_spanish
from stories.text.note_grammar.zones import writes_month_first
from stories.text.zones import zone_info

_YEARS_BACK = 8


class Precision(StrEnum):
    """How exactly a stated time is known; NONE if no time could be settled."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class StatedTime:
    at: datetime.datetime | None = None
    precision: Precision = Precision.NONE
    zone: str = ""


UNSTATED = StatedTime()


def settle(
    moment: Moment, *, said: str = "", reference_date: datetime.date | None, default_zone: str | None
) -> StatedTime:
    """The moment as a date and time: aware where a zone is printed or given, else naive.

    Strokes have the month first in America, unless what is `said` in front of them is Spanish. What is not printed is
    taken from `reference_date`: a time alone is of that day, a weekday or a day without a year is the latest one not
    after it. Without it such a moment is `UNSTATED`. A day is 00:00 of it, and midnight is the start of the day it is
    printed with. Raises `zoneinfo.ZoneInfoNotFoundError` for a `default_zone` that is not one.

    Constant.
    """
    zone = moment.zone or default_zone or ""
    is_month_first = writes_month_first(zone) and not is_spanish(said)
    date = _date(moment, reference_date=reference_date, is_month_first=is_month_first)
    if date is None:
        return UNSTATED
    precision = _precision(moment)
    clock = (
        datetime.time(moment.hour or 0, moment.minute) if precision is Precision.MINUTE else datetime.time()
    )
    clock = clock.replace(tzinfo=zone_info(zone) if zone else None)
    return StatedTime(datetime.datetime.combine(date, clock), precision, zone)


def _precision(moment: Moment) -> Precision:
    if moment.year is not None and moment.month is None:
        return Precision.YEAR
    if moment.month is not None and moment.day is None:
        return Precision.MONTH
    return Precision.MINUTE if moment.has_time else Precision.DAY


def _date(
    moment: Moment, *, reference_date: datetime.date | None, is_month_first: bool
) -> datetime.date | None:
    month, day = moment.month, moment.day
    if moment.is_numeric and not is_month_first:
        month, day = day, month
    if moment.year is not None:
        return _real_date(moment.year, month or 1, day or 1)
    if moment.is_relative or reference_date is None:
        return None
    if month is not None:
        return _latest(month, day or 1, not_after=reference_date)
    days_ago = moment.days_ago or 0
    if moment.weekday is not None:
        days_ago = (reference_date.weekday() - moment.weekday) % 7
    return reference_date - datetime.timedelta(days=days_ago)


def _latest(month: int, day: int, *, not_after: datetime.date) -> datetime.date | None:
    years = range(not_after.year, max(datetime.MINYEAR, not_after.year - _YEARS_BACK) - 1, -1)
    dates = (_real_date(year, month, day) for year in years)
    return next((date for date in dates if date is not None and date <= not_after), None)


def _real_date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None

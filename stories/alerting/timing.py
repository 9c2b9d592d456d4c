"""When a person hears of something: by what they chose, the hours of their zone, quiet hours and a pause. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stories.models import Preferences
from stories.models.words import Gravity, Timing

_HOUR = timedelta(hours=1)
_DAYS_AHEAD = range(9)


@dataclass(frozen=True, slots=True)
class Turn:
    """When it is to be told, and whether by itself (“at once”) or with whatever else is due then."""

    timing: Timing
    at: datetime


def turn_of(preferences: Preferences, choice: Timing, *, gravity: Gravity, now: datetime) -> Turn | None:
    """When something that comes up now is told to a person who chose so; None for never.

    Digests keep the hour that the person set, quiet or not. A pause ends with the digest of its last day.
    """
    if choice == Timing.NEVER:
        return None
    resumes_at = end_of_pause(preferences, now=now)
    if choice == Timing.AT_ONCE:
        held_until = resumes_at or _end_of_silence(preferences, gravity, now=now)
        return Turn(Timing.HELD, held_until) if held_until else Turn(Timing.AT_ONCE, now)
    at = _next_digest(preferences, choice, gravity, now=now)
    return Turn(choice, max(at, resumes_at) if resumes_at else at)


def end_of_pause(preferences: Preferences, *, now: datetime) -> datetime | None:
    """When the digest after the pause goes; None where there is no pause now."""
    if preferences.paused_until is None:
        return None
    ends_at = _moment(preferences.paused_until, preferences.digest_at, preferences.zone)
    return ends_at if ends_at > now else None


def end_of_quiet_hours(preferences: Preferences, *, now: datetime) -> datetime | None:
    """None where the person may be disturbed now."""
    start, end = preferences.quiet_from, preferences.quiet_until
    if start is None or end is None:
        return None
    at = now.astimezone(preferences.zone).time()
    is_quiet = start <= at < end if start <= end else at >= start or at < end
    if not is_quiet:
        return None
    return next(moment for moment in _both_moments(end, preferences.zone, now) if moment > now)


def _end_of_silence(preferences: Preferences, gravity: Gravity, *, now: datetime) -> datetime | None:
    if gravity == Gravity.HIGH and preferences.grave_breaks_quiet:
        return None
    return end_of_quiet_hours(preferences, now=now)


def _next_digest(preferences: Preferences, choice: Timing, gravity: Gravity, *, now: datetime) -> datetime:
    if choice == Timing.HOURLY:
        at = _next_full_hour(now, preferences.zone)
        return _end_of_silence(preferences, gravity, now=at) or at
    days = (now.astimezone(preferences.zone).date() + timedelta(days=ahead) for ahead in _DAYS_AHEAD)
    fitting = (day for day in days if choice == Timing.DAILY or day.weekday() == preferences.digest_weekday)
    moments = (_moment(day, preferences.digest_at, preferences.zone) for day in fitting)
    return next(moment for moment in moments if moment > now)


def _next_full_hour(now: datetime, zone: ZoneInfo) -> datetime:
    """By the clock on the wall: zones differ by half hours, too."""
    local = now.astimezone(zone)
    since = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return (now - since + _HOUR).astimezone(UTC)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first time that the clock shows this; where it skips it in spring, as long after midnight as else."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def _both_moments(at: time, zone: ZoneInfo, now: datetime) -> Iterator[datetime]:
    """Each time that the clock shows this from today on: twice on the night in autumn that has an hour twice."""
    today = now.astimezone(zone).date()
    for ahead in _DAYS_AHEAD:
        first = _moment(today + timedelta(days=ahead), at, zone)
        yield first
        second = datetime.combine(today + timedelta(days=ahead), at, zone).replace(fold=1).astimezone(UTC)
        if second > first:
            yield second

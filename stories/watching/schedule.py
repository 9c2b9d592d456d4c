"""When to look next: at the source's pace, soon under suspicion, ever later while it cannot be read."""

from datetime import datetime, timedelta

from django.conf import settings

from stories.models import Source

LONGEST_BACKOFF = timedelta(days=1)


def after_reading(source: Source, *, now: datetime) -> datetime:
    return now + _interval(source)


def after_suspicion(*, now: datetime) -> datetime:
    """When the second look is due that must agree before anybody hears."""
    return now + timedelta(seconds=settings.WATCH_CONFIRM_SECONDS)


def after_failure(
    source: Source, *, now: datetime, failure_count: int, retry_after: timedelta | None
) -> datetime:
    """Twice the wait with every failure in a row, at most a day, and no sooner than the server asked for.

    A source that is looked at less than once a day keeps its pace. What a server asks for counts up to a day.
    """
    interval = _interval(source)
    # In seconds, because whole numbers have no bound; more than twenty doublings are past a day anyway.
    doubled = int(interval.total_seconds()) * 2 ** min(failure_count, 20)
    backoff = timedelta(seconds=min(doubled, LONGEST_BACKOFF.total_seconds()))
    asked = min(retry_after or timedelta(), LONGEST_BACKOFF)
    return now + max(interval, backoff, asked)


def _interval(source: Source) -> timedelta:
    return timedelta(seconds=source.check_interval_seconds or settings.WATCH_INTERVAL_SECONDS)

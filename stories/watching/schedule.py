"""When to look next, and why then: often while something is young, ever seldomer with age, soon under suspicion.

Nothing here reads the clock, a setting or a row; chance is drawn by the caller.

    pace of a source  =  interval × age ÷ fresh_for, at least interval, at most longest

where age is the time since the source, a story that cites it, or the page itself was last new or changed. So each
look comes a fixed share of the age after the one before, and the number of looks grows with the logarithm of the age.
An editor's pinned interval stands in its place. Nothing goes below `shortest`, which is what politeness allows.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from stories.models.words import Pace

LONGEST_BACKOFF = timedelta(days=1)
#: A settled source may come this share of its wait early, so that those added together drift apart.
SPREAD = 0.1
#: One that was looked at late, as after an outage, may come early by this share of the delay.
SPREAD_WHEN_LATE = 0.5


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the newsroom's settings say about the pace."""

    interval: timedelta
    shortest: timedelta
    longest: timedelta
    fresh_for: timedelta
    confirm_after: timedelta


@dataclass(frozen=True, slots=True)
class Facts:
    """What the pace of one source depends on."""

    young_since: datetime
    pinned_to: timedelta | None = None
    was_late_by: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class NextLook:
    due_at: datetime
    pace: Pace


def after_reading(facts: Facts, bounds: Bounds, *, now: datetime, draw: float = 0.0) -> NextLook:
    """At the source's pace. `draw`, from 0 to 1, says how much of the leeway to come early is taken."""
    wait, pace = _wait(facts, bounds, now=now)
    leeway = min(max(facts.was_late_by, timedelta()), wait) * SPREAD_WHEN_LATE
    if pace == Pace.SETTLED:
        leeway = max(leeway, wait * SPREAD)
    return NextLook(now + max(wait - draw * leeway, bounds.shortest), pace)


def after_suspicion(bounds: Bounds, *, now: datetime) -> NextLook:
    """When the second look is due that must agree before anybody hears."""
    return NextLook(now + bounds.confirm_after, Pace.CONFIRMING)


def after_failure(
    facts: Facts, bounds: Bounds, *, now: datetime, failure_count: int, retry_after: timedelta | None
) -> NextLook:
    """Twice the interval with every failure in a row, at most a day, and no sooner than the server asked for.

    A source that is looked at less often than that keeps its pace. What a server asks for counts up to a day.
    """
    wait, _pace = _wait(facts, bounds, now=now)
    interval = wait if facts.pinned_to else max(bounds.interval, bounds.shortest)
    # In seconds, because whole numbers have no bound; more than twenty doublings are past a day anyway.
    doubled = int(interval.total_seconds()) * 2 ** min(failure_count, 20)
    backoff = timedelta(seconds=min(doubled, LONGEST_BACKOFF.total_seconds()))
    asked = min(retry_after or timedelta(), LONGEST_BACKOFF)
    return NextLook(now + max(wait, backoff, asked), Pace.BACKING_OFF)


def _wait(facts: Facts, bounds: Bounds, *, now: datetime) -> tuple[timedelta, Pace]:
    if facts.pinned_to:
        return max(facts.pinned_to, bounds.shortest), Pace.PINNED
    interval = max(bounds.interval, bounds.shortest)
    aged = interval * (max(now - facts.young_since, timedelta()) / bounds.fresh_for)
    if aged <= interval:
        return interval, Pace.FRESH
    return max(interval, min(aged, bounds.longest)), Pace.SETTLED

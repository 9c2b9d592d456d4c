"""When to look next: the formula, its bounds, and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stories.models.words import Pace
from stories.watching.schedule import Bounds, Facts, after_failure, after_reading, after_suspicion

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BOUNDS = Bounds(interval=HOUR, shortest=MINUTE, longest=DAY, fresh_for=DAY, confirm_after=MINUTE)
FRESH = Facts(young_since=NOW)


def aged(age: timedelta, **fields) -> Facts:
    return Facts(young_since=NOW - age, **fields)


@pytest.mark.parametrize(
    ("age", "wait", "pace"),
    [
        (timedelta(0), HOUR, Pace.FRESH),
        (-DAY, HOUR, Pace.FRESH),
        (DAY, HOUR, Pace.FRESH),
        (2 * DAY, 2 * HOUR, Pace.SETTLED),
        (10 * DAY, 10 * HOUR, Pace.SETTLED),
        (24 * DAY, DAY, Pace.SETTLED),
        (3650 * DAY, DAY, Pace.SETTLED),
    ],
)
def test_the_wait_grows_with_the_age_between_its_bounds(age, wait, pace):
    look = after_reading(aged(age), BOUNDS, now=NOW)

    assert (look.due_at, look.pace) == (NOW + wait, pace)


def test_a_source_may_have_an_interval_of_its_own_whatever_its_age():
    look = after_reading(aged(100 * DAY, pinned_to=10 * MINUTE), BOUNDS, now=NOW, draw=1)

    assert (look.due_at, look.pace) == (NOW + 10 * MINUTE, Pace.PINNED)


@pytest.mark.parametrize("facts", [FRESH, replace(FRESH, pinned_to=timedelta(seconds=10))])
def test_nothing_is_looked_at_more_often_than_politeness_allows(facts):
    bounds = replace(BOUNDS, interval=timedelta(seconds=10))

    assert after_reading(facts, bounds, now=NOW, draw=1).due_at == NOW + MINUTE
    assert after_reading(replace(facts, was_late_by=DAY), bounds, now=NOW, draw=1).due_at == NOW + MINUTE


def test_the_newsrooms_interval_wins_over_a_shorter_longest_wait():
    bounds = replace(BOUNDS, interval=2 * DAY)

    assert after_reading(aged(365 * DAY), bounds, now=NOW).due_at == NOW + 2 * DAY


def test_the_second_look_comes_soon():
    look = after_suspicion(BOUNDS, now=NOW)

    assert (look.due_at, look.pace) == (NOW + MINUTE, Pace.CONFIRMING)


def test_settled_sources_drift_apart():
    waits = [after_reading(aged(10 * DAY), BOUNDS, now=NOW, draw=draw).due_at - NOW for draw in (0, 0.5, 1)]

    assert waits == [10 * HOUR, 9.5 * HOUR, 9 * HOUR]


def test_what_an_outage_brought_together_is_spread_out_again():
    late = replace(FRESH, was_late_by=3 * DAY)

    waits = [after_reading(late, BOUNDS, now=NOW, draw=draw).due_at - NOW for draw in (0, 0.5, 1)]

    assert waits == [HOUR, 0.75 * HOUR, 0.5 * HOUR]


def test_a_fresh_source_that_was_on_time_keeps_its_time():
    assert after_reading(FRESH, BOUNDS, now=NOW, draw=1).due_at == NOW + HOUR


@pytest.mark.parametrize(
    ("failure_count", "wait"),
    [(1, 2 * HOUR), (2, 4 * HOUR), (4, 16 * HOUR), (5, DAY), (6, DAY), (2_000_000_000, DAY)],
)
def test_the_wait_doubles_with_every_failure_up_to_a_day(failure_count, wait):
    look = after_failure(FRESH, BOUNDS, now=NOW, failure_count=failure_count, retry_after=None)

    assert (look.due_at, look.pace) == (NOW + wait, Pace.BACKING_OFF)


@pytest.mark.parametrize(
    ("asked", "wait"),
    [(timedelta(0), 2 * HOUR), (HOUR, 2 * HOUR), (5 * HOUR, 5 * HOUR), (timedelta(days=400), DAY)],
)
def test_the_wait_is_at_least_what_the_server_asks_for_up_to_a_day(asked, wait):
    look = after_failure(FRESH, BOUNDS, now=NOW, failure_count=1, retry_after=asked)

    assert look.due_at == NOW + wait


@pytest.mark.parametrize("facts", [replace(FRESH, pinned_to=7 * DAY), aged(12 * DAY)])
def test_a_source_that_is_seldom_looked_at_is_not_looked_at_more_often_when_it_fails(facts):
    wait = after_reading(facts, BOUNDS, now=NOW).due_at - NOW

    assert after_failure(facts, BOUNDS, now=NOW, failure_count=3, retry_after=None).due_at == NOW + wait

from datetime import UTC, datetime, timedelta

import pytest

from stories.watching.schedule import after_failure, after_reading, after_suspicion
from tests.factories import SourceFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _pace(settings):
    settings.WATCH_INTERVAL_SECONDS = 3600
    settings.WATCH_CONFIRM_SECONDS = 60


def test_a_source_is_read_again_after_the_newsrooms_interval():
    assert after_reading(SourceFactory.build(), now=NOW) == NOW + HOUR


def test_a_source_may_have_an_interval_of_its_own():
    source = SourceFactory.build(check_interval_seconds=600)

    assert after_reading(source, now=NOW) == NOW + 10 * MINUTE


def test_the_second_look_comes_soon():
    assert after_suspicion(now=NOW) == NOW + MINUTE


@pytest.mark.parametrize(
    ("failure_count", "wait"),
    [(1, 2 * HOUR), (2, 4 * HOUR), (4, 16 * HOUR), (5, DAY), (6, DAY), (2_000_000_000, DAY)],
)
def test_the_wait_doubles_with_every_failure_up_to_a_day(failure_count, wait):
    source = SourceFactory.build()

    due_at = after_failure(source, now=NOW, failure_count=failure_count, retry_after=None)

    assert due_at == NOW + wait


@pytest.mark.parametrize(
    ("asked", "wait"),
    [(timedelta(0), 2 * HOUR), (HOUR, 2 * HOUR), (5 * HOUR, 5 * HOUR), (timedelta(days=400), DAY)],
)
def test_the_wait_is_at_least_what_the_server_asks_for_up_to_a_day(asked, wait):
    source = SourceFactory.build()

    assert after_failure(source, now=NOW, failure_count=1, retry_after=asked) == NOW + wait


def test_a_source_that_is_seldom_looked_at_is_not_looked_at_more_often_when_it_fails():
    source = SourceFactory.build(check_interval_seconds=7 * 86_400)

    assert after_failure(source, now=NOW, failure_count=3, retry_after=None) == NOW + 7 * DAY

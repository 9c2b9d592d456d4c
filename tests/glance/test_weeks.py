"""Weeks from Monday to Monday by the clocks of a zone."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from stories.glance.weeks import index_of, weeks_until

NEW_YORK = ZoneInfo("America/New_York")


def test_the_last_week_is_the_one_of_now_and_each_follows_the_one_before():
    weeks = weeks_until(datetime(2026, 11, 26, tzinfo=UTC), zone=UTC)

    assert (len(weeks), weeks[-1].monday, weeks[-1].sunday) == (12, date(2026, 11, 23), date(2026, 11, 29))
    assert all(before.ends_at == after.begins_at for before, after in itertools.pairwise(weeks))


def test_late_on_a_sunday_it_is_monday_elsewhere():
    sunday_evening = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    assert weeks_until(sunday_evening, zone=NEW_YORK)[-1].monday == date(2026, 11, 16)
    assert weeks_until(sunday_evening, zone=UTC)[-1].monday == date(2026, 11, 23)


def test_the_week_in_which_clocks_go_back_is_an_hour_longer():
    week = weeks_until(datetime(2026, 10, 28, tzinfo=UTC), zone=NEW_YORK)[-1]

    assert week.ends_at.astimezone(UTC) - week.begins_at.astimezone(UTC) == timedelta(days=7, hours=1)


def test_a_moment_is_in_the_week_that_begins_with_it_and_in_none_beyond():
    weeks = weeks_until(datetime(2026, 11, 26, tzinfo=UTC), zone=NEW_YORK)

    assert index_of(weeks[3].begins_at, weeks) == 3
    assert index_of(weeks[3].ends_at - timedelta(microseconds=1), weeks) == 3
    assert index_of(weeks[-1].ends_at, weeks) is None
    assert index_of(weeks[0].begins_at - timedelta(microseconds=1), weeks) is None

"""When a person hears: cases on a table, and the nights on which clocks are changed."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from stories.alerting.timing import Turn, turn_of
from stories.models import Preferences
from stories.models.words import Gravity, Timing

AT_ONCE, HOURLY, DAILY, WEEKLY, HELD = (
    Timing.AT_ONCE,
    Timing.HOURLY,
    Timing.DAILY,
    Timing.WEEKLY,
    Timing.HELD,
)
NIGHT = {"quiet_from": time(22), "quiet_until": time(7)}
LUNCH = {"quiet_from": time(12), "quiet_until": time(13)}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def turn(choice: Timing, now: str, gravity: Gravity = Gravity.NORMAL, **fields: Any) -> Turn | None:
    preferences = Preferences(**{"time_zone": "UTC", **fields})
    return turn_of(preferences, choice, gravity=gravity, now=utc(now))


def test_what_is_never_to_be_told_has_no_turn() -> None:
    assert turn(Timing.NEVER, "2026-05-04 12:00") is None


# 4 May 2026 is a Monday.
@pytest.mark.parametrize(
    ("choice", "now", "fields", "timing", "at"),
    [
        (AT_ONCE, "2026-05-04 12:00", {}, AT_ONCE, "2026-05-04 12:00"),
        (AT_ONCE, "2026-05-04 23:00", NIGHT, HELD, "2026-05-05 07:00"),
        (AT_ONCE, "2026-05-04 06:59:59", NIGHT, HELD, "2026-05-04 07:00"),
        (AT_ONCE, "2026-05-04 07:00", NIGHT, AT_ONCE, "2026-05-04 07:00"),
        (AT_ONCE, "2026-05-04 22:00", NIGHT, HELD, "2026-05-05 07:00"),
        (AT_ONCE, "2026-05-04 12:30", LUNCH, HELD, "2026-05-04 13:00"),
        (AT_ONCE, "2026-05-04 11:59", LUNCH, AT_ONCE, "2026-05-04 11:59"),
        (
            AT_ONCE,
            "2026-05-04 12:00",
            {"quiet_from": time(9), "quiet_until": time(9)},
            AT_ONCE,
            "2026-05-04 12:00",
        ),
        (HOURLY, "2026-05-04 12:00", {}, HOURLY, "2026-05-04 13:00"),
        (HOURLY, "2026-05-04 12:59:59", {}, HOURLY, "2026-05-04 13:00"),
        (HOURLY, "2026-05-04 21:30", NIGHT, HOURLY, "2026-05-05 07:00"),
        (HOURLY, "2026-05-04 12:40", {"time_zone": "Asia/Kolkata"}, HOURLY, "2026-05-04 13:30"),
        (DAILY, "2026-05-04 07:59", {}, DAILY, "2026-05-04 08:00"),
        (DAILY, "2026-05-04 08:00", {}, DAILY, "2026-05-05 08:00"),
        (DAILY, "2026-05-04 12:00", {"time_zone": "America/New_York"}, DAILY, "2026-05-05 12:00"),
        (DAILY, "2026-05-04 23:00", {"digest_at": time(6), **NIGHT}, DAILY, "2026-05-05 06:00"),
        (WEEKLY, "2026-05-04 07:00", {}, WEEKLY, "2026-05-04 08:00"),
        (WEEKLY, "2026-05-04 09:00", {}, WEEKLY, "2026-05-11 08:00"),
        (WEEKLY, "2026-05-04 09:00", {"digest_weekday": 4}, WEEKLY, "2026-05-08 08:00"),
        # A day begins earlier in Auckland.
        (
            WEEKLY,
            "2026-05-03 20:30",
            {"time_zone": "Pacific/Auckland", "digest_at": time(9)},
            WEEKLY,
            "2026-05-03 21:00",
        ),
    ],
)
def test_each_choice_has_its_hour(
    choice: Timing, now: str, fields: dict[str, Any], timing: Timing, at: str
) -> None:
    assert turn(choice, now, **fields) == Turn(timing, utc(at))


@pytest.mark.parametrize("choice", [AT_ONCE, HOURLY])
def test_what_is_grave_breaks_quiet_hours_unless_the_person_forbids_it(choice: Timing) -> None:
    told = turn(choice, "2026-05-04 23:30", Gravity.HIGH, **NIGHT)
    held = turn(choice, "2026-05-04 23:30", Gravity.HIGH, grave_breaks_quiet=False, **NIGHT)

    assert told and told.at <= utc("2026-05-05 00:00")
    assert held and held.at == utc("2026-05-05 07:00")


@pytest.mark.parametrize(
    ("choice", "now", "timing", "at"),
    [
        (AT_ONCE, "2026-05-04 12:00", HELD, "2026-05-08 08:00"),
        (AT_ONCE, "2026-05-08 07:59", HELD, "2026-05-08 08:00"),
        (AT_ONCE, "2026-05-08 08:00", AT_ONCE, "2026-05-08 08:00"),
        (HOURLY, "2026-05-04 12:00", HOURLY, "2026-05-08 08:00"),
        (DAILY, "2026-05-04 12:00", DAILY, "2026-05-08 08:00"),
        (WEEKLY, "2026-05-04 12:00", WEEKLY, "2026-05-11 08:00"),
    ],
)
def test_a_pause_ends_with_one_digest_however_grave(
    choice: Timing, now: str, timing: Timing, at: str
) -> None:
    assert turn(choice, now, Gravity.HIGH, paused_until=date(2026, 5, 8)) == Turn(timing, utc(at))


NEW_YORK = {"time_zone": "America/New_York"}


def test_a_digest_in_the_hour_that_comes_twice_goes_in_the_first() -> None:
    at_half_past_one = {**NEW_YORK, "digest_at": time(1, 30)}

    first = turn(DAILY, "2026-11-01 04:00", **at_half_past_one)
    after = turn(DAILY, "2026-11-01 05:30", **at_half_past_one)

    assert first == Turn(DAILY, utc("2026-11-01 05:30"))
    assert after == Turn(DAILY, utc("2026-11-02 06:30"))


def test_quiet_hours_that_end_in_the_hour_that_comes_twice_end_the_same_night() -> None:
    quiet = {**NEW_YORK, "quiet_from": time(22), "quiet_until": time(1, 30)}

    in_the_second = turn(AT_ONCE, "2026-11-01 06:10", **quiet)

    assert in_the_second == Turn(HELD, utc("2026-11-01 06:30"))


def test_quiet_hours_that_end_in_the_hour_that_is_skipped_end() -> None:
    quiet = {**NEW_YORK, "quiet_from": time(22), "quiet_until": time(2, 30)}

    assert turn(AT_ONCE, "2026-03-08 06:59", **quiet) == Turn(HELD, utc("2026-03-08 07:30"))


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "UTC"])
@pytest.mark.parametrize("at", [time(0), time(1, 30), time(2, 15), time(2, 30), time(23, 59)])
def test_a_year_has_as_many_daily_digests_as_days(zone: str, at: time) -> None:
    preferences = Preferences(time_zone=zone, digest_at=at)
    now, days = utc("2026-01-15 12:00"), []
    for _ in range(365):
        told = turn_of(preferences, DAILY, gravity=Gravity.LOW, now=now)
        assert told
        now = told.at
        days.append(now.astimezone(preferences.zone).date())

    assert days == [days[0] + timedelta(days=number) for number in range(365)]

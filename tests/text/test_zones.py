"""Zones are named by the time zone database, or by their offset where that is all that was printed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from stories.text.zones import zone_info

NOON = datetime(2024, 5, 18, 12, 0)


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("UTC", 0),
        ("America/New_York", -4),
        ("UTC+02:00", 2),
        ("UTC-03:30", -3.5),
        ("UTC+14:00", 14),
        ("UTC+00:00", 0),
    ],
)
def test_a_zone_has_a_clock(name, hours):
    assert NOON.replace(tzinfo=zone_info(name)).utcoffset() == timedelta(hours=hours)


def test_an_offset_is_told_as_one():
    assert datetime(2024, 5, 18, tzinfo=UTC).astimezone(zone_info("UTC+02:00")).tzname() == "UTC+02:00"


def test_a_name_of_the_database_keeps_its_rules():
    assert zone_info("Europe/Oslo") == ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Atlantis/Capital",
        "America",
        "../zones",
        "/etc/localtime",
        "UTC\0",
        "x" * 5000,
        "UTC+2",
        "UTC+24:00",
        "UTC+02:60",
        "UTC+٠٢:٠٠",
        "UTC+02:00\n",
        "UTC-",
    ],
)
def test_what_is_no_zone_is_not_found_whatever_is_wrong_with_it(name):
    with pytest.raises(ZoneInfoNotFoundError):
        zone_info(name)

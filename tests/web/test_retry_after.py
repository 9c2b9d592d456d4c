from datetime import UTC, datetime, timedelta

import pytest

from stories.web.retry_after import parse_retry_after

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta(0)),
        ("Mon, 02 Mar 2026 10:00:00 GMT", timedelta(hours=1)),
        ("Mon, 02 Mar 2026 10:00:00 -0000", timedelta(hours=1)),
        ("Mon, 02 Mar 2026 08:00:00 GMT", None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("²", None),
        ("Mon, 99 Mar 99999 10:00:00 GMT", None),
        ("Mon, 02 Mar 99999999999999999999 10:00:00 GMT", None),
    ],
)
def test_a_wait_is_read_as_seconds_or_as_a_date(value, wait):
    assert parse_retry_after(value, now=NOW) == wait


def test_an_absurd_wait_is_long_and_no_error():
    assert parse_retry_after("9" * 4000, now=NOW) > timedelta(days=36_500)

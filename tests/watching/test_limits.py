import pytest
from django.core.exceptions import ImproperlyConfigured

from stories.watching.limits import allowed_private, fetch_limits, parse_hosts_and_ports


def test_the_settings_bound_every_fetch(settings):
    settings.WATCH_TOTAL_SECONDS = 7.5
    settings.WATCH_RAW_BYTES = 11_000
    settings.WATCH_DECODED_BYTES = 22_000

    limits = fetch_limits()

    assert (limits.total_seconds, limits.raw_bytes, limits.decoded_bytes) == (7.5, 11_000, 22_000)


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ("127.0.0.1:8010", ("127.0.0.1", 8010)),
        (" localhost:80 ", ("localhost", 80)),
        ("Example.Test:443", ("example.test", 443)),
        ("[::1]:8010", ("::1", 8010)),
    ],
)
def test_a_host_and_a_port_are_read(pair, expected):
    assert parse_hosts_and_ports([pair], name="ANY") == [expected]


@pytest.mark.parametrize(
    "pair",
    [
        "",
        "127.0.0.1",
        "127.0.0.1:",
        ":80",
        "a:b",
        "a:0",
        "a:65536",
        "http://a:80",
        "a:80/x",
        "u@a:80",
        "::1:80",
    ],
)
def test_anything_else_stops_with_the_name_of_the_setting(pair, settings):
    settings.WATCH_ALLOWED_PRIVATE = [pair]

    with pytest.raises(ImproperlyConfigured, match="WATCH_ALLOWED_PRIVATE"):
        allowed_private()


def test_nothing_private_is_allowed_by_default():
    assert allowed_private() == []

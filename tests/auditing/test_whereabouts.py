"""Which address a request comes from: X-Forwarded-For is believed as far as proxies are ours."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from stories.auditing.whereabouts import client_address, counted, shortened

PROXIES = ["10.0.0.0/8", "2001:db8:ffff::/48"]


@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        # Who is no proxy of ours says nothing about others.
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.0.0.1", "203.0.113.7", "203.0.113.7"),
        # What stands before the first that is not ours was written by them.
        ("10.0.0.1", "1.1.1.1, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"),
        ("10.0.0.1", "made up, 10.0.0.2", ""),
        ("10.0.0.1", "", "10.0.0.1"),
        ("2001:db8:ffff::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:203.0.113.7", "", "203.0.113.7"),
        # A neighbour's, with the interface by which it came (RFC 4007).
        ("fe80::7%eth0", "", "fe80::7"),
        ("", "", ""),
    ],
)
def test_an_address_is_taken_from_where_it_can_be_believed(
    remote: str, forwarded: str, client: str, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == client


@pytest.mark.parametrize(
    ("address", "short", "count"),
    [
        ("203.0.113.7", "203.0.113.0", "203.0.113.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1::", "2001:db8:1:2::"),
        ("", "", ""),
    ],
)
def test_less_of_it_is_kept_and_counted(address: str, short: str, count: str) -> None:
    assert (shortened(address), counted(address)) == (short, count)

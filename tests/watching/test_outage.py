"""Where nobody can be reached it is our own network, and no page has failed."""

import logging
import socket
from datetime import timedelta

import pytest
from django.utils import timezone

from stories.models import Pulse, Watch
from stories.models.pulse import NETWORK_IS_AWAY, NETWORK_WENT
from stories.watching.due import adopt_sources
from stories.watching.outage import is_our_network_down, last_outage
from tests.factories import SourceFactory
from tests.watching.looking import CitedPage


@pytest.fixture
def unreachable(read_once: CitedPage, monkeypatch: pytest.MonkeyPatch) -> CitedPage:
    def no_answer(_name: str) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "no answer")

    monkeypatch.setattr("stories.web.guard.system_addresses", no_answer)
    read_once.source.url = "http://harbour.example/notice"
    read_once.source.save()
    return read_once


def others(cited: CitedPage, *reasons: str) -> None:
    """Sources at other hosts, and how the last look at each ended, half a day ago."""
    for number, reason in enumerate(reasons):
        source = SourceFactory(url=f"https://paper-{number}.example/notice")
        adopt_sources(now=cited.clock())
        Watch.objects.filter(source=source).update(reason=reason)
    keep_up(cited)


def keep_up(cited: CitedPage) -> None:
    at = cited.clock()
    rest = Watch.objects.exclude(source=cited.source)
    rest.update(checked_at=at - timedelta(hours=12), due_at=at + timedelta(days=30))


def look_daily(cited: CitedPage, count: int) -> None:
    for _ in range(count):
        keep_up(cited)
        cited.look()
        cited.clock.advance(days=1)


def test_no_page_is_lost_while_no_host_can_be_reached(unreachable, caplog):
    others(unreachable, "dns", "timeout", "unreachable")

    with caplog.at_level(logging.ERROR):
        look_daily(unreachable, 5)

    assert unreachable.watch.strike_count == 0
    assert unreachable.watch.failure_count >= 5
    assert "our own network seems to be down" in caplog.text
    outage = last_outage(now=unreachable.clock())
    assert outage
    assert timedelta(days=3) < outage.until - outage.since < timedelta(days=6)
    assert last_outage(now=outage.until + timedelta(days=8)) is None


@pytest.mark.parametrize("reasons", [("dns", "same_bytes", "timeout"), ("dns", "timeout"), ()])
def test_a_page_is_lost_if_others_can_be_reached_or_too_few_are_known(unreachable, reasons):
    others(unreachable, *reasons)

    look_daily(unreachable, 3)

    assert unreachable.watch.is_lost


def test_looks_of_long_ago_tell_nothing(unreachable):
    others(unreachable, "dns", "dns", "dns")

    at, own = unreachable.clock(), unreachable.source.url

    assert is_our_network_down(at=at, besides=own)
    assert not is_our_network_down(at=at + timedelta(days=2), besides=own)


@pytest.mark.parametrize("address", ["/desk/sources/", "/admin/stories/source/"])
def test_an_outage_that_is_over_is_told_for_a_week_where_sources_are_listed(address, client, editor):
    now = timezone.now()
    Pulse.beat(NETWORK_WENT, now=now - timedelta(days=3))
    Pulse.beat(NETWORK_IS_AWAY, now=now - timedelta(days=1))
    client.force_login(editor)

    told = client.get(address).content.decode()

    assert "hardly any site could be reached: our own network seems to have been down" in told

"""Several workers at the same sources at the same moment, and one that is killed in the middle of a look."""

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from stories import tasks
from stories.models import Check, Host, Source, Verdict, Watch
from stories.watching.check import check_watches
from stories.watching.due import adopt_sources
from tests.factories import CitationFactory, SourceFactory
from tests.watching.looking import PASSAGE, CitedPage, page
from tests.watching.source_site import SourceSite

WORKERS = 4


@pytest.fixture
def sites(settings: Any) -> Iterator[list[SourceSite]]:
    """Two hosts, so that two workers can be at work at once."""
    with SourceSite().serving() as first, SourceSite().serving() as second:
        settings.WATCH_ALLOWED_PRIVATE = [first.host_and_port, second.host_and_port]
        yield [first, second]


def at_once(works: Sequence[Callable[[], Any]]) -> None:
    start = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> None:
        start.wait()
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_doubled_and_reordered_messages_lose_no_check_and_double_none(sites, monkeypatch):
    """Invariants 1 and 2: real workers, and each message four times in another order."""
    monkeypatch.setattr(tasks.tell, "delay_on_commit", lambda: None)
    keys = [
        SourceFactory(url=site.put(f"/{number}", page(PASSAGE), delay_seconds=0.02)).pk
        for site in sites
        for number in range(6)
    ]
    adopt_sources(now=timezone.now())
    orders = [random.Random(seed).sample(keys, len(keys)) for seed in range(WORKERS)]

    at_once([lambda order=order: tasks.check_sources(order) for order in orders])
    while late := Watch.objects.filter(checked_at=None):
        # A host that another worker was reading from is due again in a moment: that moment is now.
        late.update(due_at=timezone.now())
        tasks.check_sources(keys)

    assert sorted(Check.objects.values_list("source", flat=True)) == sorted(keys)
    assert [site.asked_twice_at_once for site in sites] == [set(), set()]
    assert not Watch.objects.filter(lease__isnull=False).exists()
    assert not Host.objects.filter(lease__isnull=False).exists()


class Killed(BaseException):
    """What no code of ours catches: the process is gone."""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_any_statement_loses_no_look(site):
    """Invariants 1 and 2: once its leases have expired another looks, as if nothing had been."""
    statements = 0
    killed_at_last = False
    while not killed_at_last:
        statements += 1
        cited = CitedPage(site, f"/killed-at-{statements}")
        CitationFactory(source=cited.source, exact=PASSAGE)
        cited.put(PASSAGE)
        killed_at_last = look_and_be_killed(cited, at=statements)
        cited.clock.advance(minutes=5)
        list(check_watches([cited.watch], now=cited.clock))

        assert Check.objects.filter(source=cited.source).count() == 1, f"killed at statement {statements}"
        assert Verdict.objects.filter(citation__source=cited.source).count() == 1
        assert cited.watch.lease is None

    assert statements > 10
    assert Source.objects.count() == statements


def look_and_be_killed(cited: CitedPage, *, at: int) -> bool:
    """Look, and die before the statement of that number, and at all that would tidy up; True where none was left."""
    executed = 0

    def run(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal executed
        executed += 1
        if executed >= at:
            raise Killed
        return execute(*args)

    watch = cited.watch
    try:
        with connection.execute_wrapper(run):
            list(check_watches([watch], now=cited.clock))
    except Killed:
        return False
    return True

"""Several workers at the same rows at the same moment."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from stories.alerting.send import send_delivery
from stories.alerting.tell import tell_news
from stories.models import Alert, Delivery
from stories.models.words import DeliveryState, VerdictWord
from tests.alerting.mail_server import mail_server
from tests.alerting.scenes import NOON, altered_alert, find, quote, untold
from tests.factories import SourceFactory, make_reporter

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 4


def noon() -> datetime:
    return NOON


def at_once(work: Callable[[], Any]) -> list[Any]:
    """What each of the workers returned."""
    start = threading.Barrier(WORKERS)
    results: list[Any] = []

    def run() -> None:
        start.wait()
        try:
            results.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_many_senders_one_sends(settings: Any) -> None:
    """Invariant 3: however many workers race for a delivery, one letter leaves."""
    altered_alert(make_reporter())

    with mail_server(settings) as mailbox:
        states = at_once(lambda: send_delivery(Delivery.objects.get(), now=noon))

    assert sorted(states, key=str) == [None] * (WORKERS - 1) + [DeliveryState.SENT]
    assert len(mailbox.letters) == 1


def test_of_many_tellers_each_change_is_told_by_one() -> None:
    """Invariant 3: alerts, deliveries and marks are written once, whoever gets there first."""
    reporter = make_reporter()
    for _ in range(6):
        source = SourceFactory()
        find([quote(source, reporter), quote(source, reporter)], VerdictWord.ALTERED)

    told = at_once(lambda: tell_news(now=NOON))

    assert sum(map(len, told)) == 6
    assert (Alert.objects.count(), Delivery.objects.count(), untold()) == (6, 6, 0)

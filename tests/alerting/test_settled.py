"""Old messages go; who was told, and of what last, stays as long as the alert."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stories.alerting.settled import old_deliveries, old_digests
from stories.models import Alert, Delivery, Endpoint
from stories.models.words import AlertState, Channel, DeliveryState
from tests.factories import AlertFactory, CheckFactory, DeliveryFactory, DigestFactory, EndpointFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 15, 18, 0, tzinfo=UTC)
KEEP = timedelta(days=365)
LONG_AGO = NOW - timedelta(days=400)


def told(alert: Alert, **fields: Any) -> Delivery:
    given: dict[str, Any] = {"state": DeliveryState.SENT, "written_at": LONG_AGO, **fields}
    return DeliveryFactory(alert=alert, change=CheckFactory(source=alert.source), **given)


def old() -> list[Delivery]:
    return list(old_deliveries(keep=KEEP, now=NOW).order_by("pk"))


def endpoints(alert: Alert) -> list[Endpoint]:
    return EndpointFactory.create_batch(2, person=alert.recipient)


@pytest.fixture
def answered() -> Alert:
    return AlertFactory(state=AlertState.STILL_HOLDS)


def test_of_each_place_the_last_message_stays(answered: Alert) -> None:
    here, there = ({"endpoint": each, "channel": Channel.WEBHOOK} for each in endpoints(answered))
    first_there = told(answered, **there)
    first, _only_here = told(answered), told(answered, **here)
    told(answered, **there)
    told(answered)

    assert old() == [first_there, first]


def test_the_last_of_an_alert_stays_before_one_of_another(answered: Alert) -> None:
    told(answered)
    told(AlertFactory(state=AlertState.STILL_HOLDS, recipient=answered.recipient))

    assert old() == []


def test_the_last_that_was_sent_stays_before_one_that_was_not_needed(answered: Alert) -> None:
    first = told(answered)
    told(answered)
    in_between = told(answered, state=DeliveryState.NOT_NEEDED)
    told(answered, state=DeliveryState.NOT_NEEDED)

    assert old() == [first, in_between]


def test_messages_of_an_open_alert_stay() -> None:
    alert = AlertFactory()
    told(alert)
    told(alert)

    assert old() == []


def test_young_messages_stay(answered: Alert) -> None:
    told(answered, written_at=NOW - timedelta(days=364))
    told(answered, written_at=NOW)

    assert old() == []


@pytest.mark.parametrize("state", [DeliveryState.WAITING, DeliveryState.SENDING])
def test_what_is_on_its_way_stays(answered: Alert, state: DeliveryState) -> None:
    told(answered, state=state)
    told(answered)

    assert old() == []


def test_a_digest_goes_when_none_of_its_messages_is_left(answered: Alert) -> None:
    empty, full, young = (
        DigestFactory(state=DeliveryState.SENT, gathered_at=at) for at in (LONG_AGO, LONG_AGO, NOW)
    )
    told(answered, digest=full)

    assert list(old_digests(keep=KEEP, now=NOW)) == [empty]
    assert young.pk

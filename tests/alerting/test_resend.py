"""Sending once more: the same message, because an editor asks for it, and written down."""

from datetime import time
from typing import Any

import pytest
from django.core import mail

from stories.alerting.answer import answer_alert
from stories.alerting.resend import ResendRefusedError, resend_delivery
from stories.alerting.send import send_delivery
from stories.models import AlertEvent, Delivery, User
from stories.models.outgoing import MOST_TRIES
from stories.models.words import AlertEventKind, AlertState, DeliveryState, Timing
from tests.alerting.mail_server import mail_server
from tests.alerting.scenes import NOON, altered_alert, at
from tests.factories import DigestFactory, PreferencesFactory, make_reporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery(reporter: User) -> Delivery:
    altered_alert(reporter)
    return Delivery.objects.get()


def resent(delivery: Delivery, editor: User) -> DeliveryState | None:
    resend_delivery(delivery, by=editor, now=at(9))
    return send_delivery(Delivery.objects.get(pk=delivery.pk), now=lambda: at(9))


def test_what_was_sent_goes_out_again_as_the_same_message(
    delivery: Delivery, editor: User, settings: Any
) -> None:
    """Invariant 3: no second Message-ID, so a mail program that has it shows it once."""
    with mail_server(settings) as mailbox:
        send_delivery(delivery, now=lambda: NOON)
        state = resent(delivery, editor)

    assert state == DeliveryState.SENT
    assert [letter["Message-ID"] for letter in mailbox.letters] == [f"<{delivery.key}@127.0.0.1>"] * 2


def test_it_waits_as_it_did_before_it_went_and_nothing_else_does(reporter: User, editor: User) -> None:
    """Invariant 3: of what nobody asked for, nothing goes twice."""
    altered_alert(reporter, make_reporter())
    Delivery.objects.update(state=DeliveryState.SENT, sent_at=NOON, next_try_at=at(99), error="a bad try")
    asked_for, other = Delivery.objects.order_by("pk")

    resend_delivery(asked_for, by=editor, now=at(9))

    again = Delivery.objects.due(at(9)).get()
    assert (again, again.sent_at, again.error) == (asked_for, None, "")
    other.refresh_from_db()
    assert (other.state, other.sent_at) == (DeliveryState.SENT, NOON)


def test_what_was_given_up_gets_another_chance(delivery: Delivery, editor: User) -> None:
    Delivery.objects.update(
        state=DeliveryState.GIVEN_UP, error="550 no such mailbox", try_count=MOST_TRIES, next_try_at=at(9)
    )

    assert resent(delivery, editor) == DeliveryState.SENT
    delivery.refresh_from_db()
    assert (delivery.error, delivery.sent_at) == ("", at(9))


def test_the_alert_remembers_who_asked_and_how_it_was_before(delivery: Delivery, editor: User) -> None:
    Delivery.objects.update(state=DeliveryState.GIVEN_UP, error="550 no such mailbox")

    resend_delivery(delivery, by=editor, now=at(9))

    event = AlertEvent.objects.get(kind=AlertEventKind.RESENT)
    assert (event.alert, event.actor, event.at) == (delivery.alert, editor, at(9))
    assert (event.payload["state"], event.payload["error"]) == ("given_up", "550 no such mailbox")
    assert "which was given up before" in event.note


@pytest.mark.parametrize("state", [DeliveryState.WAITING, DeliveryState.SENDING])
def test_what_is_on_its_way_is_left_alone(state: DeliveryState, delivery: Delivery, editor: User) -> None:
    Delivery.objects.update(state=state)

    with pytest.raises(ResendRefusedError):
        resend_delivery(delivery, by=editor, now=at(9))

    assert not AlertEvent.objects.filter(kind=AlertEventKind.RESENT).exists()


def test_what_went_in_a_digest_goes_by_itself(delivery: Delivery, editor: User, reporter: User) -> None:
    digest = DigestFactory(person=reporter)
    Delivery.objects.update(state=DeliveryState.SENT, digest=digest, timing=Timing.DAILY)
    answer_alert(delivery.alert, state=AlertState.STILL_HOLDS, by=editor, now=at(2))

    resent(delivery, editor)

    assert str(delivery.key) in mail.outbox[0].extra_headers["Message-ID"]


def test_neither_quiet_hours_nor_an_answer_hold_it_back(delivery: Delivery, editor: User) -> None:
    send_delivery(delivery, now=lambda: NOON)
    answer_alert(delivery.alert, state=AlertState.STILL_HOLDS, by=editor, now=at(2))
    PreferencesFactory(
        person=delivery.alert.recipient,
        quiet_from=time(0),
        quiet_until=time(23, 59),
        grave_breaks_quiet=False,
    )

    assert resent(delivery, editor) == DeliveryState.SENT


def test_who_lost_the_story_still_gets_nothing(delivery: Delivery, editor: User) -> None:
    """Invariant 5."""
    Delivery.objects.update(state=DeliveryState.GIVEN_UP)
    for article in delivery.alert.recipient.articles.all():
        article.reporters.clear()

    assert resent(delivery, editor) == DeliveryState.NOT_NEEDED
    assert mail.outbox == []

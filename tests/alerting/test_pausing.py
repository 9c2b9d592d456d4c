"""A place that keeps failing is paused, and its person told on another, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from stories.alerting.channels.errors import DeliveryFailedError
from stories.alerting.pause_letters import tell_of_pauses, untold_pauses
from stories.alerting.pausing import (
    GIVEN_UP_UNTIL_PAUSED,
    note_given_up,
    note_taken,
    pause_endpoint,
    resume_endpoint,
    resume_mailbox,
)
from stories.alerting.send import send_delivery
from stories.models import Delivery, Endpoint, Preferences, User
from stories.models.words import Channel, DeliveryState
from tests.alerting.mail_server import mail_server
from tests.alerting.receiver import Receiver, receiver
from tests.alerting.scenes import NOON, altered_alert, at
from tests.factories import EndpointFactory
from tests.ports import find_free_port

pytestmark = pytest.mark.django_db

REFUSED = DeliveryFailedError("Answered with status 404: no such hook", permanent=True)
AWAY = DeliveryFailedError("The site could not be reached.", permanent=False)
GONE = DeliveryFailedError("Answered with status 410.", permanent=True, ends_channel=True)


@pytest.fixture
def endpoint(reporter: User) -> Endpoint:
    return EndpointFactory(person=reporter, name="Team hook")


def give_up(person: User, endpoint: Endpoint | None, failure: DeliveryFailedError, times: int = 1) -> None:
    for _ in range(times):
        note_given_up(person, endpoint, failure, now=NOON)


def pause(person: User, endpoint: Endpoint | None) -> None:
    give_up(person, endpoint, REFUSED, GIVEN_UP_UNTIL_PAUSED)


@pytest.mark.parametrize("failure", [REFUSED, AWAY])
def test_an_endpoint_that_keeps_failing_is_paused(failure: DeliveryFailedError, endpoint: Endpoint) -> None:
    give_up(endpoint.person, endpoint, failure, GIVEN_UP_UNTIL_PAUSED - 1)
    before = Endpoint.objects.get().is_paused

    give_up(endpoint.person, endpoint, failure)

    endpoint.refresh_from_db()
    assert (before, endpoint.paused_at) == (False, NOON)
    assert str(failure) in endpoint.paused_because


def test_an_endpoint_that_wants_nothing_more_is_paused_at_once(endpoint: Endpoint) -> None:
    give_up(endpoint.person, endpoint, GONE)

    assert Endpoint.objects.get().is_paused


def test_what_arrives_begins_the_count_anew(endpoint: Endpoint) -> None:
    give_up(endpoint.person, endpoint, REFUSED, GIVEN_UP_UNTIL_PAUSED - 1)

    note_taken(endpoint.person, endpoint, now=at(1))
    give_up(endpoint.person, endpoint, REFUSED)

    endpoint.refresh_from_db()
    assert (endpoint.is_paused, endpoint.failure_count, endpoint.last_ok_at) == (False, 1, at(1))


def test_a_mailbox_that_keeps_refusing_is_paused(reporter: User) -> None:
    pause(reporter, None)

    assert "no such hook" in Preferences.objects.get().email_paused_because


def test_a_mail_server_that_is_away_is_nobodys_mailbox(reporter: User) -> None:
    give_up(reporter, None, AWAY, 9)

    assert not Preferences.objects.exists()


def test_what_its_person_paused_is_told_to_nobody(endpoint: Endpoint) -> None:
    pause_endpoint(endpoint, now=NOON)

    endpoint.refresh_from_db()
    assert (endpoint.is_paused, untold_pauses()) == (True, [])


def test_a_person_is_told_by_mail_once(endpoint: Endpoint) -> None:
    pause(endpoint.person, endpoint)

    counts = [tell_of_pauses(now=at(1)), tell_of_pauses(now=at(2))]

    [letter] = mail.outbox
    assert counts == [1, 0]
    assert letter.to == [endpoint.person.email]
    assert letter.subject == "Paused: no more alerts by Team hook"
    assert "Answered with status 404: no such hook" in letter.body
    assert "/desk/hearing/endpoints/" in letter.body


def test_a_pause_after_a_resume_is_told_again(endpoint: Endpoint) -> None:
    pause(endpoint.person, endpoint)
    tell_of_pauses(now=at(1))
    resume_endpoint(endpoint)
    for _ in range(GIVEN_UP_UNTIL_PAUSED):
        note_given_up(endpoint.person, endpoint, REFUSED, now=at(9))

    assert tell_of_pauses(now=at(10)) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] != mail.outbox[1].extra_headers["Message-ID"]


def test_a_mail_server_that_is_away_is_asked_again(endpoint: Endpoint, settings: Any) -> None:
    pause(endpoint.person, endpoint)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", find_free_port()

    first = tell_of_pauses(now=at(1))
    with mail_server(settings) as mailbox:
        second = tell_of_pauses(now=at(2))

    assert (first, second, len(mailbox.letters)) == (0, 1, 1)


def test_a_person_without_mail_is_told_by_another_endpoint(reporter: User, settings: Any) -> None:
    with receiver(settings) as hook:
        EndpointFactory(person=reporter, address=hook.url())
        pause(reporter, None)

        told = tell_of_pauses(now=at(1))

    assert told == 1
    assert hook.received[0].json["type"] == "notice"
    assert "no more alerts by e-mail" in hook.received[0].json["data"]["text"]


def test_who_has_no_other_way_finds_it_at_the_desk(endpoint: Endpoint, reporter: User) -> None:
    User.objects.update(email="")
    pause(reporter, endpoint)

    assert tell_of_pauses(now=at(1)) == 0
    assert untold_pauses() == []


def test_who_has_left_is_told_nothing(endpoint: Endpoint) -> None:
    pause(endpoint.person, endpoint)
    User.objects.update(is_active=False)

    assert (tell_of_pauses(now=at(1)), mail.outbox) == (0, [])


def test_resuming_forgets_why(endpoint: Endpoint, reporter: User) -> None:
    pause(reporter, endpoint)
    pause(reporter, None)

    resume_endpoint(endpoint)
    resume_mailbox(reporter)

    endpoint.refresh_from_db()
    preferences = Preferences.objects.get()
    assert (endpoint.is_paused, endpoint.failure_count, endpoint.paused_because) == (False, 0, "")
    assert (preferences.is_email_paused, preferences.email_failure_count) == (False, 0)


@pytest.fixture
def delivery(reporter: User, hook: Receiver) -> Delivery:
    altered_alert(reporter)
    delivery = Delivery.objects.get()
    delivery.channel = Channel.WEBHOOK
    delivery.endpoint = EndpointFactory(person=reporter, address=hook.url(), name="Team hook")
    delivery.save()
    return delivery


def test_a_delivery_to_a_webhook_that_is_gone_pauses_it(delivery: Delivery, hook: Receiver) -> None:
    hook.status = 410

    assert send_delivery(delivery, now=lambda: NOON) == DeliveryState.GIVEN_UP
    assert Endpoint.objects.get().is_paused


def test_a_delivery_to_a_paused_endpoint_ends_and_says_why(delivery: Delivery, hook: Receiver) -> None:
    Endpoint.objects.update(paused_at=timezone.now())

    assert send_delivery(delivery, now=lambda: NOON) == DeliveryState.NOT_NEEDED
    delivery.refresh_from_db()
    assert (delivery.error, hook.received) == ("Team hook is paused", [])


def test_a_receiver_that_asks_for_time_gets_it(delivery: Delivery, hook: Receiver) -> None:
    hook.status, hook.headers = 503, {"Retry-After": "3600"}

    assert send_delivery(delivery, now=lambda: NOON) == DeliveryState.WAITING
    delivery.refresh_from_db()
    assert delivery.next_try_at == NOON + timedelta(hours=1)


def test_a_receiver_that_asks_for_years_does_not(delivery: Delivery, hook: Receiver) -> None:
    hook.status, hook.headers = 429, {"Retry-After": "99999999"}

    send_delivery(delivery, now=lambda: NOON)

    delivery.refresh_from_db()
    assert delivery.next_try_at == NOON + timedelta(hours=12)


def test_what_arrives_marks_the_endpoint(delivery: Delivery, hook: Receiver) -> None:
    assert send_delivery(delivery, now=lambda: NOON) == DeliveryState.SENT
    assert Endpoint.objects.get().last_ok_at == NOON
    assert hook.received[0].headers["webhook-id"] == str(delivery.key)

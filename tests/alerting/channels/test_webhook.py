"""Webhooks as they arrive: signed, with an id that stays, and a body that the published schema describes."""

import base64
import hashlib
import hmac
import json
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as project
from django.utils import timezone

from stories.alerting.channels.errors import DeliveryFailedError
from stories.alerting.channels.letter import Letter, letter_of_delivery, letter_of_digest
from stories.alerting.channels.webhook import send_webhook
from stories.alerting.message import message_for
from stories.alerting.send import send_delivery
from stories.alerting.tell import tell_news
from stories.models import Delivery, Endpoint, User
from stories.models.words import Channel, DeliveryState, Gravity, Outcome, VerdictWord
from tests.alerting.receiver import Received, Receiver
from tests.alerting.scenes import NOON, altered_alert, at, find, page_news, quote
from tests.factories import DigestFactory, EndpointFactory, SourceFactory

pytestmark = pytest.mark.django_db

SCHEMA = json.loads((project.BASE_DIR / "docs" / "webhook.schema.json").read_text())


@pytest.fixture
def endpoint(reporter: User, hook: Receiver) -> Endpoint:
    return EndpointFactory(person=reporter, address=hook.url())


@pytest.fixture
def letter(reporter: User, endpoint: Endpoint) -> Letter:
    return letter_about(altered_alert(reporter, headline="Bridge to close"), endpoint)


@pytest.fixture
def jsonschema() -> Any:
    """Imported where it is used: each process that collects this file would compile its grammars of addresses."""
    return import_module("jsonschema")


def letter_about(alert: Any, endpoint: Endpoint) -> Letter:
    delivery = alert.deliveries.get(endpoint=endpoint)
    return letter_of_delivery(delivery, message_for(delivery))


def is_signed(received: Received, secret: str) -> bool:
    """As a receiver would find out, written from the specification alone."""
    headers = received.headers
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + received.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return headers["webhook-signature"] == f"v1,{expected}"


def test_an_alert_arrives_signed(letter: Letter, hook: Receiver, endpoint: Endpoint) -> None:
    answer = send_webhook(letter)

    [received] = hook.received
    assert is_signed(received, endpoint.secret)
    assert received.headers["webhook-id"] == str(letter.key)
    assert abs(int(received.headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert answer == "Answered with status 200: ok"


def test_it_tells_what_changed_word_by_word_and_what_rests_on_it(
    letter: Letter, hook: Receiver, jsonschema: Any
) -> None:
    send_webhook(letter)

    payload = hook.received[0].json
    jsonschema.validate(payload, SCHEMA)
    alert = payload["data"]
    [passage] = alert["passages"]
    assert payload["type"] == "alert"
    assert (alert["headline"], alert["gravity"], alert["state"]) == ("Altered", "high", "open")
    assert (passage["verdict"], passage["now"]) == ("altered", "The bridge may be closed from Monday.")
    assert {"operation": "delete", "text": "will"} in passage["changes"]
    assert passage["stories"][0]["headline"] == "Bridge to close"
    assert alert["url"].endswith(f"/desk/alerts/{alert['id']}/")


@pytest.mark.parametrize("outcome", [Outcome.GONE, Outcome.MOVED, Outcome.BLOCKED, Outcome.CHANGED])
def test_what_became_of_a_page_is_told_in_the_same_form(
    outcome: Outcome, reporter: User, endpoint: Endpoint, hook: Receiver, jsonschema: Any
) -> None:
    citation = quote(SourceFactory(), reporter)
    page_news(citation.source, outcome)
    tell_news(now=NOON)

    send_webhook(letter_about(reporter.alerts.get(), endpoint))

    payload = hook.received[0].json
    jsonschema.validate(payload, SCHEMA)
    assert payload["data"]["page"]["outcome"] == outcome


def test_a_digest_arrives_as_one_message(
    reporter: User, endpoint: Endpoint, hook: Receiver, jsonschema: Any
) -> None:
    altered_alert(reporter)
    find([quote(SourceFactory(), reporter)], VerdictWord.MISSING)
    tell_news(now=at(1))
    digest = DigestFactory(person=reporter, channel=Channel.WEBHOOK, endpoint=endpoint)
    messages = [message_for(delivery) for delivery in Delivery.objects.filter(endpoint=endpoint)]

    send_webhook(letter_of_digest(digest, messages, gravity=Gravity.HIGH))

    [received] = hook.received
    jsonschema.validate(received.json, SCHEMA)
    assert (received.json["type"], len(received.json["data"]["alerts"])) == ("digest", 2)
    assert received.headers["webhook-id"] == str(digest.key)


def test_a_second_try_is_the_same_message(letter: Letter, hook: Receiver) -> None:
    """Invariant 3: whoever has it already can tell by its id."""
    hook.status = 500
    with pytest.raises(DeliveryFailedError):
        send_webhook(letter)
    hook.status = 200
    send_webhook(letter)

    first, second = hook.received
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert UUID(first.headers["webhook-id"]) == letter.key


def test_a_resend_after_a_crash_is_the_same_message(
    letter: Letter, hook: Receiver, endpoint: Endpoint
) -> None:
    """Invariant 3: a sender that died between the receiver's "yes" and its mark is recognised as the same."""
    delivery = Delivery.objects.get(endpoint=endpoint)
    delivery.claim(now=NOON, until=at(2))
    send_webhook(letter)

    state = send_delivery(delivery, now=lambda: at(2))

    assert state == DeliveryState.SENT
    assert {received.headers["webhook-id"] for received in hook.received} == {str(delivery.key)}
    assert len(hook.received) == 2


def test_the_schema_refuses_what_we_do_not_send(jsonschema: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"type": "alert", "timestamp": "2026-05-04T12:00:00Z", "data": {}}, SCHEMA)

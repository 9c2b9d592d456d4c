"""Webhooks, in the form of Standard Webhooks (1.0.0): signed JSON, with an id that is the same at each try."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from stories.alerting.channels.letter import Letter
from stories.alerting.channels.payload import alert_data, envelope
from stories.alerting.channels.posting import send
from stories.alerting.channels.signature import signed_headers
from stories.models import Endpoint

ALERT, DIGEST, TEST, NOTICE = "alert", "digest", "test", "notice"


def send_webhook(letter: Letter) -> str:
    """Post the letter, and return what the other side answered, in words. Raises DeliveryFailedError."""
    assert letter.endpoint is not None
    return post_signed(letter.endpoint, key=str(letter.key), body=_body(letter))


def post_signed(endpoint: Endpoint, *, key: str, body: bytes) -> str:
    headers = signed_headers(endpoint.secret, key=key, at=timezone.now(), body=body)
    return send(endpoint.address, body=body, headers=headers)


def _body(letter: Letter) -> bytes:
    """The same at each try, but for what its person may not see any more."""
    if letter.gathered_at is None:
        [message] = letter.messages
        return envelope(ALERT, at=_when(letter), data=alert_data(message))
    alerts = [alert_data(message) for message in letter.messages]
    return envelope(DIGEST, at=letter.gathered_at, data={"alerts": alerts})


def _when(letter: Letter) -> datetime:
    [message] = letter.messages
    return message.confirmed_at or message.account.alert.developed_at

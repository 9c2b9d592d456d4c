"""Deliveries on their way out: claimed, sent over their channel, tried again with back-off, given up visibly."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from stories.alerting.channels.chat import send_chat
from stories.alerting.channels.email import send_email
from stories.alerting.channels.errors import DeliveryFailedError
from stories.alerting.channels.letter import Letter, letter_of_delivery
from stories.alerting.channels.webhook import send_webhook
from stories.alerting.message import message_for
from stories.models import Delivery
from stories.models.words import Channel, DeliveryState

logger = logging.getLogger(__name__)

CLAIM_LASTS = timedelta(minutes=2)
#: How long after the first, second, … failure to try again; after as many the delivery is given up.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
#: However they ended: a sender that dies each time is stopped too.
MOST_TRIES = 20
#: Each sends a letter, and returns in words what the other side said.
CHANNELS: dict[str, Callable[[Letter], str]] = {
    Channel.EMAIL: send_email,
    Channel.WEBHOOK: send_webhook,
    Channel.CHAT: send_chat,
}


def due_deliveries(*, now: datetime, limit: int) -> list[Delivery]:
    return list(Delivery.objects.due(now)[:limit])


def send_delivery(delivery: Delivery, *, now: Callable[[], datetime]) -> DeliveryState | None:
    """Send it if nobody else does, and return the state it is in then; None where another worker has it.

    A sender that dies leaves a claim that expires: the delivery is then due again, with the same key (DESIGN
    invariant 3). Whoever has lost the claim meanwhile writes nothing.
    """
    started = now()
    until = started + CLAIM_LASTS
    if not delivery.claim(now=started, until=until):
        return None
    claimed = Delivery.objects.select_related("alert__recipient", "change", "endpoint").get(pk=delivery.pk)
    obstacle = _obstacle(claimed)
    if obstacle:
        return _settle(claimed, until, state=DeliveryState.GIVEN_UP, error=obstacle)
    message = message_for(claimed)
    if not message.is_of_concern:
        return _settle(
            claimed,
            until,
            state=DeliveryState.GIVEN_UP,
            error="reports on no story that rests on this source any more",
        )
    try:
        CHANNELS[claimed.channel](letter_of_delivery(claimed, message))
    except DeliveryFailedError as failure:
        return _settle(claimed, until, **_after_failure(claimed, failure, now=now()))
    return _settle(claimed, until, state=DeliveryState.SENT, sent_at=now(), error="")


def _obstacle(delivery: Delivery) -> str:
    if delivery.try_count > MOST_TRIES:
        return "every try broke off before it could say why; the log tells more"
    recipient = delivery.alert.recipient
    if not recipient.is_active:
        return "the account is no longer active"
    if delivery.endpoint:
        return f"{delivery.endpoint.name} is paused" if delivery.endpoint.is_paused else ""
    return "" if recipient.email else "the person has no e-mail address"


def _after_failure(delivery: Delivery, failure: DeliveryFailedError, *, now: datetime) -> dict[str, Any]:
    if failure.permanent or delivery.try_count > len(BACK_OFF):
        logger.warning("Delivery %s is given up: %s", delivery.key, failure)
        return {"state": DeliveryState.GIVEN_UP, "error": str(failure)}
    next_try_at = now + BACK_OFF[delivery.try_count - 1]
    return {"state": DeliveryState.WAITING, "next_try_at": next_try_at, "error": str(failure)}


def _settle(
    delivery: Delivery, until: datetime, *, state: DeliveryState, **fields: Any
) -> DeliveryState | None:
    """Write how it ended, if the claim is still ours."""
    ours = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING, next_try_at=until)
    return state if ours.update(state=state, **fields) else None

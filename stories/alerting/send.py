"""Deliveries on their way out: claimed, sent over their channel, tried again with back-off, given up visibly."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction

from stories.alerting.channels.chat import send_chat
from stories.alerting.channels.email import send_email
from stories.alerting.channels.errors import DeliveryFailedError, LetterRefused, MailServerAway
from stories.alerting.channels.letter import Letter, letter_of_delivery, letter_of_digest
from stories.alerting.channels.webhook import send_webhook
from stories.alerting.digest import messages_of
from stories.alerting.language import speaking_to
from stories.alerting.mail_server import note_away, note_back
from stories.alerting.message import message_for
from stories.alerting.outdated import reasons_against
from stories.alerting.pausing import note_given_up, note_taken
from stories.alerting.preferences import preferences_of
from stories.alerting.timing import turn_of
from stories.models import Delivery, Digest, Endpoint, User
from stories.models.outgoing import BROKE_OFF, MOST_TRIES, ON_THE_WAY_OUT
from stories.models.words import Channel, DeliveryState, Gravity, Timing

logger = logging.getLogger(__name__)

#: Longer than a task may take, so that nobody sends what a slow server is still taking. And longer still where the
#: senders before died over it: twenty tries of which none says how it ended take most of a day.
CLAIM_LASTS = timedelta(minutes=6)
#: How long after the first, second, … failure to try again; after as many it is given up, unless it is mail.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
#: Mail is tried for days (RFC 5321, section 4.5.4.1), which sees a weekend through: as often as anything may be tried.
BACK_OFF_OF_MAIL = (*BACK_OFF, timedelta(hours=2), *[timedelta(hours=4)] * (MOST_TRIES - len(BACK_OFF) - 2))
#: A server may ask for more time than that, but not for more than this.
LONGEST_WAIT = timedelta(hours=12)
#: Each sends a letter, and returns in words what the other side said.
CHANNELS: dict[str, Callable[[Letter], str]] = {
    Channel.EMAIL: send_email,
    Channel.WEBHOOK: send_webhook,
    Channel.CHAT: send_chat,
}
NOT_CONCERNED = "reports, follows or edits no story any more that rests on this source"


class _End(NamedTuple):
    """How it ends without being sent."""

    state: DeliveryState
    error: str


def due_deliveries(*, now: datetime, limit: int) -> list[Delivery]:
    return list(Delivery.objects.due(now)[:limit])


def send_delivery(delivery: Delivery, *, now: Callable[[], datetime]) -> DeliveryState | None:
    """Send it if nobody else does, and return the state it is in then; None where another worker has it.

    A sender that dies leaves a claim that expires: the delivery is then due again, with the same key (DESIGN
    invariant 3). Whoever has lost the claim meanwhile writes nothing.
    """
    started = now()
    until = started + _claim_lasts(delivery)
    if not delivery.claim(now=started, until=until):
        return None
    claimed = Delivery.objects.select_related("alert__recipient", "change", "endpoint").get(pk=delivery.pk)
    person = claimed.alert.recipient
    end = _obstacle(claimed, person, claimed.endpoint) or _reason_against(claimed)
    if end:
        return _settle(claimed, until, state=end.state, error=end.error)
    held_until = _held_until(claimed, person, now=started)
    if held_until:
        return _hold(claimed, until, held_until)
    with speaking_to(person, claimed.endpoint):
        message = message_for(claimed)
        if not message.is_of_concern:
            return _settle(claimed, until, state=DeliveryState.NOT_NEEDED, error=NOT_CONCERNED)
        return _hand_over(claimed, letter_of_delivery(claimed, message), until, now=now)


def send_digest(digest: Digest, *, now: Callable[[], datetime]) -> DeliveryState | None:
    """Likewise, with everything that it has gathered and that still concerns the person."""
    started = now()
    until = started + _claim_lasts(digest)
    if not digest.claim(now=started, until=until):
        return None
    claimed = Digest.objects.select_related("person", "endpoint").get(pk=digest.pk)
    end = _obstacle(claimed, claimed.person, claimed.endpoint)
    if end:
        return _settle(claimed, until, state=end.state, error=end.error)
    deliveries = list(claimed.deliveries.select_related("change"))
    with speaking_to(claimed.person, claimed.endpoint):
        messages = messages_of(deliveries)
        if not messages:
            return _settle(claimed, until, state=DeliveryState.NOT_NEEDED, error=NOT_CONCERNED)
        gravity = max(Gravity(delivery.gravity) for delivery in deliveries)
        return _hand_over(claimed, letter_of_digest(claimed, messages, gravity=gravity), until, now=now)


def _claim_lasts(message: Delivery | Digest) -> timedelta:
    """Whoever dies takes all the claim with them, and the next is to be spared it for longer each time."""
    died = message.try_count if message.state == DeliveryState.SENDING else 0
    return max(CLAIM_LASTS, BACK_OFF[min(died, len(BACK_OFF)) - 1]) if died else CLAIM_LASTS


def _hand_over(
    claimed: Delivery | Digest, letter: Letter, until: datetime, *, now: Callable[[], datetime]
) -> DeliveryState | None:
    try:
        CHANNELS[claimed.channel](letter)
    except DeliveryFailedError as failure:
        ended = _settle(claimed, until, **_after_failure(claimed, failure, now=now()))
        if isinstance(failure, MailServerAway):
            note_away(now=now())
        elif isinstance(failure, LetterRefused):
            note_back(now=now())
        if ended == DeliveryState.GIVEN_UP:
            note_given_up(letter.person, letter.endpoint, failure, now=now())
        return ended
    # Before all else that can fail: what was taken and is not marked so is sent again.
    ended = _settle(claimed, until, state=DeliveryState.SENT, sent_at=now(), error="")
    note_taken(letter.person, letter.endpoint, now=now())
    if claimed.channel == Channel.EMAIL:
        note_back(now=now())
    return ended


def _obstacle(claimed: Delivery | Digest, person: User, endpoint: Endpoint | None) -> _End | None:
    """Why it cannot be sent, as things stand now and not as they stood when it was written."""
    if claimed.try_count > MOST_TRIES:
        return _End(DeliveryState.GIVEN_UP, BROKE_OFF)
    if not person.is_active:
        return _End(DeliveryState.NOT_NEEDED, "the account is no longer active")
    if endpoint:
        return _End(DeliveryState.NOT_NEEDED, f"{endpoint.name} is paused") if endpoint.is_paused else None
    if not person.email:
        return _End(DeliveryState.NOT_NEEDED, "the person has no e-mail address")
    is_paused = preferences_of(person).is_email_paused
    return _End(DeliveryState.NOT_NEEDED, "e-mail to this person is paused") if is_paused else None


def _reason_against(claimed: Delivery) -> _End | None:
    """At the first try alone: a message that may have left already is sent to its end."""
    reason = reasons_against([claimed]).get(claimed.pk) if claimed.try_count == 1 else None
    return _End(DeliveryState.NOT_NEEDED, reason) if reason else None


def _held_until(claimed: Delivery, person: User, *, now: datetime) -> datetime | None:
    """When quiet hours or a pause end that began since it was written; at the first try alone, as above."""
    turn = turn_of(preferences_of(person), Timing.AT_ONCE, gravity=Gravity(claimed.gravity), now=now)
    return turn.at if turn and turn.timing == Timing.HELD and claimed.try_count == 1 else None


def _hold(claimed: Delivery, until: datetime, held_until: datetime) -> DeliveryState | None:
    return _settle(
        claimed,
        until,
        state=DeliveryState.WAITING,
        timing=Timing.HELD,
        next_try_at=held_until,
        try_count=0,
    )


def _after_failure(
    claimed: Delivery | Digest, failure: DeliveryFailedError, *, now: datetime
) -> dict[str, Any]:
    # A try whose sender died has told nothing of the other side.
    was_refused_before = bool(claimed.error)
    pauses = BACK_OFF_OF_MAIL if claimed.channel == Channel.EMAIL else BACK_OFF
    if failure.permanent or (was_refused_before and claimed.try_count > len(pauses)):
        logger.warning("Message %s is given up: %s", claimed.key, failure)
        return {"state": DeliveryState.GIVEN_UP, "error": str(failure)}
    back_off = pauses[min(claimed.try_count, len(pauses)) - 1]
    pause = max(back_off, min(failure.retry_after or timedelta(), LONGEST_WAIT))
    next_try_at = now + pause
    return {"state": DeliveryState.WAITING, "next_try_at": next_try_at, "error": str(failure)}


@transaction.atomic
def _settle(
    claimed: Delivery | Digest, until: datetime, *, state: DeliveryState, **fields: Any
) -> DeliveryState | None:
    """Write how it ended, if the claim is still ours; what a digest has gathered ends with it."""
    ours = type(claimed).objects.filter(pk=claimed.pk, state=DeliveryState.SENDING, next_try_at=until)
    if not ours.update(state=state, **fields):
        return None
    if isinstance(claimed, Digest) and state not in ON_THE_WAY_OUT:
        claimed.deliveries.update(state=state, **fields)
    return state

"""Sending something once more because an editor asks for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stories.alerting.events import write_event
from stories.models import Delivery, User
from stories.models.outgoing import ON_THE_WAY_OUT
from stories.models.words import AlertEventKind, DeliveryState, Timing


class ResendRefusedError(Exception):
    """It is on its way already; the message says so to a person."""

    def __init__(self) -> None:
        super().__init__(_("It is on its way already."))


@transaction.atomic
def resend_delivery(delivery: Delivery, *, by: User, now: datetime) -> None:
    """Put it on its way again, and write down who asked for it.

    It is the same message, so it carries the same Message-ID, or the same webhook-id, as before: whoever has it can
    tell, and whoever lost it gets it. What went in a digest goes by itself now, under its own key. As a second try,
    because what somebody asks for is held back neither by quiet hours nor by an answer given meanwhile; people who
    left or lost the story still get nothing. Raises ResendRefusedError.
    """
    locked = Delivery.objects.select_for_update(of=("self",))
    before = locked.select_related("alert", "endpoint").get(pk=delivery.pk)
    if before.state in ON_THE_WAY_OUT:
        raise ResendRefusedError
    Delivery.objects.filter(pk=before.pk).update(
        state=DeliveryState.WAITING,
        timing=Timing.AT_ONCE,
        digest=None,
        next_try_at=now,
        try_count=1,
        sent_at=None,
        error="",
    )
    write_event(
        before.alert,
        kind=AlertEventKind.RESENT,
        at=now,
        actor=by,
        note=_what(before),
        payload=_as_it_was(before),
    )


def _what(delivery: Delivery) -> str:
    where = delivery.endpoint.name if delivery.endpoint else delivery.get_channel_display()
    return f"By {where} to {delivery.alert.recipient.name}, which was {delivery.get_state_display()} before."


def _as_it_was(delivery: Delivery) -> dict[str, str | int | None]:
    return {
        "delivery": delivery.pk,
        "state": delivery.state,
        "sent_at": delivery.sent_at.isoformat() if delivery.sent_at else None,
        "error": delivery.error,
    }

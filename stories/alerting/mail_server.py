"""Since when the mail server takes nothing from us, and what waits for it meanwhile."""

from __future__ import annotations

from datetime import datetime

from stories.models import Delivery, Digest, Pulse
from stories.models.pulse import MAIL_IS_AWAY
from stories.models.words import Channel, DeliveryState


def note_away(*, now: datetime) -> None:
    """The first of them counts: later ones change nothing."""
    Pulse.objects.bulk_create([Pulse(part=MAIL_IS_AWAY, beat_at=now)], ignore_conflicts=True)


def note_back(*, now: datetime) -> None:
    """It has taken a letter; what has waited for it is due now, and not hours later."""
    was_away, _ = Pulse.objects.filter(part=MAIL_IS_AWAY).delete()
    if was_away:
        for rows in (Delivery.objects, Digest.objects):
            failed = rows.filter(channel=Channel.EMAIL, state=DeliveryState.WAITING).exclude(error="")
            failed.filter(next_try_at__gt=now).update(next_try_at=now)

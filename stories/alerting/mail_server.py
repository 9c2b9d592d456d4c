"""Since when the mail server takes nothing from us, and what waits for it meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from stories.alerting.channels.errors import AWAY
from stories.models import Delivery, Digest, Pulse
from stories.models.outgoing import ON_THE_WAY_OUT
from stories.models.pulse import MAIL_IS_AWAY
from stories.models.words import Channel, DeliveryState


def note_away(*, now: datetime) -> None:
    """The first of them counts: later ones change nothing."""
    Pulse.objects.bulk_create([Pulse(part=MAIL_IS_AWAY, beat_at=now)], ignore_conflicts=True)


def note_back(*, now: datetime) -> None:
    """It takes letters; what has waited for it is due now, and not hours later.

    What was tried in vain is not counted against the letter: a server that takes a few and then none for a while
    would have all others given up within as many turns.
    """
    was_away, _ = Pulse.objects.filter(part=MAIL_IS_AWAY).delete()
    if was_away:
        for rows in _refused():
            later = rows.filter(state=DeliveryState.WAITING, next_try_at__gt=now)
            later.update(next_try_at=now, try_count=F("try_count") - 1)


def away_since() -> datetime | None:
    """None also where no letter waits for it any more: nothing tells then whether it is still away."""
    since = Pulse.last_beat(MAIL_IS_AWAY)
    return since if since and any(rows.exists() for rows in _refused()) else None


def _refused() -> list[QuerySet[Any]]:
    """What would be on its way, had the server taken anything at the last try."""
    return [
        rows.filter(channel=Channel.EMAIL, state__in=ON_THE_WAY_OUT, error__startswith=AWAY)
        for rows in (Delivery.objects, Digest.objects)
    ]

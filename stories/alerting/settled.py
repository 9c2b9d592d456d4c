"""Which messages have had their time: sent or given up long ago, of an alert that is answered.

Of each place that an alert was told to, the last message stays as long as the alert, and the last that was sent: its
page says who was told, and nobody is told the same once more.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from stories.models import Delivery, Digest
from stories.models.outgoing import ON_THE_WAY_OUT
from stories.models.words import AlertState, DeliveryState


def old_deliveries(*, keep: timedelta, now: datetime) -> QuerySet[Delivery]:
    settled = Delivery.objects.exclude(state__in=ON_THE_WAY_OUT).exclude(alert__state=AlertState.OPEN)
    same_place = Q(endpoint=OuterRef("endpoint")) | Q(endpoint=None, channel=OuterRef("channel"))
    later = Delivery.objects.filter(same_place, alert=OuterRef("alert"), pk__gt=OuterRef("pk"))
    has_gone_out = Q(state=DeliveryState.SENT)
    is_followed = Exists(later.filter(has_gone_out)) | (~has_gone_out & Q(Exists(later)))
    return settled.filter(is_followed, written_at__lt=now - keep)


def old_digests(*, keep: timedelta, now: datetime) -> QuerySet[Digest]:
    """Those of which no message is left."""
    settled = Digest.objects.exclude(state__in=ON_THE_WAY_OUT).filter(gathered_at__lt=now - keep)
    return settled.filter(deliveries=None)

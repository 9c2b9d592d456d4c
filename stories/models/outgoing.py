"""Something on its way to a person: a row that is claimed before it is sent, and settled after."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.words import DeliveryState

_Out = TypeVar("_Out", bound="Outgoing")
ON_THE_WAY_OUT = (DeliveryState.WAITING, DeliveryState.SENDING)
#: However they ended: a sender that dies each time is stopped too.
MOST_TRIES = 20
BROKE_OFF = "every try broke off before it could say why; the log tells more"


class OutgoingQuerySet(models.QuerySet[_Out]):
    def due(self, now: datetime) -> Any:
        """Waiting ones whose time has come, and ones whose sender died before it could say so."""
        return self.filter(state__in=ON_THE_WAY_OUT, next_try_at__lte=now).order_by("next_try_at", "pk")


class Outgoing(models.Model):
    """`key` becomes the Message-ID or the webhook’s id, so that a resend after a crash is recognised as the same."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.WAITING)
    next_try_at = models.DateTimeField(
        help_text=_("While it is being sent: when the sender's claim expires.")
    )
    try_count = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        abstract = True

    def claim(self, *, now: datetime, until: datetime) -> bool:
        """Claim it for sending by a conditional update; False where another worker has it or it is done."""
        due = type(self)._default_manager.get_queryset().due(now)  # type: ignore[attr-defined]
        claimed = (
            due.order_by()
            .filter(pk=self.pk)
            .update(state=DeliveryState.SENDING, next_try_at=until, try_count=models.F("try_count") + 1)
        )
        return bool(claimed)

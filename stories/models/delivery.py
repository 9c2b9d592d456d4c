"""One alert to one person over one channel: a row to be claimed before it is sent."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models

from stories.models.alert import Alert
from stories.models.check import Check
from stories.models.words import Channel, DeliveryState


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> DeliveryQuerySet:
        """Waiting ones whose time has come, and ones whose sender died before it could say so."""
        return self.filter(
            state__in=[DeliveryState.WAITING, DeliveryState.SENDING], next_try_at__lte=now
        ).order_by("next_try_at")


class Delivery(models.Model):
    """`key` becomes the Message-ID, so a resend after a crash is recognised as the same message."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="deliveries")
    change = models.ForeignKey(
        Check, on_delete=models.CASCADE, related_name="deliveries", help_text="The check told of."
    )
    channel = models.CharField(max_length=12, choices=Channel)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.WAITING)
    next_try_at = models.DateTimeField(help_text="While it is being sent: when the sender's claim expires.")
    try_count = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "deliveries"
        constraints = [
            # An alert has one person, so this is once per alert, change, person and channel.
            models.UniqueConstraint(
                fields=["alert", "change", "channel"], name="delivery_once_per_alert_change_and_channel"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=DeliveryState.values), name="delivery_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=Channel.values), name="delivery_channel_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state__in=[DeliveryState.WAITING, DeliveryState.SENDING]),
                name="delivery_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} to {self.alert.recipient}: {self.get_state_display()}"

    def claim(self, *, now: datetime, until: datetime) -> bool:
        """Claim it for sending by a conditional update; False where another worker has it or it is done."""
        claimed = (
            Delivery.objects.due(now)
            .order_by()
            .filter(pk=self.pk)
            .update(state=DeliveryState.SENDING, next_try_at=until, try_count=models.F("try_count") + 1)
        )
        return bool(claimed)

"""One alert to one person over one channel: a row to be claimed before it is sent."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.alert import Alert
from stories.models.check import Check
from stories.models.digest import Digest
from stories.models.endpoint import Endpoint
from stories.models.outgoing import ON_THE_WAY_OUT, Outgoing, OutgoingQuerySet
from stories.models.words import DELIVERED_TIMINGS, Channel, DeliveryState, Gravity, Timing


class DeliveryQuerySet(OutgoingQuerySet["Delivery"]):
    def due(self, now: datetime) -> DeliveryQuerySet:
        """Those that are messages of their own: waiting with their time come, or left behind by a dead sender."""
        return super().due(now).filter(timing=Timing.AT_ONCE, digest__isnull=True)

    def to_gather(self, now: datetime) -> DeliveryQuerySet:
        """Those whose time has come to be told together with others, and that no digest has yet."""
        waiting = self.filter(state=DeliveryState.WAITING, digest__isnull=True, next_try_at__lte=now)
        return waiting.exclude(timing=Timing.AT_ONCE)


class Delivery(Outgoing):
    """Of a change, over a channel: to the person's mailbox, or to one of their endpoints."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="deliveries")
    change = models.ForeignKey(
        Check, on_delete=models.CASCADE, related_name="deliveries", help_text=_("The check told of.")
    )
    gravity = models.PositiveSmallIntegerField(
        choices=Gravity, default=Gravity.NORMAL, help_text=_("Of what it tells.")
    )
    channel = models.CharField(max_length=12, choices=Channel)
    endpoint = models.ForeignKey(
        Endpoint,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="deliveries",
        help_text=_("Empty: the person’s mailbox."),
    )
    timing = models.CharField(
        max_length=12,
        choices=[(timing.value, timing.label) for timing in DELIVERED_TIMINGS],
        default=Timing.AT_ONCE,
    )
    digest = models.ForeignKey(
        Digest, null=True, blank=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    written_at = models.DateTimeField(default=timezone.now)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = _("deliveries")
        constraints = [
            # An alert has one person, so this is once per alert, change, person and channel.
            models.UniqueConstraint(
                fields=["alert", "change", "channel"],
                condition=models.Q(endpoint__isnull=True),
                name="delivery_once_per_alert_change_and_channel",
            ),
            models.UniqueConstraint(
                fields=["alert", "change", "endpoint"],
                condition=models.Q(endpoint__isnull=False),
                name="delivery_once_per_alert_change_and_endpoint",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=DeliveryState.values), name="delivery_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(channel=Channel.EMAIL, endpoint__isnull=True)
                | models.Q(channel__in=[Channel.WEBHOOK, Channel.CHAT], endpoint__isnull=False),
                name="delivery_channel_has_its_endpoint",
            ),
            models.CheckConstraint(
                condition=models.Q(timing__in=DELIVERED_TIMINGS), name="delivery_timing_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(gravity__in=Gravity.values), name="delivery_gravity_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(state__in=ON_THE_WAY_OUT), name="delivery_due"
            ),
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state=DeliveryState.GIVEN_UP),
                name="delivery_given_up",
            ),
        ]

    @property
    def is_over(self) -> bool:
        return self.state not in ON_THE_WAY_OUT

    def __str__(self) -> str:
        return gettext("%(channel)s to %(person)s: %(state)s") % {
            "channel": self.get_channel_display(),
            "person": self.alert.recipient,
            "state": self.get_state_display(),
        }

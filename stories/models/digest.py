"""Several deliveries to one person, gathered into one message."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from stories.models.endpoint import Endpoint
from stories.models.outgoing import ON_THE_WAY_OUT, Outgoing, OutgoingQuerySet
from stories.models.words import Channel, DeliveryState


class DigestQuerySet(OutgoingQuerySet["Digest"]):
    pass


class Digest(Outgoing):
    """Claimed and sent as a delivery is; its deliveries settle with it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    channel = models.CharField(max_length=12, choices=Channel)
    endpoint = models.ForeignKey(
        Endpoint, null=True, blank=True, on_delete=models.CASCADE, related_name="digests"
    )
    gathered_at = models.DateTimeField()

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=DeliveryState.values), name="digest_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(channel=Channel.EMAIL, endpoint__isnull=True)
                | models.Q(channel__in=[Channel.WEBHOOK, Channel.CHAT], endpoint__isnull=False),
                name="digest_channel_has_its_endpoint",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(state__in=ON_THE_WAY_OUT), name="digest_due"
            )
        ]

    def __str__(self) -> str:
        return gettext("Digest by %(channel)s to %(person)s: %(state)s") % {
            "channel": self.get_channel_display(),
            "person": self.person,
            "state": self.get_state_display(),
        }

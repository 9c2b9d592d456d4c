"""Where else than to their mailbox a person's alerts go: a webhook, or a chat service."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.models.as_seen import LineField
from stories.models.words import Channel


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def in_use(self) -> EndpointQuerySet:
        return self.filter(paused_at__isnull=True)


class Endpoint(models.Model):
    """`address` is a secret: whoever knows it can write there. Shown masked, to its person alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="endpoints")
    channel = models.CharField(
        max_length=12, choices=[(c.value, c.label) for c in Channel if c != Channel.EMAIL]
    )
    name = LineField(max_length=80, help_text=_("What you call it."))
    address = models.CharField(max_length=2000)
    secret = models.CharField(
        max_length=100, blank=True, help_text=_("What webhooks are signed with: whsec_…")
    )
    created_at = models.DateTimeField(default=timezone.now)
    last_ok_at = models.DateTimeField(null=True, blank=True, help_text=_("When it last took a message."))
    failure_count = models.PositiveSmallIntegerField(default=0, help_text=_("Failures since then."))
    paused_at = models.DateTimeField(null=True, blank=True, help_text=_("Empty: in use."))
    paused_because = models.TextField(blank=True, help_text=_("Empty: its person paused it."))
    pause_told_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When its person was told, by other means, that it is paused.")
    )

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(channel__in=[Channel.WEBHOOK, Channel.CHAT]),
                name="endpoint_channel_has_endpoints",
            ),
            models.CheckConstraint(condition=~models.Q(address=""), name="endpoint_has_an_address"),
            models.UniqueConstraint(fields=["person", "name"], name="endpoint_name_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_channel_display()})"

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None

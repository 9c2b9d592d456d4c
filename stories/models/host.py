"""A server that sources are read from: what it asks of machines, and which worker is reading from it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class HostQuerySet(models.QuerySet["Host"]):
    def free(self, now: datetime) -> HostQuerySet:
        """Hosts that no worker is reading from."""
        return self.filter(models.Q(leased_until__isnull=True) | models.Q(leased_until__lte=now))


class Host(models.Model):
    """One origin (RFC 6454). Its row is how workers on all machines keep out of each other's way there."""

    origin = models.CharField(max_length=300, unique=True, help_text=_("Scheme, name and port."))
    robots = models.TextField(
        _("robots.txt"), blank=True, help_text=_("As last read; empty where there is none.")
    )
    robots_expires_at = models.DateTimeField(
        _("robots.txt is good until"), null=True, blank=True, help_text=_("Empty: never read.")
    )
    quiet_until = models.DateTimeField(
        null=True, blank=True, help_text=_("Until when nothing is asked of it.")
    )
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    objects = HostQuerySet.as_manager()

    class Meta:
        ordering = ["origin"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lease__isnull=True, leased_until__isnull=True)
                | models.Q(lease__isnull=False, leased_until__isnull=False),
                name="host_lease_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.origin

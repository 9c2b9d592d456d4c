"""A publication that the newsroom's WebSub hub is to be told of: its outbox."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from stories.models.version import Version


class HubPingQuerySet(models.QuerySet["HubPing"]):
    def due(self, now: datetime) -> HubPingQuerySet:
        return self.filter(next_try_at__lte=now).order_by("next_try_at")


class HubPing(models.Model):
    """`next_try_at` is empty once the hub has been told, or was given up."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="hub_ping")
    next_try_at = models.DateTimeField(null=True, blank=True)
    try_count = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = HubPingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"], name="hub_ping_due", condition=models.Q(next_try_at__isnull=False)
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(told_at__isnull=True) | models.Q(next_try_at__isnull=True),
                name="hub_ping_is_told_once",
            )
        ]

    def __str__(self) -> str:
        return f"Hub told of {self.version}"

    def claim(self, *, now: datetime, until: datetime) -> bool:
        """Take it by a conditional update; a sender that dies loses it when `until` has passed."""
        due = HubPing.objects.filter(pk=self.pk, next_try_at__lte=now)
        taken = due.update(next_try_at=until, try_count=models.F("try_count") + 1)
        if taken:
            self.refresh_from_db()
        return bool(taken)

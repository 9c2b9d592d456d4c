"""A newsroom's own feed: what is new or has changed in it becomes a story here, or a version of one."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stories.models.as_seen import LineField
from stories.models.words import IntakeMode


class WatchedFeedQuerySet(models.QuerySet["WatchedFeed"]):
    def due(self, *, now: datetime) -> WatchedFeedQuerySet:
        return self.filter(is_active=True, due_at__lte=now)


class WatchedFeed(models.Model):
    """Looked at only once an editor has seen what it would bring in, and said yes."""

    title = LineField(max_length=300)
    address = models.URLField(max_length=2000, unique=True)
    zone = models.CharField(max_length=60, help_text=_("Of times that are printed without one."))
    mode = models.CharField(
        _("its stories become"),
        max_length=8,
        choices=IntakeMode,
        default=IntakeMode.DRAFT,
        help_text=_("On the record, readers see each as a version; a draft waits for an editor."),
    )
    is_active = models.BooleanField(_("watched"), default=False)
    interval_seconds = models.PositiveIntegerField(
        _("check every … seconds"), default=900, validators=[MinValueValidator(60)]
    )
    due_at = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    checked_at = models.DateTimeField(_("last check"), null=True, blank=True)
    failure_count = models.PositiveIntegerField(default=0)
    message = models.TextField(_("what the last check found"), blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField()

    objects = WatchedFeedQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=IntakeMode.values), name="watched_feed_mode_is_known")
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(is_active=True), name="watched_feed_due")]

    def __str__(self) -> str:
        return self.title

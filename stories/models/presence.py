"""Who has a story open in the admin, so that the next to open it knows."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.article import Article


class PresenceQuerySet(models.QuerySet["Presence"]):
    def there(self, *, now: datetime) -> PresenceQuerySet:
        return self.filter(expires_at__gt=now)


class Presence(models.Model):
    """One person at one story. It expires by itself: a browser that crashed says no farewell."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    is_writing = models.BooleanField(default=False, help_text=_("Has typed something that is not saved."))

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [models.UniqueConstraint(fields=["article", "person"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.person} at {self.article}"

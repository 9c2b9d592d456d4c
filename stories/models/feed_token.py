"""The key to a person's private feed of alerts: shown once, kept as a digest, void when replaced or deleted."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FeedToken(models.Model):
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_token"
    )
    digest = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the token."))
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Feed token of {self.person}"

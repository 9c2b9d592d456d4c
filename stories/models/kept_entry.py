"""What a version adds to its changelog, worked out once and kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.version import Version


class KeptEntry(models.Model):
    """Derived from frozen versions alone: any row may be deleted at any time, and is made anew when asked for."""

    version = models.OneToOneField(
        Version,
        primary_key=True,
        on_delete=models.CASCADE,
        # What is derived must not stand in the way of what it is derived from.
        db_constraint=False,
        related_name="kept_entry",
    )
    edition = models.CharField(
        max_length=20, help_text=_("Of what worked it out; another one works it out anew.")
    )
    threads = models.TextField(
        blank=True, help_text=_("Its updates, and headline and claims where they changed with it. JSON.")
    )
    told = models.TextField(
        blank=True, help_text=_("Its notes and what it changed; empty until somebody asked. JSON.")
    )

    class Meta:
        verbose_name_plural = _("kept entries")

    def __str__(self) -> str:
        return f"Entry of version {self.version_id}"

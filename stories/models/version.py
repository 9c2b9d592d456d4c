"""The published text of an article, frozen: what readers see, and all that they ever saw."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.append_only import AppendOnly
from stories.models.article import Article
from stories.models.frozen import read_content


class Version(AppendOnly):
    """One publication. `content` is canonical JSON (RFC 8785); `digest` commits to it under a salt that the log keeps.

    Versions that are older than the log have the plain SHA-256 of their content as digest.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    previous_digest = models.CharField(max_length=64, blank=True, help_text=_("Empty for the first."))
    stated_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When readers first saw it, where that is known.")
    )
    recorded_at = models.DateTimeField(help_text=_("When it was written down here."))
    is_minor = models.BooleanField(default=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor = models.CharField(
        max_length=150, blank=True, help_text=_("The publisher’s name, kept when the account goes.")
    )

    class Meta:
        ordering = ["article", "-number"]
        permissions = [("takedown_version", "Can replace a version by a tombstone, where the law demands it")]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_number_once_per_article"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="version_numbers_start_at_one"),
            models.CheckConstraint(
                condition=models.Q(number=1, previous_digest="")
                | models.Q(number__gt=1) & ~models.Q(previous_digest=""),
                name="version_is_chained",
            ),
        ]
        indexes = [
            models.Index(fields=["-recorded_at"], name="version_by_time"),
            # Whoever counts the versions of stories reads none of their texts.
            models.Index(fields=["recorded_at", "article", "stated_at"], name="version_counted_by_time"),
            # The order of the front page, and how many stories it has.
            models.Index(
                Coalesce("stated_at", "recorded_at").desc(),
                models.F("article").desc(),
                name="version_by_change",
            ),
            models.Index(fields=["article"], condition=models.Q(number=1), name="version_first"),
            models.Index(fields=["-id"], condition=models.Q(is_minor=True), name="version_minor"),
        ]

    def __str__(self) -> str:
        return gettext("%(headline)s (version %(number)s)") % {
            "headline": self.headline,
            "number": self.number,
        }

    def get_absolute_url(self) -> str:
        return reverse("version", args=[self.article.slug, self.number])

    @cached_property
    def frozen(self) -> dict[str, Any]:
        """The content as data, in today's schema."""
        return read_content(self.content)

    @property
    def tombstone(self) -> dict[str, str] | None:
        """When it was taken down, by what authority and in whose name; None where it was not."""
        return self.frozen.get("tombstone")

    @property
    def headline(self) -> str:
        return self.frozen["headline"]

    @property
    def is_retracted(self) -> bool:
        """True where the text gave way to the note that withdraws it."""
        return bool(self.frozen.get("retracted"))

    @property
    def shown_at(self) -> datetime:
        """The best known time at which readers first saw it."""
        return self.stated_at or self.recorded_at

    @property
    def is_back_dated(self) -> bool:
        """True where the stated time is more than a minute before the time it was recorded."""
        return self.stated_at is not None and (self.recorded_at - self.stated_at).total_seconds() > 60

"""Something that articles cite, shared between them."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.as_seen import LineField, LinesField
from stories.models.frozen import CONFIDENTIAL
from stories.models.history import HistoryTrail, Tracked
from stories.models.words import SourceKind
from stories.text.same_address import normalise_address


def digest_of_address(url: str | None) -> str:
    """SHA-256 of the address as all its spellings come out; empty where there is none."""
    return hashlib.sha256(normalise_address(url).encode("utf-8", "replace")).hexdigest() if url else ""


class SourceQuerySet(models.QuerySet["Source"]):
    def at_address(self, url: str) -> "SourceQuerySet":
        """Those whose address is the same, however it is written."""
        found = self.filter(address_digest=digest_of_address(url), merged_into__isnull=True)
        return found.exclude(address_digest="")


class Source(Tracked):
    kind = models.CharField(max_length=12, choices=SourceKind, default=SourceKind.PAGE)
    title = LineField(max_length=300)
    url = models.URLField(_("address"), max_length=2000, null=True, blank=True, unique=True)
    address_digest = models.CharField(
        max_length=64,
        blank=True,
        default="",
        editable=False,
        help_text=_("Of the address as all its spellings come out: sources of the same page have the same."),
    )
    note = LinesField(_("private note"), blank=True, help_text=_("For the newsroom only; no reader sees it."))
    is_confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_("Readers learn neither the name nor the address of this source."),
    )
    is_watched = models.BooleanField(
        _("watched"), default=True, help_text=_("Only a source with an address is watched.")
    )
    check_interval_seconds = models.PositiveIntegerField(
        _("check every … seconds"),
        null=True,
        blank=True,
        validators=[MinValueValidator(10)],
        help_text=_(
            "If empty: often while it or a story that cites it is new, and less and less often with age."
        ),
    )
    ignores_robots = models.BooleanField(
        _("read despite robots.txt"),
        default=False,
        help_text=_(
            "The site asks machines not to read this page; the newsroom has reasons to read it anyway."
        ),
    )
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text=_("The source of the same page that took over what is quoted from this one."),
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = SourceQuerySet.as_manager()
    history = HistoryTrail(untracked=("created_at", "created_by", "address_digest"))

    class Meta:
        ordering = ["title"]
        indexes = [
            models.Index(
                fields=["address_digest"], name="source_by_address", condition=~models.Q(address_digest="")
            ),
            # The order of every list of them.
            models.Index(fields=["title", "id"], name="source_by_title"),
            # Few are not watched, and people look through them.
            models.Index(
                fields=["title", "id"], condition=models.Q(is_watched=False), name="source_not_watched"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="source_has_a_title"),
            models.CheckConstraint(condition=~models.Q(url=""), name="source_address_is_null_or_something"),
            models.CheckConstraint(
                condition=models.Q(kind__in=SourceKind.values), name="source_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.url = self.url or None
        self.address_digest = digest_of_address(self.url)
        if "url" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "address_digest"}
        super().save(*args, **kwargs)

    @property
    def is_watchable(self) -> bool:
        return self.is_watched and bool(self.url)

    @property
    def public_title(self) -> str:
        """What readers may call it."""
        return CONFIDENTIAL if self.is_confidential else self.title

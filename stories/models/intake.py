"""Stories that are brought in from outside: what was asked, what was found, what became of each, how to undo it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stories.models.article import Article
from stories.models.as_seen import LineField
from stories.models.leased import Leased, LeasedQuerySet
from stories.models.source import digest_of_address
from stories.models.version import Version
from stories.models.watched_feed import WatchedFeed
from stories.models.words import AT_WORK, IncomingState, IntakeKind, IntakeMode, IntakeState


class IntakeQuerySet(LeasedQuerySet):
    states_at_work = AT_WORK

    def to_confirm(self) -> IntakeQuerySet:
        return self.filter(state=IntakeState.READY)


class Intake(Leased):
    """What somebody brings in at one go. Nothing is written to any story before it is confirmed.

    The row is the truth about how far it is: a worker that dies leaves the rest to the next (`lease`).
    """

    kind = models.CharField(max_length=8, choices=IntakeKind)
    state = models.CharField(max_length=9, choices=IntakeState, default=IntakeState.READING)
    mode = models.CharField(max_length=8, choices=IntakeMode, default=IntakeMode.DRAFT)
    name = LineField(max_length=300, help_text=_("The file, the address or the first words."))
    address = models.URLField(max_length=2000, blank=True)
    zone = models.CharField(max_length=60, help_text=_("Of times that are printed without one."))
    article = models.ForeignKey(
        Article,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The story that it was said to be of."),
    )
    feed = models.ForeignKey(
        WatchedFeed, null=True, blank=True, on_delete=models.SET_NULL, related_name="intakes"
    )
    payload = models.BinaryField(null=True, editable=False, help_text=_("The file, until it is read."))
    message = models.TextField(blank=True, help_text=_("A sentence for whoever asked."))
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asker = models.CharField(
        _("asked by"), max_length=150, blank=True, help_text=_("Kept when the account goes.")
    )
    asked_at = models.DateTimeField(_("asked"))
    confirmer = models.CharField(_("confirmed by"), max_length=150, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.CharField(max_length=150, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("story brought in")
        verbose_name_plural = _("stories brought in")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=IntakeKind.values), name="intake_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=IntakeState.values), name="intake_state_is_known"),
            models.CheckConstraint(condition=Q(mode__in=IntakeMode.values), name="intake_mode_is_known"),
            models.CheckConstraint(
                condition=Q(lease__isnull=True, leased_until__isnull=True)
                | Q(lease__isnull=False, leased_until__isnull=False),
                name="intake_lease_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(state__in=AT_WORK), name="intake_at_work")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:stories_intake_change", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def is_ready(self) -> bool:
        return self.state == IntakeState.READY

    @property
    def is_done(self) -> bool:
        return self.state == IntakeState.DONE


class IncomingQuerySet(models.QuerySet["Incoming"]):
    def at_address(self, url: str) -> IncomingQuerySet:
        return self.filter(address_digest=digest_of_address(url)).exclude(address_digest="")

    def taken(self) -> IncomingQuerySet:
        return self.filter(state=IncomingState.TAKEN)


class Incoming(models.Model):
    """One story of an intake, or one capture of it. `story` is what was read, and what is taken in is that."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="stories")
    position = models.PositiveIntegerField()
    name = LineField(max_length=300)
    address = models.URLField(max_length=2000, blank=True)
    address_digest = models.CharField(max_length=64, blank=True, editable=False)
    entry = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("Digest of the feed’s address and the entry’s key."),
    )
    entry_mark = models.CharField(
        max_length=64, blank=True, editable=False, help_text=_("Digest of all that the entry says.")
    )
    stated_at = models.DateTimeField(
        _("stated time"),
        null=True,
        blank=True,
        help_text=_("When readers saw this text, where that is known."),
    )
    stated_zone = models.CharField(_("zone"), max_length=60, blank=True)
    story = models.JSONField(null=True, blank=True, help_text=_("The story, taken apart."))
    state = models.CharField(max_length=8, choices=IncomingState, default=IncomingState.PROPOSED)
    message = models.TextField(blank=True, help_text=_("Why it was skipped or refused."))
    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="incoming"
    )
    version = models.ForeignKey(
        Version, null=True, blank=True, on_delete=models.PROTECT, related_name="incoming"
    )
    choice = models.JSONField(default=dict, help_text=_("What was chosen when it was confirmed."))
    made = models.JSONField(default=dict, help_text=_("What it made and what it replaced, for the undo."))
    mark_before = models.CharField(max_length=100, blank=True)
    mark = models.CharField(
        max_length=100, blank=True, help_text=_("Of the story’s history when it was taken.")
    )

    objects = IncomingQuerySet.as_manager()

    class Meta:
        verbose_name = _("incoming story")
        verbose_name_plural = _("incoming stories")
        ordering = ["intake", "position"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "position"], name="incoming_position_once"),
            models.CheckConstraint(
                condition=Q(state__in=IncomingState.values), name="incoming_state_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["address_digest"], name="incoming_by_address", condition=~Q(address_digest="")
            ),
            models.Index(fields=["entry"], name="incoming_by_entry", condition=~Q(entry="")),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.address_digest = digest_of_address(self.address)
        super().save(*args, **kwargs)

    def settle(self, state: IncomingState, message: str = "", **fields: Any) -> None:
        """Write down what became of it."""
        self.state, self.message = state, message
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=["state", "message", *fields])

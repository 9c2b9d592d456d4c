"""A version on its way: what was asked, by whom, what it would publish, who approved it, what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stories.models.article import Article
from stories.models.as_seen import LinesField
from stories.models.frozen import read_content
from stories.models.update import Update
from stories.models.user import User
from stories.models.verdict import Verdict
from stories.models.version import Version
from stories.models.words import APPROVED_KINDS, ON_THE_WAY, WITHOUT_NOTE, PublicationKind, PublicationState


class PublicationQuerySet(models.QuerySet["Publication"]):
    def on_the_way(self) -> PublicationQuerySet:
        return self.filter(state__in=ON_THE_WAY)

    def waiting(self) -> PublicationQuerySet:
        """Those that need somebody to say yes or no."""
        return self.filter(state__in=(PublicationState.PROPOSED, PublicationState.AWAITING))

    def due(self, *, now: datetime) -> PublicationQuerySet:
        return self.filter(state=PublicationState.SCHEDULED, publish_at__lte=now)


class Publication(models.Model):
    """What was asked is kept as it was then, in `content`: what was approved is what is published, or nothing is.

    Once it is published the version has the content, and here it is empty.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="publications")
    state = models.CharField(max_length=9, choices=PublicationState)
    kind = models.CharField(max_length=16, choices=PublicationKind)
    note = LinesField(_("note to readers"), blank=True)
    stated_at = models.DateTimeField(
        _("stated time"), null=True, blank=True, help_text=_("As readers saw it.")
    )
    stated_zone = models.CharField(_("zone"), max_length=60, blank=True)
    stated_because = LinesField(
        _("why an earlier time"),
        blank=True,
        help_text=_("Readers are told, beside the time it was recorded."),
    )
    caused_by = models.ForeignKey(
        Verdict, null=True, blank=True, on_delete=models.SET_NULL, related_name="publications"
    )
    draft = models.ForeignKey(
        Update,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="publications",
        help_text=_("The draft of an update that it was filled in from."),
    )
    content = models.TextField(
        blank=True, help_text=_("The story as it would be published, as canonical JSON.")
    )
    mark = models.CharField(max_length=64, help_text=_("Of the working copy and the live version, as asked."))
    needs_approval = models.BooleanField(default=False)
    publish_at = models.DateTimeField(
        _("scheduled for"),
        null=True,
        blank=True,
        help_text=_("Empty: as soon as nobody has to be asked any more."),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asker = models.CharField(
        _("asked by"), max_length=150, blank=True, help_text=_("Kept when the account goes.")
    )
    asked_at = models.DateTimeField(_("asked"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approver = models.CharField(
        _("approved by"), max_length=150, blank=True, help_text=_("Kept when the account goes.")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    ended_by = models.CharField(
        _("ended by"),
        max_length=150,
        blank=True,
        help_text=_("Who refused or cancelled it; empty for the schedule."),
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    remark = LinesField(blank=True, help_text=_("Why it was refused or cancelled, or why it was late."))
    version = models.OneToOneField(
        Version, null=True, blank=True, on_delete=models.PROTECT, related_name="publication"
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        permissions = [("approve_publication", "Can approve what a second person must have read")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PublicationState.values), name="publication_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PublicationKind.values), name="publication_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=WITHOUT_NOTE) | ~Q(note=""), name="publication_has_its_note"
            ),
            models.CheckConstraint(
                condition=Q(state="published", version__isnull=False)
                | ~Q(state="published") & Q(version__isnull=True),
                name="publication_published_is_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(publish_at__isnull=False),
                name="publication_scheduled_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(stated_at__isnull=True) | Q(publish_at__isnull=True),
                name="publication_later_or_earlier",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(remark=""), name="publication_refused_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=APPROVED_KINDS) | Q(needs_approval=True),
                name="publication_grave_needs_approval",
            ),
            models.CheckConstraint(
                condition=~Q(needs_approval=True, state__in=("scheduled", "published")) | ~Q(approver=""),
                name="publication_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(asked_by__isnull=True)
                | ~Q(approved_by=models.F("asked_by")),
                name="publication_approved_by_another",
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(state__in=ON_THE_WAY),
                name="publication_one_on_its_way",
            ),
        ]
        indexes = [models.Index(fields=["state", "publish_at"], name="publication_due")]

    def __str__(self) -> str:
        return f"{self.headline} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        return reverse("admin:stories_publication_change", args=[self.pk])

    @property
    def frozen(self) -> dict[str, Any] | None:
        """The story as it would be published, or as it was; None where a takedown has erased what was asked."""
        if self.version:
            return self.version.frozen
        return read_content(self.content) if self.content else None

    @property
    def headline(self) -> str:
        return self.frozen["headline"] if self.frozen else self.article.headline

    @property
    def is_on_its_way(self) -> bool:
        return self.state in ON_THE_WAY

    @property
    def is_waiting(self) -> bool:
        return self.state in (PublicationState.PROPOSED, PublicationState.AWAITING)

    def is_due(self, *, now: datetime) -> bool:
        """`PublicationQuerySet.due`, for one row."""
        is_scheduled = self.state == PublicationState.SCHEDULED
        return is_scheduled and self.publish_at is not None and self.publish_at <= now

    def may_be_approved_by(self, user: User) -> bool:
        """Never by whoever asked; where a second person is needed, by who has that right."""
        if not self.is_waiting or user.pk == self.asked_by_id:
            return False
        return user.can_approve if self.needs_approval else user.can_publish

"""A reader's word to the editors that something in a story is wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.article import Article
from stories.models.as_seen import LinesField

#: How long it can be told whether two reports came from one address.
SENDER_KEPT = timedelta(days=1)
#: How long a reader's e-mail address is kept after their report was answered, and where nobody ever answers it.
ADDRESS_KEPT, ADDRESS_KEPT_UNANSWERED = timedelta(days=30), timedelta(days=365)


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def open(self) -> ErrorReportQuerySet:
        return self.filter(answered_at__isnull=True)

    def forget_senders(self, *, before: datetime) -> int:
        return self.filter(received_at__lt=before).exclude(sender="").update(sender="")

    def forget_readers(self, *, now: datetime) -> int:
        """Erase what tells of a reader who they are, once it has served."""
        self.forget_senders(before=now - SENDER_KEPT)
        is_answered = models.Q(answered_at__lt=now - ADDRESS_KEPT)
        is_old = models.Q(received_at__lt=now - ADDRESS_KEPT_UNANSWERED)
        return self.filter(is_answered | is_old).exclude(email="").update(email="")


class ErrorReport(models.Model):
    """Nobody need say who they are. Editors answer it: by an update, by e-mail, or by saying why not."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="error_reports")
    version_number = models.PositiveIntegerField(
        _("version"), help_text=_("That the reader had before them.")
    )
    passage = LinesField(_("which words"), blank=True)
    message = LinesField(_("what is wrong"))
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Where the reader asked to be answered."))
    received_at = models.DateTimeField()
    sender = models.CharField(
        max_length=32, blank=True, editable=False, help_text=_("A digest of the address, for one day.")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_dismissed = models.BooleanField(
        _("dismissed"),
        default=False,
        help_text=_("There was nothing to do about it: no error, or none of ours."),
    )
    answer = LinesField(_("what was done about it"), blank=True, help_text=_("For the newsroom only."))

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(message=""), name="error_report_says_something"),
            models.CheckConstraint(
                condition=models.Q(is_dismissed=False) | models.Q(answered_at__isnull=False),
                name="error_report_dismissed_is_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at"], name="error_report_by_time"),
            models.Index(
                fields=["id"], condition=models.Q(answered_at__isnull=True), name="error_report_open"
            ),
        ]

    def __str__(self) -> str:
        return self.message if len(self.message) <= 80 else f"{self.message[:79]}…"

    @property
    def state(self) -> str:
        """One of open, answered and dismissed."""
        if self.answered_at is None:
            return "open"
        return "dismissed" if self.is_dismissed else "answered"

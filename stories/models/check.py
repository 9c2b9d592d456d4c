"""One attempt to re-read a source: when, how long, how it ended; and how often the next ones ended just so."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.snapshot import Snapshot
from stories.models.source import Source
from stories.models.words import UNREAD, Outcome


class CheckQuerySet(models.QuerySet["Check"]):
    def untold(self) -> "CheckQuerySet":
        """Outcomes that people should hear about and nobody has been told of."""
        return self.filter(is_news=True, told_at__isnull=True)


class Check(models.Model):
    """The looks that next find the page unchanged in the same way are counted here, and leave no row of their own."""

    # Indexed below, with the order in which its looks were written.
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="checks", db_index=False)
    started_at = models.DateTimeField()
    duration_ms = models.PositiveIntegerField(help_text=_("Of the first check."))
    looks = models.PositiveIntegerField(
        _("checks"), default=1, help_text=_("How many checks, one after the other, found the same.")
    )
    last_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the last of them began; empty where it is the first.")
    )
    outcome = models.CharField(max_length=12, choices=Outcome)
    reason = models.CharField(
        max_length=60, blank=True, help_text=_("One word for the machine, such as soft_404.")
    )
    explanation = models.TextField(blank=True, help_text=_("A sentence for the editor."))
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    snapshot = models.ForeignKey(
        Snapshot,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="checks",
        help_text=_("The copy read."),
    )
    baseline = models.ForeignKey(
        Snapshot,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The copy it was held against."),
    )
    is_confirmed = models.BooleanField(
        default=True, help_text=_("False where a second check must agree first.")
    )
    ground = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("SHA-256 of what a judgement rests on that a second look may take over."),
    )
    is_news = models.BooleanField(
        default=False, help_text=_("The outcome itself is something to tell people.")
    )
    told_at = models.DateTimeField(null=True, blank=True, help_text=_("When alerts of it were written."))

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="check_outcome_is_known"
            )
        ]
        indexes = [
            models.Index(fields=["source", "-id"], name="check_by_source_and_row"),
            models.Index(fields=["source", "-started_at"], name="check_by_source_and_time"),
            models.Index(
                fields=["id"], condition=models.Q(is_news=True, told_at__isnull=True), name="check_untold"
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(outcome=Outcome.CHANGED, is_confirmed=True),
                name="check_changed",
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(outcome__in=[*UNREAD]),
                name="check_in_trouble",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.get_outcome_display()}"

    @property
    def last_started_at(self) -> datetime:
        """When the last look began that found the same."""
        return self.last_at or self.started_at

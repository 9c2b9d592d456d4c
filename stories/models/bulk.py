"""What was done to many rows at once: what was asked, what became of each row, and what it was before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stories.models.leased import Leased, LeasedQuerySet


class BulkState(models.TextChoices):
    DOING = "doing", _("being done")
    DONE = "done", _("done")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class BulkRowState(models.TextChoices):
    WAITING = "waiting", _("to be done")
    DONE = "done", _("done")
    SKIPPED = "skipped", _("skipped")
    UNDONE = "undone", _("undone")
    KEPT = "kept", _("not undone")


#: States in which a worker has something to do.
BULK_AT_WORK = (BulkState.DOING, BulkState.UNDOING)


class BulkQuerySet(LeasedQuerySet):
    states_at_work = BULK_AT_WORK


class Bulk(Leased):
    """The row is the truth about how far it is: a worker that dies leaves the rest to the next (`lease`)."""

    deed = models.CharField(max_length=40)
    noun = models.CharField(max_length=20, help_text=_("Of what it is done to."))
    choice = models.JSONField(default=dict, help_text=_("What was chosen, such as a person."))
    state = models.CharField(max_length=7, choices=BulkState, default=BulkState.DOING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asker = models.CharField(_("by"), max_length=150, help_text=_("Kept when the account goes."))
    asked_at = models.DateTimeField(_("when"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undoer = models.CharField(_("undone by"), max_length=150, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    total_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)

    objects = BulkQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulk action")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BulkState.values), name="bulk_state_is_known"),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(state__in=BULK_AT_WORK), name="bulk_at_work")]

    def __str__(self) -> str:
        return f"{self.deed} ({self.noun})"

    def get_absolute_url(self) -> str:
        return reverse("admin:stories_bulk_change", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        return self.state in BULK_AT_WORK


class BulkRow(models.Model):
    bulk = models.ForeignKey(Bulk, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    key = models.BigIntegerField()
    name = models.CharField(max_length=300, help_text=_("What the row was called."))
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    state = models.CharField(max_length=7, choices=BulkRowState, default=BulkRowState.WAITING)
    message = models.TextField(blank=True, help_text=_("Why it was skipped or could not be undone."))

    class Meta:
        ordering = ["bulk", "position"]
        constraints = [
            models.UniqueConstraint(fields=["bulk", "position"], name="bulk_position_once"),
            models.CheckConstraint(
                condition=Q(state__in=BulkRowState.values), name="bulk_row_state_is_known"
            ),
        ]
        indexes = [models.Index(fields=["bulk", "state", "position"], name="bulk_row_by_state")]

    def __str__(self) -> str:
        return self.name

    def settle(self, state: BulkRowState, message: str = "") -> None:
        """Write down what became of it."""
        self.state, self.message = state, message
        self.save(update_fields=["state", "message", "before", "after"])

"""The log's size and root, signed: whoever keeps one can tell whether the record was rewritten since."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.append_only import AppendOnly


class Checkpoint(AppendOnly):
    """`note` is the checkpoint as a C2SP signed note."""

    size = models.PositiveBigIntegerField(unique=True, help_text=_("Leaves of the log."))
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["-size"]

    def __str__(self) -> str:
        return f"checkpoint of {self.size} leaves"

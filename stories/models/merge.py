"""Two sources of the same page: that the one was merged into the other, or that an editor holds them apart."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stories.models.source import Source


class MergeState(models.TextChoices):
    """What was said of the two."""

    MERGED = "merged", pgettext_lazy("of two sources", "merged")
    SPLIT = "split", pgettext_lazy("of two sources", "split again")
    APART = "apart", pgettext_lazy("of two sources", "held apart")


class Merge(models.Model):
    """`source` was merged into `kept`; `moved` says what went over, so that it can go back."""

    kept = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="merges")
    state = models.CharField(max_length=6, choices=MergeState)
    moved = models.JSONField(default=dict)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor = models.CharField(max_length=150, help_text=_("Their name, kept when the account goes."))
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-done_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MergeState.values), name="merge_state_is_known"),
            models.CheckConstraint(condition=~Q(kept=F("source")), name="merge_is_of_two"),
            models.UniqueConstraint(
                fields=["source"], condition=Q(state=MergeState.MERGED), name="merge_into_one_only"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.kept} ({self.get_state_display()})"

"""One statement that an article makes, and whether it still stands."""

from django.db import models

from stories.models.article import Article
from stories.models.as_seen import LinesField
from stories.models.history import HistoryTrail, Tracked
from stories.models.words import Standing


class Claim(Tracked):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="claims")
    text = LinesField()
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.STANDS)

    history = HistoryTrail()

    class Meta:
        ordering = ["article", "pk"]
        indexes = [
            # Few do not stand, and people look through them.
            models.Index(
                fields=["standing", "-id"],
                condition=models.Q(
                    standing__in=[
                        Standing.DISPUTED.value,
                        Standing.CORRECTED.value,
                        Standing.WITHDRAWN.value,
                    ]
                ),
                name="claim_not_standing",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="claim_says_something"),
            models.CheckConstraint(
                condition=models.Q(standing__in=Standing.values), name="claim_standing_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

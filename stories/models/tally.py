"""How often something has happened, counted as it happens: counting the rows of years would take too long."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from stories.models.words import Outcome


class Tally(models.Model):
    """The looks that ended so, since this is counted: a number that only grows, and that has no history."""

    outcome = models.CharField(max_length=12, choices=Outcome, primary_key=True)
    looks = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["outcome"]
        verbose_name_plural = _("tallies")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="tally_outcome_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.looks}"

    @staticmethod
    def add(looks: Mapping[str, int]) -> None:
        """Always in the same order, so that two workers never wait for each other."""
        table = connection.ops.quote_name(Tally._meta.db_table)
        rows = sorted(looks.items())
        sql = (
            f"INSERT INTO {table} (outcome, looks) VALUES {', '.join(['(%s, %s)'] * len(rows))} "  # noqa: S608 - our name
            f"ON CONFLICT (outcome) DO UPDATE SET looks = {table}.looks + excluded.looks"
        )
        if rows:
            with connection.cursor() as cursor:
                cursor.execute(sql, [value for row in rows for value in row])

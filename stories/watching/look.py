"""A look under way, and a look that was judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stories.models.words import Outcome
from stories.watching.known import Known
from stories.watching.reading import Reading
from stories.watching.weigh import Finding


@dataclass(frozen=True, slots=True)
class Look:
    """A look under way: what was known when it began, and the lease that it is taken under."""

    known: Known
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """A look with what it brought, and what that means."""

    look: Look
    reading: Reading
    finding: Finding

    @property
    def key(self) -> int:
        return self.look.known.watch.pk

    @property
    def finds_nothing_new(self) -> bool:
        """The page is as it was, and so is everything in it."""
        finding = self.finding
        return finding.outcome == Outcome.UNCHANGED and not (finding.becomes_baseline or finding.verdicts)

"""What one look brought, before it is held against what stood: how the page reads and what became of each passage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from stories.models import Verdict
from stories.models.words import Outcome, VerdictWord
from stories.text.extract import Extract


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one passage in one copy."""

    word: VerdictWord
    wording: str = ""
    similarity: float | None = None

    @classmethod
    def in_verdict(cls, verdict: Verdict) -> Found:
        return cls(VerdictWord(verdict.verdict), verdict.wording, verdict.similarity)

    def says_the_same_as(self, other: Found) -> bool:
        """True where there is nothing to tell; an altered passage that now reads differently is something to tell."""
        if self.word != other.word:
            return False
        return self.word != VerdictWord.ALTERED or self.wording.split() == other.wording.split()


@dataclass(frozen=True, slots=True)
class NewCopy:
    """Bytes that are not those of the baseline, and what they say; only compressed if they are to be kept."""

    digest: str
    body: bytes
    fields: Mapping[str, Any]
    #: None where a page was too heavy to be read here.
    extract: Extract | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at a source. Without a believed copy there are no passages.

    `copy` is None where the bytes are those of the baseline. `in_baseline` is what the present
    extractor finds in a baseline that an older one had read; where it is empty, the verdicts on record hold.
    `is_seen_before` says of a changed page that it reads as the copy before, or as the last that was suspected in
    vain; `is_seen_of_late` that it reads as the copy before, or is another that was confirmed of late.
    """

    outcome: Outcome
    reason: str = ""
    explanation: str = ""
    status: int | None = None
    is_final: bool = False
    retry_after: timedelta | None = None
    copy: NewCopy | None = None
    passages: Mapping[int, Found] = field(default_factory=dict)
    in_baseline: Mapping[int, Found] = field(default_factory=dict)
    #: What the judgement rests on, where other bytes were judged.
    ground: str = ""
    is_seen_before: bool = False
    is_seen_of_late: bool = False
    etag: str = ""
    last_modified: str = ""
    #: Where every redirect on the way said that the page is now, for good.
    moved_to: str = ""

    @property
    def is_dead(self) -> bool:
        """True where the address leads nowhere: it is gone, if it stays so."""
        return self.outcome == Outcome.GONE or self.reason == "no_such_name"

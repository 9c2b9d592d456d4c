"""One version in the changelog: its notes, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from stories.models import Version
from stories.publishing.comparison import Comparison, compare_contents
from stories.publishing.notes import Note, gravest_kind, notes_in
from stories.publishing.summary import summarise


@dataclass(frozen=True)
class Entry:
    """Worked out from the frozen contents when asked, unless `publishing.kept` knows it already."""

    version: Version
    previous: Version | None
    #: Changed paragraphs that the kept comparison does not hold.
    left_out: int = 0

    @cached_property
    def headline(self) -> str:
        return self.version.headline

    @cached_property
    def zone(self) -> str:
        return self.version.frozen["stated_zone"]

    @cached_property
    def because(self) -> str:
        """Why it was recorded later than readers saw it; empty where it was not, or nobody was asked."""
        return self.version.frozen["stated_because"]

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        return notes_in(self.version.frozen["updates"], number=self.version.number)

    @cached_property
    def comparison(self) -> Comparison | None:
        """What changed since the version before; None for the first, and where either is taken down."""
        if self.previous is None or self.is_taken_down or self.previous.tombstone:
            return None
        return compare_contents(self.previous.frozen, self.version.frozen)

    @cached_property
    def is_taken_down(self) -> bool:
        return self.version.tombstone is not None

    @property
    def summary(self) -> str:
        return summarise(self.comparison) if self.comparison else ""

    @property
    def kind(self) -> str:
        """The gravest kind of its notes, or what it is without one."""
        return gravest_kind(self.notes) or self.kind_of_text

    @property
    def kind_of_text(self) -> str:
        """`first` (published), `recorded` (the earliest text that we have), `minor`, `change` or `takedown`."""
        if self.is_taken_down:
            return "takedown"
        if self.version.number == 1:
            # A text that already carries notes is not the one that readers saw first.
            return "first" if self.version.stated_at and not self.notes else "recorded"
        return "minor" if self.version.is_minor else "change"

    @property
    def shown_at(self) -> datetime:
        return self.version.shown_at

    @property
    def is_minor(self) -> bool:
        return self.version.is_minor

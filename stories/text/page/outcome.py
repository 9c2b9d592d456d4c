"""The words for how a look at a page ended, and the copy that is judged."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property

from stories.text.extract import Extract, Kind, digest_of_text, extract_of, html_page, kind_of, visible_text
from stories.text.markup.text import HtmlPage


class PageOutcome(StrEnum):
    """How a page stands against its last believed copy. A copy is believed under the first four only."""

    UNCHANGED = "unchanged"
    NOISE = "noise"
    CHANGED = "changed"
    MOVED = "moved"
    GONE = "gone"
    BLOCKED = "blocked"
    FAILED = "failed"


BELIEVED = frozenset((PageOutcome.UNCHANGED, PageOutcome.NOISE, PageOutcome.CHANGED, PageOutcome.MOVED))


@dataclass(frozen=True, slots=True)
class PageJudgement:
    """An outcome and the short machine word for why."""

    outcome: PageOutcome
    reason: str

    @property
    def is_believed(self) -> bool:
        """May the copy stand for the page, and become what later ones are held against?"""
        return self.outcome in BELIEVED


@dataclass(frozen=True)
class Copy:
    """What a server answered. `known_extract` spares reading the body again where that was done before."""

    body: bytes
    content_type: str
    status: int
    url: str
    final_url: str
    is_permanent_redirect: bool = False
    known_extract: Extract | None = None

    def __getstate__(self) -> dict[str, object]:
        """Without what was read of it since: no tree of a page can be handed to another process."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def extract(self) -> Extract:
        """The visible text, read once and only when asked for; raises ExtractError."""
        if self.known_extract:
            return self.known_extract
        if self.kind != "html":
            return visible_text(self.body, self.content_type)
        return extract_of(*self._page)

    @cached_property
    def kind(self) -> Kind:
        """What the body is; raises ExtractError."""
        return kind_of(self.body, self.content_type)

    @cached_property
    def text_digest(self) -> str:
        """SHA-256 of the visible text; raises ExtractError."""
        return digest_of_text(self.extract.text)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the visible text; raises ExtractError."""
        return tuple(self.extract.text.split("\n"))

    @cached_property
    def distinct_lines(self) -> frozenset[str]:
        """Its lines, to look others up in; raises ExtractError."""
        return frozenset(self.lines)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """The lines that neither stand in the frame nor lead on, or all of them where that leaves none.

        Raises ExtractError.
        """
        if self.extract.kind != "html":
            return self.lines
        return tuple(self.page.content()) or self.lines

    @property
    def is_read(self) -> bool:
        """Was the visible text read already, so that asking for it costs nothing?"""
        return self.known_extract is not None or "extract" in vars(self)

    @property
    def page(self) -> HtmlPage:
        """The page taken apart, for a copy of HTML."""
        return self._page[0]

    @cached_property
    def _page(self) -> tuple[HtmlPage, str]:
        return html_page(self.body, self.content_type)

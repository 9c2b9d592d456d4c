"""What a copy says about itself: its title, and the lines in which a wall or an error would speak."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stories.text.charset import decode
from stories.text.language.characters import QUOTES, UNSPACED
from stories.text.language.page_phrases import says_only, tells_any
from stories.text.page.outcome import Copy

SHORT = 1_500
VERY_SHORT = 500
SHORT_LINE = 110
LONG_LINE = 60
SENTENCES = re.compile(r"(?<=[.!?])\s")
TITLE_PARTS = re.compile(r"\s[|–—:·›»-]\s|[｜：]")
# Longer than what a wall or an error page has to say, and as much of it as two sentences.
_PROSE_LINE = 120
_LEAST_OWN_PROSE = 180
_LEAST_BESIDE = 150
_LEAST_INSTEAD = 250
_UNSPACED = re.compile(f"[{UNSPACED}]")
_MOST_MARKUP = 200_000
_TO_APOSTROPHES = str.maketrans(dict.fromkeys(QUOTES, "'"))


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page says about itself: its title, and its lines but for those that were there before.

    `has_lost` if most of what was there before is gone, `whole` the beginning of all its text. `content` are those
    that are not in its frame, `lines` those in which a wall or an error would speak.
    """

    title: str
    lines: tuple[str, ...]
    content: tuple[str, ...]
    whole: str
    has_lost: bool

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def labels(self) -> tuple[str, ...]:
        """Where a button may stand: at the beginning of all, or amid what is new, however far down."""
        return (*self.whole.split("\n"), *self.lines)

    @property
    def is_short(self) -> bool:
        return sum(map(len, self.lines)) <= SHORT

    @property
    def is_very_short(self) -> bool:
        return sum(map(len, self.lines)) <= VERY_SHORT

    @property
    def is_brief(self) -> bool:
        """Is there no more in the content than a wall or a form has to say?"""
        return sum(map(len, self.content)) <= SHORT

    @property
    def has_prose(self) -> bool:
        """Is there as much running text as a page has of its own, rather than a wall?"""
        return self._said_in_lines_of(_PROSE_LINE) >= _LEAST_OWN_PROSE

    @property
    def has_long_prose(self) -> bool:
        """Is there more running text than stands beside a form?"""
        return self._said_in_lines_of(LONG_LINE) > SHORT

    @property
    def is_list(self) -> bool:
        """Is most of what is new no running text but labels and links?"""
        return 2 * self._said_in_lines_of(LONG_LINE) < sum(map(weight, self.lines))

    def _said_in_lines_of(self, least: int) -> int:
        return sum(length for length in map(weight, self.content) if length >= least)

    def says_more(self, phrases: tuple[str, ...]) -> bool:
        """Are there paragraphs beside what tells the phrases, and more where they replaced what was there before?"""
        others = (line for line in self.content if not tells_any(line, phrases))
        lengths = (length for length in map(weight, others) if length >= LONG_LINE)
        return sum(lengths) >= (_LEAST_INSTEAD if self.has_lost else _LEAST_BESIDE)

    def is_titled(self, phrases: tuple[str, ...]) -> bool:
        """Does the title, but for the name of the site, say that and nothing else?"""
        most = 0 if self.has_prose or self.says_more(phrases) else 1
        return any(says_only(part, phrases, other_words=most) for part in TITLE_PARTS.split(self.title))

    def is_said(self, phrases: tuple[str, ...]) -> bool:
        """Is it told, and on a page of which nothing is known from before by a sentence that says nothing else?"""
        if self.has_lost:
            return self.is_told(phrases)
        sentences = (told for line in self.lines for told in SENTENCES.split(line))
        return any(says_only(told, phrases, other_words=2) for told in (self.title, *sentences))

    def is_told(self, phrases: tuple[str, ...]) -> bool:
        """Does the title or a short line say so? A long line may speak of anything."""
        parts = TITLE_PARTS.split(self.title)
        if any(
            tells_any(part, phrases) if self.has_lost else says_only(part, phrases, other_words=2)
            for part in parts
        ):
            return True
        return any(len(line) <= SHORT_LINE and tells_any(line, phrases) for line in self.lines)


def weight(line: str) -> int:
    """How much a line says: a character of a script without spaces is worth two letters."""
    return len(line) if line.isascii() else len(line) + len(_UNSPACED.findall(line))


def first_signs(copy: Copy) -> Signs:
    """The signs of a page of which nothing is known from before. Linear in its length, as all below."""
    extract = copy.extract
    if extract.kind != "html" or len(extract.text) > 20 * SHORT:
        return _signs(extract.title, copy.lines, copy.lines, copy, has_lost=False)
    content = _content(copy)
    return _signs(extract.title, content, content, copy, has_lost=False)


def signs_against(before: Copy, copy: Copy) -> Signs:
    """The signs of a copy that has lost most of what `before` had: what is new in it. Linear."""
    fresh = [line for line in copy.lines if line not in before.distinct_lines]
    title = copy.extract.title if copy.extract.title != before.extract.title else ""
    content = _content(copy, set(fresh)) if copy.extract.kind == "html" else fresh
    return _signs(title, fresh, content, copy, has_lost=True)


def _content(copy: Copy, wanted: set[str] | None = None) -> list[str]:
    return list(copy.page.content(wanted))


def _signs(title: str, lines: Sequence[str], content: Sequence[str], copy: Copy, *, has_lost: bool) -> Signs:
    whole = plain_line(copy.extract.text[: 2 * SHORT])
    return Signs(
        plain_line(title),
        tuple(map(plain_line, lines)),
        tuple(map(plain_line, content)),
        whole,
        has_lost=has_lost,
    )


def start_of_markup(copy: Copy) -> str:
    """The first 200,000 bytes as characters. Constant."""
    return decode(copy.body[:_MOST_MARKUP], copy.content_type)[0]


def plain_line(text: str) -> str:
    """The text in the form of the phrases: lower case, with straight apostrophes. Linear."""
    return text.lower().translate(_TO_APOSTROPHES)

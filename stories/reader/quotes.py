"""Where a passage stands in a version's HTML, and how a mark is put behind it.

The HTML is the sanitiser's: every tag is written out, and no bare `<` or `&` stands in its text. So it is read as
a row of tags, entities and characters; a mark goes between two of them, and every other byte stays as frozen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import takewhile

from stories.text.normalise import Normalised, normalise

_TOKEN = re.compile(
    r"""<(?P<close>/?)(?P<tag>[a-zA-Z][\w-]*)(?:[^>"]|"[^"]*")*>|&[#\w]+;|[^<&]+|.""", re.DOTALL
)
_BLOCKS = frozenset(
    {"p", "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "div", "pre", "hr", "br"}
    | {"table", "caption", "thead", "tbody", "tr", "th", "td"}
)
_CLOSING = frozenset("\"'”’»“‹›.,;:!?…)]")
_MOST_CLOSING = 4


@dataclass
class _Reading:
    """The text of the HTML, and for each character the offset at which a mark behind it may stand."""

    pieces: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def add_run(self, text: str, *, start: int) -> None:
        self.pieces.append(text)
        self.places += range(start + 1, start + 1 + len(text))

    def add_one(self, text: str, *, place: int) -> None:
        self.pieces.append(text)
        self.places += [place] * len(text)


def find_quotes(html: str, passages: Sequence[str]) -> list[int | None]:
    """For each passage, the offset in `html` just behind it and its closing quotation mark; None if not there.

    Typography does not matter. A passage is found across emphasis and links; a mark never falls inside a link.
    """
    if not passages:
        return []
    reading = _read(html)
    text = normalise("".join(reading.pieces))
    return [_place(reading, text, passage) for passage in passages]


def insert_marks(html: str, marks: Mapping[int, str]) -> str:
    """`html` with each piece put in at its offset."""
    pieces, at = [], 0
    for offset in sorted(marks):
        pieces += [html[at:offset], marks[offset]]
        at = offset
    return "".join([*pieces, html[at:]])


def _read(html: str) -> _Reading:
    reading = _Reading()
    link_starts_at: int | None = None
    for token in _TOKEN.finditer(html):
        tag = (token["tag"] or "").lower()
        if not tag and token.group()[0] == "&":
            reading.add_one(unescape(token.group()), place=token.end())
        elif not tag:
            reading.add_run(token.group(), start=token.start())
        elif tag in _BLOCKS:
            reading.add_one("\n", place=token.start())
        elif tag == "a" and not token["close"]:
            link_starts_at = len(reading.places)
        elif tag == "a" and link_starts_at is not None:
            length = len(reading.places) - link_starts_at
            reading.places[link_starts_at:] = [token.end()] * length
            link_starts_at = None
    return reading


def _place(reading: _Reading, text: Normalised, passage: str) -> int | None:
    wanted = normalise(passage).tight.strip()
    start = text.tight.find(wanted) if wanted else -1
    if start < 0:
        return None
    _, end = text.tight_span(start, start + len(wanted))
    closing = takewhile(_CLOSING.__contains__, text.source[end : end + _MOST_CLOSING])
    return reading.places[end - 1 + len(list(closing))]

"""The passages that a story quotes: what stands between its quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Opening marks and what may close them. The straight mark opens and closes.
_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"'}
_LONGEST = 5_000
_FEWEST_WORDS = 2
_WORD = re.compile(r"\w[\w’'.-]*")


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """A passage without its quotation marks, and where it stands in the text (code points)."""

    exact: str
    start: int
    end: int


def find_passages(text: str) -> list[QuotedPassage]:
    """Return the passages that `text` quotes, in order; each mark is looked at once, so the work is linear.

    A single word in quotation marks is a hesitation, not a quotation. A mark inside a quoted passage of the other
    kind belongs to that passage. A quotation that runs over several paragraphs opens each and is closed once;
    each of its paragraphs is a passage. A comma that house style put inside the marks is not the source's.

    >>> [passage.exact for passage in find_passages('She said, “We open on Monday,” and left “early”.')]
    ['We open on Monday']
    """
    passages = []
    for paragraph in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", text):
        passages += _find_in_paragraph(text, paragraph.start(), paragraph.end())
    return passages


def _find_in_paragraph(text: str, start: int, end: int) -> list[QuotedPassage]:
    passages, position = [], start
    while position < end:
        closers = _PAIRS.get(text[position])
        if closers is None or not _opens(text, position, start):
            position += 1
            continue
        close = _find_close(text, position + 1, end, closers)
        if close is None:
            break
        passage = _trim(text, position + 1, close)
        if passage is not None:
            passages.append(passage)
        position = close + 1
    return passages


def _opens(text: str, position: int, start: int) -> bool:
    """A straight mark after a letter or digit closes, or means inches; any other mark tells by its shape."""
    return text[position] != '"' or position == start or not text[position - 1].isalnum()


def _find_close(text: str, start: int, end: int, closers: str) -> int | None:
    """Where the passage ends: at its closing mark, or at the end of a paragraph of a quotation that goes on."""
    for position in range(start, min(end, start + _LONGEST)):
        if text[position] in closers:
            return position
    goes_on = end - start <= _LONGEST and "".join(text[end : end + 4]).strip()[:1] in _PAIRS
    return end if goes_on else None


def _trim(text: str, start: int, end: int) -> QuotedPassage | None:
    exact = text[start:end]
    start += len(exact) - len(exact.lstrip())
    exact = exact.strip().rstrip(",").rstrip()
    if len(_WORD.findall(exact)) < _FEWEST_WORDS:
        return None
    return QuotedPassage(exact, start, start + len(exact))

"""Where words and sentences end: a passage is never half a word, half a number or the positive half of a negation."""

from __future__ import annotations

import re

from .characters import INVISIBLE, UNSPACED

_UNSPACED = re.compile(f"[{UNSPACED}]")
_HYPHENS = "-‐‑"
_MINUSES = _HYPHENS + "−–"
_APOSTROPHES = "'’ʼ‘"
_FARTHEST = 8
_LONGEST_SENTENCE = 1_500
_END_OF_SENTENCE = re.compile(
    r"[.!?…][\"'”’»)\]]{0,3}(?=\s+[\"'“‘«(\[]{0,3}[^\W_a-z]|\s*\n|\s*$)|[。！？]|\n|$"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“‘])(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Hon|St|Jr"
    r"|No|Nos|Art|Sec|vs|v|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx|e\.g|i\.e|cf|al)$"
)


def begins_whole(text: str, start: int) -> bool:
    """Does a word, number or compound begin at `start`, rather than go on there?"""
    first = _near(text, start, 1)
    before, place = _before(text, start)
    if not first.isalnum() or not before:
        return True
    if before.isalnum():
        return bool(_UNSPACED.match(before) or _UNSPACED.match(first))
    farther, _ = _before(text, place)
    if before in _APOSTROPHES or before in _HYPHENS:
        if before in _MINUSES and first.isdigit():
            return farther.isalpha()
        return not farther.isalnum()
    if before in _MINUSES and first.isdigit():
        return farther.isalpha()
    return not (before in ".," and first.isdigit() and farther.isdigit())


def ends_whole(text: str, end: int) -> bool:
    """Does a word, number or compound end at `end`, rather than go on there?"""
    last, _ = _before(text, end)
    after = _near(text, end, 1)
    if not last.isalnum() or not after:
        return True
    if after.isalnum():
        return bool(_UNSPACED.match(last) or _UNSPACED.match(after))
    farther = _near(text, end, 2)
    if after in _APOSTROPHES or after in _HYPHENS:
        return not farther.isalnum()
    return not (after in ".," and last.isdigit() and farther.isdigit())


def _before(text: str, place: int) -> tuple[str, int]:
    """The last character before `place` that can be seen, and where it stands; nothing at the beginning."""
    for at in range(place - 1, max(-1, place - 1 - _FARTHEST), -1):
        if text[at] not in INVISIBLE:
            return text[at], at
    return "", 0


def _near(text: str, place: int, count: int) -> str:
    """The `count`-th character from `place` on that can be seen; nothing at the end."""
    for character in text[place : place + _FARTHEST]:
        if character not in INVISIBLE:
            count -= 1
            if not count:
                return character
    return ""


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the whole sentence or sentences that `text[start:end]` touches, inside its blocks.

    Looks at most 1,500 characters to either side; where no sentence begins or ends there, the span is kept.
    """
    return _start_of_sentence(text, start), _end_of_sentence(text, end)


def begins_sentence(text: str, start: int) -> bool:
    """Does a sentence of the document begin at `start`?"""
    return _start_of_sentence(text, start) >= start - 2 and (start == 0 or not text[start - 1].isalnum())


def _start_of_sentence(text: str, start: int) -> int:
    low = max(0, start - _LONGEST_SENTENCE)
    block = max(text.rfind("\n", low, start) + 1, low)
    begin = block if block > low or low == 0 else start
    for match in _END_OF_SENTENCE.finditer(text, block, start):
        if match.end() < start and match.end() > match.start() and not _is_abbreviated(text, match.start()):
            begin = match.end()
    while begin < start and text[begin].isspace():
        begin += 1
    return begin


def _end_of_sentence(text: str, end: int) -> int:
    high = min(len(text), end + _LONGEST_SENTENCE)
    # The mark that ends the sentence may be the last character of the span itself.
    for match in _END_OF_SENTENCE.finditer(text, max(0, end - 1), high):
        if match.end() == high < len(text):
            break
        if text[match.start() : match.start() + 1] == "." and _is_abbreviated(text, match.start()):
            continue
        return max(end, match.end()) if match.group() != "\n" else max(end, match.start())
    return end


def _is_abbreviated(text: str, stop: int) -> bool:
    return text[stop : stop + 1] == "." and _ABBREVIATION.search(text, max(0, stop - 12), stop) is not None

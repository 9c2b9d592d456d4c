"""The part of a text that answers a search, with the words that were looked for marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stories.text.language.composed import decomposed

#: A text is looked at so far.
_CHARACTERS = 200_000
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_MARKUP = re.compile(r"\]\([^)\n]{0,2000}\)|[*`\[]|^[ \t]*[#>]+[ \t]*", re.MULTILINE)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words in their order, folded; of the last the beginning suffices where `is_begun`."""

    words: tuple[str, ...]
    is_begun: bool


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_marked: bool


def fold(word: str) -> str:
    """Lower case, without accents.

    >>> fold("Café")
    'cafe'
    """
    if word.isascii():
        return word.lower()
    return "".join(letter for letter in decomposed(word.lower()) if not _is_accent(letter))


def wanted_in(words: str, *, is_begun: bool) -> Wanted:
    return Wanted(tuple(fold(word) for word in _WORD.findall(words)), is_begun)


def mark_words(text: str, wanted: Iterable[Wanted], *, literal: Iterable[str] = ()) -> tuple[Piece, ...]:
    """The whole text in pieces; `literal` are strings that are marked wherever they stand.

    >>> mark_words("The Café closes.", [wanted_in("cafe", is_begun=True)])[1]
    Piece(text='Café', is_marked=True)
    """
    return _cut(text, _spans(text, tuple(wanted), tuple(literal)), 0, len(text))


def excerpt(
    text: str, wanted: Iterable[Wanted], *, literal: Iterable[str] = (), length: int = 220
) -> tuple[Piece, ...]:
    """About `length` characters of Markdown as plain text, around where most of what is wanted stands close together.

    The beginning, where nothing of it stands in the text.
    """
    plain = _SPACE.sub(" ", _MARKUP.sub("", text[:_CHARACTERS])).strip()
    spans = _spans(plain, tuple(wanted), tuple(literal))
    start, end = _window(plain, [(start, end) for start, end, _ in spans], _densest(spans, length), length)
    pieces = _cut(plain, spans, start, end)
    before = (Piece("… ", False),) if start else ()
    after = (Piece(" …", False),) if end < len(plain) else ()
    return (*before, *pieces, *after)


def _is_accent(letter: str) -> bool:
    return "\u0300" <= letter <= "\u036f"


def _spans(text: str, wanted: Sequence[Wanted], literal: Sequence[str]) -> list[tuple[int, int, int]]:
    """From where to where something wanted stands, and which of it; in order, without overlaps."""
    words = [(match.start(), match.end(), fold(match[0])) for match in _WORD.finditer(text)]
    found = [
        (words[place][0], words[place + len(each.words) - 1][1], which)
        for place in range(len(words))
        for which, each in enumerate(wanted)
        if _stands(each, words, place)
    ]
    lowered = text.lower() if literal else ""
    for which, said in enumerate(literal, start=len(wanted)):
        found += [(at.start(), at.end(), which) for at in re.finditer(re.escape(said.lower()), lowered)]
    return _apart(sorted(found))


def _stands(wanted: Wanted, words: Sequence[tuple[int, int, str]], place: int) -> bool:
    count = len(wanted.words)
    if not count or place + count > len(words):
        return False
    last = words[place + count - 1][2]
    is_last = last.startswith(wanted.words[-1]) if wanted.is_begun else last == wanted.words[-1]
    return is_last and all(words[place + index][2] == wanted.words[index] for index in range(count - 1))


def _apart(spans: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    kept: list[tuple[int, int, int]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _densest(spans: Sequence[tuple[int, int, int]], length: int) -> int:
    """Where the excerpt is to begin: at the span after which most different things wanted stand."""
    best, at = 0, 0
    for index, (start, _, _) in enumerate(spans):
        seen = set()
        for later, end, which in spans[index : index + 20]:
            if end > start + length:
                break
            seen.add((which, later) if which < 0 else which)
        if len(seen) > best:
            best, at = len(seen), start
    return at


def _window(text: str, _spans: Sequence[tuple[int, int]], at: int, length: int) -> tuple[int, int]:
    start = max(0, min(at - length // 4, len(text) - length))
    end = min(len(text), start + length)
    # At the border of a word, where one is near.
    if start:
        space = text.find(" ", start, at) if at > start else -1
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", max(at, end - 40), end)
        end = space if space > at else end
    return start, end


def _cut(text: str, spans: Iterable[tuple[int, int, int]], start: int, end: int) -> tuple[Piece, ...]:
    pieces, done = [], start
    for first, last, _ in spans:
        if last <= start or first >= end:
            continue
        if first > done:
            pieces.append(Piece(text[done:first], False))
        pieces.append(Piece(text[max(first, done) : min(last, end)], True))
        done = min(last, end)
    if done < end:
        pieces.append(Piece(text[done:end], False))
    return tuple(pieces)

"""Letters and their marks in one canonical form (Unicode, UAX #15), in time in proportion to the text's length.

Python sorts the marks behind a letter by insertion: a page with a hundred thousand of them on one letter would keep it
busy for a minute. No language has more than some on a letter (UAX #15, 13: thirty at most).
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Literal

_PIECE = 256


def composed(text: str) -> str:
    r"""NFC.

    >>> composed("Cafe\u0301")
    'Café'
    """
    return _normalised("NFC", text)


def decomposed(text: str) -> str:
    """NFD."""
    return _normalised("NFD", text)


def marks_in_ranges() -> Iterator[tuple[int, int]]:
    """All characters that canonical order may move, first and last of each range, for whoever sorts them elsewhere."""
    marks = filter(lambda code: unicodedata.combining(chr(code)), range(sys.maxunicode))
    for _, following in groupby(enumerate(marks), key=lambda place: place[1] - place[0]):
        codes = [code for _, code in following]
        yield codes[0], codes[-1]


def _normalised(form: Literal["NFC", "NFD"], text: str) -> str:
    if len(text) <= _PIECE:
        return unicodedata.normalize(form, text)
    return "".join(unicodedata.normalize(form, piece) for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """Between a letter with its marks and the next one, where there is such a place."""
    start = 0
    while start < len(text):
        end = start + _PIECE
        while end < min(len(text), start + 2 * _PIECE) and not _begins(text[end]):
            end += 1
        yield text[start:end]
        start = end


def _begins(character: str) -> bool:
    """Whether nothing of it goes into the character before, as marks do, and vowels and finals of Hangul."""
    return unicodedata.category(character)[0] != "M" and not "\u1160" <= character <= "\u11ff"

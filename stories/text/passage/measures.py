"""Marks of which it tells whether they are one or two: feet and inches behind figures, switches of programs."""

from __future__ import annotations

import re

from stories.text.language.characters import QUOTES

_DOUBLE = '"“”„‟″＂'
# No quotation is closed by them.
_PRIMES = ("′", "′′", "″")
_MARK = re.compile(rf"(?<=\d)(?:['’′]{{2}}|[{QUOTES}'\"])")
# Between two letters it is an apostrophe.
_OTHER = re.compile(rf"(?<!\w)[{QUOTES}'\"]|(?<=\w)[{QUOTES}'\"](?=[\d_])")
_SWITCH = re.compile(r"(?<![\w\-])--?(?=[A-Za-z])")
# Dashes that are typed with hyphens: behind a word on their line they have as many, and only those in words between.
_DASHES = re.compile(r"(?<![\w\-])(--?)(?=[A-Za-z])(?:[^\n\-]|(?<=\w)-(?=\w)){0,200}?\w\1(?![\w\-])")


def switches_of(passage: str) -> list[str]:
    """The hyphens in front of each switch of a program, none of which is a dash. Linear."""
    return _SWITCH.findall(_DASHES.sub(" ", passage))


def switches_alike(switches: list[str], text: str, start: int, end: int) -> bool:
    """Have the `switches` of a passage as many hyphens as those in `text[start:end]`, if both are as many?

    Linear in the length of that.

    >>> switches_alike(["-"], "run --all now", 5, 13), switches_alike(["--"], "run —all now", 5, 12)
    (False, True)
    """
    stand = switches_of(text[max(0, start - 2) : end]) if switches else []
    return len(switches) != len(stand) or switches == stand


def measures_alike(one: str, other: str) -> bool:
    """Are the marks behind figures as many and as large in both, unless they may belong to a quotation? Linear.

    >>> measures_alike("5′ wide", '5" wide'), measures_alike("“in 2025”", "'in 2025'")
    (False, True)
    """
    kinds = _MARK.findall(one)
    others = _MARK.findall(other)
    if not kinds or len(kinds) != len(others):
        return True
    is_measured = all(mark in _PRIMES for mark in kinds + others)
    if not is_measured and _OTHER.search(_MARK.sub("", one + " " + other)):
        return True
    return [_is_double(mark) for mark in kinds] == [_is_double(mark) for mark in others]


def _is_double(mark: str) -> bool:
    return len(mark) == 2 or mark in _DOUBLE

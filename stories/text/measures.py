"""Feet and inches, minutes and seconds: the marks behind a figure that are no quotation marks."""

from __future__ import annotations

import re

from .characters import QUOTES

_DOUBLE = '"“”„‟″＂'
# No quotation is closed by them.
_PRIMES = ("′", "′′", "″")
_MARK = re.compile(rf"(?<=\d)(?:['’′]{{2}}|[{QUOTES}'\"])")
# Between two letters it is an apostrophe.
_OTHER = re.compile(rf"(?<!\w)[{QUOTES}'\"]|(?<=\w)[{QUOTES}'\"](?=[\d_])")


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

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


# Of a program; a dash of a text is another character, or has a space behind it.
_SWITCH = re.compile(r"(?<![\w\-])--?(?=[A-Za-z])")


def switches_alike(one: str, other: str) -> bool:
    """Have the switches of both as many hyphens, where both have as many switches? Linear.

    >>> switches_alike("run -all", "run --all"), switches_alike("run --all", "run —all")
    (False, True)
    """
    kinds, others = _SWITCH.findall(one), _SWITCH.findall(other)
    return len(kinds) != len(others) or kinds == others


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

"""Marks of which it tells whether they are one or two: feet and inches behind figures, switches of programs."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from stories.text.language.characters import QUOTES

_OPENING = QUOTES + "'\" "
_DOUBLE = '"“”„‟″＂'
# No quotation is closed by them.
_PRIMES = ("′", "′′", "″")
_MARK = re.compile(rf"(?<=\d)(?:['’′]{{2}}|[{QUOTES}'\"])")
# Between two letters it is an apostrophe.
_OTHER = re.compile(rf"(?<!\w)[{QUOTES}'\"]|(?<=\w)[{QUOTES}'\"](?=[\d_])")
# Switches of programs, or what a dash that is typed with hyphens opens; then what closes such a dash.
_HYPHENS = re.compile(r"(?<![\w\-])--?(?=[A-Za-z])|(?<=\w)(?P<closing>--?)(?![\w\-])|\n")
_FARTHEST_CLOSING = 200


class Switches:
    """The switches of a passage, and those of the text that it is looked for in, each found once.

    >>> Switches("-all now", "run --all now").are_alike(5, 13), Switches("--all now", "run —all now").are_alike(5, 12)
    (False, True)
    """

    def __init__(self, passage: str, text: str) -> None:
        self._text = text
        self._begins_with_one = passage.lstrip(_OPENING).startswith("-")
        self._kinds = [kind for _, kind in _switches_of(passage)]

    @cached_property
    def _places(self) -> tuple[list[int], list[str]]:
        found = _switches_of(self._text)
        return [start for start, _ in found], [kind for _, kind in found]

    def are_alike(self, start: int, end: int) -> bool:
        """Have those of the passage, and of its place, as many hyphens, where both are as many?

        Hyphens right before `start` count where the passage begins with one. Linear in the switches of the passage.
        """
        if not self._kinds:
            return True
        if self._begins_with_one:
            before = self._text[max(0, start - 2) : start]
            start -= len(before) - len(before.rstrip("-"))
        places, kinds = self._places
        low, high = bisect_left(places, start), bisect_left(places, end)
        return high - low != len(self._kinds) or kinds[low:high] == self._kinds


def _switches_of(text: str) -> list[tuple[int, str]]:
    """Where they stand, each with its hyphens, but for dashes that are closed on their line. Linear."""
    found = list[tuple[int, str]]()
    closed = set[int]()
    opened: dict[str, list[int]] = {"-": [], "--": []}
    for mark in _HYPHENS.finditer(text) if "-" in text else ():
        kind = mark[0]
        if kind == "\n":
            opened = {"-": [], "--": []}
        elif mark["closing"]:
            near = mark.start() - _FARTHEST_CLOSING
            closed.update(number for number in opened[kind] if found[number][0] >= near)
            opened[kind] = []
        else:
            opened[kind].append(len(found))
            found.append((mark.start(), kind))
    return [switch for number, switch in enumerate(found) if number not in closed]


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

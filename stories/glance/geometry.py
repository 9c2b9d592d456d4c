"""Where the marks of a picture stand. Pure: across, shares of the width in per cent, so that a picture fits a phone
and a wall and its letters keep their size; down, pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import log

_STEPS = (1, 2, 5)

#: Marks of a scale of durations that people know.
DURATIONS = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=7),
    timedelta(days=30),
    timedelta(days=365),
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch along one side, from `start` on."""

    start: float
    length: float

    @property
    def end(self) -> float:
        return self.start + self.length

    @property
    def middle(self) -> float:
        return self.start + self.length / 2


def ticks(most: int, *, about: int = 4) -> tuple[int, ...]:
    """Round whole numbers from 0 to `most` or a little above, about so many steps apart.

    >>> ticks(7), ticks(0), ticks(230)
    ((0, 2, 4, 6, 8), (0, 1), (0, 100, 200, 300))
    """
    step = _step(max(most, 1) / about)
    count = -(-max(most, 1) // step)
    return tuple(step * number for number in range(count + 1))


def _step(at_least: float) -> int:
    scale = 1
    while True:
        for step in _STEPS:
            if step * scale >= at_least:
                return step * scale
        scale *= 10


def column(index: int, count: int, *, left: float = 0.0, filled: float = 0.66) -> Span:
    """The place across of one of `count` columns, which share the width right of `left`; `filled` of it is drawn.

    >>> column(1, 4, filled=0.5)
    Span(start=31.25, length=12.5)
    """
    wide = (100 - left) / count
    return Span(left + wide * (index + (1 - filled) / 2), wide * filled)


def stack(values: Sequence[int], *, top: int, base: float, height: float) -> list[Span]:
    """The places down of values set upon one another, the first on `base`, where `top` would be `height` high.

    >>> stack([1, 3], top=4, base=100, height=80)
    [Span(start=80.0, length=20.0), Span(start=20.0, length=60.0)]
    """
    spans, floor = [], float(base)
    for value in values:
        length = height * value / top
        floor -= length
        spans.append(Span(floor, length))
    return spans


def row(values: Sequence[int], *, of: int, width: float = 100.0) -> list[Span]:
    """The places across of values set one beside the other, where `of` would be as wide as `width`.

    >>> row([1, 3], of=4)
    [Span(start=0.0, length=25.0), Span(start=25.0, length=75.0)]
    """
    spans, left = [], 0.0
    for value in values:
        length = width * value / of if of else 0.0
        spans.append(Span(left, length))
        left += length
    return spans


def duration_ticks(least: timedelta, greatest: timedelta) -> tuple[timedelta, ...]:
    """Those of the known marks that hold both between them: at least two.

    >>> [str(mark) for mark in duration_ticks(timedelta(minutes=30), timedelta(hours=5))]
    ['0:10:00', '1:00:00', '6:00:00']
    """
    below = [number for number, mark in enumerate(DURATIONS) if mark <= least]
    above = [number for number, mark in enumerate(DURATIONS) if mark >= greatest]
    first, last = (below or [0])[-1], (above or [len(DURATIONS) - 1])[0]
    first = min(first, len(DURATIONS) - 2)
    return DURATIONS[first : max(last, first + 1) + 1]


def height_of(
    duration: timedelta, *, least: timedelta, greatest: timedelta, base: float, height: float
) -> float:
    """How far down a duration is marked, on a scale of logarithms from `least`, at `base`, up to `greatest`.

    >>> minute = timedelta(minutes=1)
    >>> height_of(10 * minute, least=minute, greatest=100 * minute, base=100, height=80)
    60.0
    """
    bottom, top = log(least.total_seconds()), log(greatest.total_seconds())
    at = log(max(duration.total_seconds(), 1))
    share = min(max((at - bottom) / (top - bottom), 0.0), 1.0)
    return round(base - height * share, 2)

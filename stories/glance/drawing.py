"""The pictures, as marks that a template only has to write down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from stories.glance import geometry
from stories.glance.geometry import Span
from stories.glance.times_to_update import Spread, TimesOfWeek
from stories.glance.updates import UpdatesOfWeek

#: Pixels: the picture, the line on which marks stand, and how high the greatest mark is.
HEIGHT, BASE, HIGHEST = 200, 168, 148
#: Per cent of the width that the scale on the left needs.
_SCALE_OF_NUMBERS, _SCALE_OF_DURATIONS = 8.0, 14.0
_LEAST_HEIGHT = 3.0
#: So that marks upon one another are told apart without colour.
_GAP = 1.5


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle of a kind; `x` and `width` in per cent, `y` and `height` in pixels."""

    kind: str
    x: str
    width: str
    y: str
    height: str


Value = TypeVar("Value", int, timedelta)


@dataclass(frozen=True, slots=True)
class Line(Generic[Value]):
    """A mark of the scale."""

    y: str
    value: Value


@dataclass(frozen=True, slots=True)
class Columns:
    """`marks` of each week, which has its `middle` across."""

    lines: Sequence[Line[int]]
    marks: Sequence[Sequence[Mark]]
    middles: Sequence[str]
    left: str
    height: int = HEIGHT
    base: int = BASE


@dataclass(frozen=True, slots=True)
class Box:
    """The spread of a week: a thin line over all, a box over its middle half, a bar at the median."""

    middle: str
    x: str
    width: str
    top: str
    bottom: str
    upper: str
    box_height: str
    median: str


@dataclass(frozen=True, slots=True)
class Spreads:
    lines: Sequence[Line[timedelta]]
    boxes: Sequence[Box | None]
    middles: Sequence[str]
    left: str
    height: int = HEIGHT
    base: int = BASE


def draw_columns(weeks: Sequence[UpdatesOfWeek]) -> Columns:
    """A column a week, with the kinds upon one another."""
    scale = geometry.ticks(max((week.total for week in weeks), default=0))
    places = _places(len(weeks), _SCALE_OF_NUMBERS)
    return Columns(
        lines=[Line(_pixels(BASE - HIGHEST * value / scale[-1]), value) for value in scale],
        marks=[_column(week, place, scale[-1]) for week, place in zip(weeks, places, strict=True)],
        middles=[_per_cent(place.middle) for place in places],
        left=_per_cent(_SCALE_OF_NUMBERS),
    )


def draw_spreads(weeks: Sequence[TimesOfWeek]) -> Spreads | None:
    """A box a week, on a scale of logarithms; None where there is no spread at all."""
    spreads = [week.spread for week in weeks if week.spread]
    if not spreads:
        return None
    scale = geometry.duration_ticks(
        min(spread.least for spread in spreads), max(spread.greatest for spread in spreads)
    )
    places = _places(len(weeks), _SCALE_OF_DURATIONS)
    return Spreads(
        lines=[Line(_pixels(_down(mark, scale)), mark) for mark in scale],
        boxes=[
            _box(week.spread, place, scale) if week.spread else None
            for week, place in zip(weeks, places, strict=True)
        ],
        middles=[_per_cent(place.middle) for place in places],
        left=_per_cent(_SCALE_OF_DURATIONS),
    )


def draw_row(
    kinds: Sequence[str], values: Sequence[int], *, of: int, width: float = 100.0, height: int = 14
) -> list[Mark]:
    """Marks beside one another; those of nothing are left out."""
    spans = geometry.row(values, of=of, width=width)
    return [
        Mark(kind, _per_cent(span.start), _per_cent(span.length), "0", str(height))
        for kind, span in zip(kinds, spans, strict=True)
        if span.length
    ]


def _places(count: int, left: float) -> list[Span]:
    return [geometry.column(index, count, left=left) for index in range(count)]


def _column(week: UpdatesOfWeek, place: Span, top: int) -> list[Mark]:
    spans = geometry.stack(list(week.counts.values()), top=top, base=BASE, height=HIGHEST)
    return [
        Mark(
            kind.value,
            _per_cent(place.start),
            _per_cent(place.length),
            _pixels(span.start),
            _pixels(max(span.length - _GAP, 1)),
        )
        for kind, span in zip(week.counts, spans, strict=True)
        if span.length
    ]


def _box(spread: Spread, place: Span, scale: Sequence[timedelta]) -> Box:
    upper, lower = _down(spread.upper, scale), _down(spread.lower, scale)
    # A box of one duration is still to be seen.
    upper, box_height = min(upper, lower - _LEAST_HEIGHT), max(lower - upper, _LEAST_HEIGHT)
    return Box(
        middle=_per_cent(place.middle),
        x=_per_cent(place.start),
        width=_per_cent(place.length),
        top=_pixels(_down(spread.greatest, scale)),
        bottom=_pixels(_down(spread.least, scale)),
        upper=_pixels(upper),
        box_height=_pixels(box_height),
        median=_pixels(_down(spread.median, scale)),
    )


def _down(duration: timedelta, scale: Sequence[timedelta]) -> float:
    return geometry.height_of(duration, least=scale[0], greatest=scale[-1], base=BASE, height=HIGHEST)


def _per_cent(share: float) -> str:
    return f"{share:.2f}%"


def _pixels(length: float) -> str:
    return f"{length:.1f}"

"""What every figure has: a sentence, a picture with its keys, the table behind it, the way to its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from stories.admin.glance.asked import Asked
from stories.text.csv_file import Cell as CsvCell

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is for people; `value`, where there is one, for a spreadsheet; `address` leads to what it counts."""

    text: Words
    value: CsvCell = None
    address: str = ""
    is_number: bool = False

    @property
    def for_a_spreadsheet(self) -> CsvCell:
        return str(self.text) if self.value is None else self.value


@dataclass(frozen=True, slots=True)
class Key:
    """One kind of mark: what it stands for, how often, and where those are."""

    kind: str
    label: Words
    count: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class PlottedWeek:
    """`middle` is where it stands across; `told` is what its marks say, in words."""

    middle: str
    day: str
    told: str
    marks: Any


@dataclass(frozen=True, slots=True)
class Plot:
    """What weeks in a row have for a frame; `lines` are those of the scale, with what each stands for."""

    left: str
    height: int
    base: int
    lines: Sequence[tuple[str, str]]
    weeks: Sequence[PlottedWeek]


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as one person sees it. `drawing` is None where there is nothing to draw; `empty` says why, and what
    to do about it. `address` leads to the rows, where the person may open their list.
    """

    summary: Words
    head: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    drawing: Any
    keys: Sequence[Key]
    empty: Words
    address: str
    address_label: Words
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Figure:
    """`show` returns None to whom nothing of it may be shown. `period` says how far it goes back."""

    name: str
    title: Words
    period: Words
    template: str
    show: Callable[[Asked], Shown | None]


def number(count: int, address: str = "") -> Cell:
    """A count, which leads to what it counts where there is any."""
    return Cell(f"{count:,}", count, address if count else "", is_number=True)

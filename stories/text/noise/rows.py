"""Whether two rows of labels say the same but for what changes by itself: counts, ages, clocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stories.text.noise.volatile import dateline, hour_of_near_day, masked, tells_age

_LONGEST = 200
_MARK = re.compile("[|·•∙]")


@dataclass(frozen=True, slots=True)
class Row:
    """What stays in a row of labels, with and without its days, and whether it tells an age."""

    told: tuple[str, ...]
    undated: tuple[str, ...]
    is_aged: bool

    def says_the_same_as(self, other: Row) -> bool:
        """Constant. A day may become an age."""
        return self.told == other.told if self.is_aged == other.is_aged else self.undated == other.undated


def row_of(labels: Sequence[str]) -> Row:
    """Linear.

    >>> row_of(["Lee", "2 hours ago", "4 comments"]).says_the_same_as(row_of(["Lee", "5 hours ago", "9 comments"]))
    True
    >>> row_of(["Lee", "4 March"]).says_the_same_as(row_of(["Lee", "5 March"]))
    False
    """
    # In a row with what it is the hour of, an hour of today may be when that begins.
    said = [(label, hour_of_near_day(label) or masked(label)) for label in labels]
    staying = [(label, told) for label, told in said if told != "~"]
    return Row(
        tuple(told for _, told in staying),
        tuple(told for label, told in staying if dateline(label) != "~"),
        any(map(tells_age, labels)),
    )


def parted(line: str) -> tuple[str, ...]:
    """The labels of a line that are parted by a mark between them; none where there is no such mark. Linear.

    >>> parted("3 min read · 4 March"), parted("4 March")
    (('3 min read', '4 March'), ())
    """
    labels = _MARK.split(line) if len(line) <= _LONGEST else []
    return tuple(label.strip() for label in labels) if len(labels) > 1 else ()

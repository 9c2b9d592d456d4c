"""Whether two rows of labels say the same but for what changes by itself: counts, ages, clocks."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from stories.text.noise.volatile import dateline, hour_of_near_day, masked, tells_age

_LONGEST = 200
_MARK = re.compile("[|·•∙]")
_DATES = frozenset("~")


def say_the_same(row: Sequence[str], other: Sequence[str]) -> bool:
    """Are the labels alike that stay what they are? A day may become an age. Linear.

    >>> say_the_same(["Ann Lee", "2 hours ago", "4 comments"], ["Ann Lee", "5 hours ago", "9 comments"])
    True
    >>> say_the_same(["Ann Lee", "4 March"], ["Ann Lee", "5 March"])
    False
    """
    is_one_aged = any(map(tells_age, row)) != any(map(tells_age, other))
    dates = _DATES if is_one_aged else ()
    return list(_staying(row, dates)) == list(_staying(other, dates))


def parted(line: str) -> tuple[str, ...]:
    """The labels of a line that are parted by a mark between them; none where there is no such mark. Linear.

    >>> parted("3 min read · 4 March"), parted("4 March")
    (('3 min read', '4 March'), ())
    """
    labels = _MARK.split(line) if len(line) <= _LONGEST else []
    return tuple(label.strip() for label in labels) if len(labels) > 1 else ()


def _staying(row: Sequence[str], dates: Container[str | None]) -> Iterator[str]:
    for label in row:
        # In a row with what it is the hour of, it may be when that begins.
        told = hour_of_near_day(label) or masked(label)
        if told != "~" and dateline(label) not in dates:
            yield told

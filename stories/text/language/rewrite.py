"""A text rewritten run by run, with a way back from every place in the new text to the old one."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

# Of a text without any edit, as most lines of a page are.
_AS_IT_WAS = array("l", [0]), array("l", [0]), array("l", [-1])
# (start, end, replacement) of one run of the text before.
Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The text after some edits; a place inside a replaced run belongs to the whole of that run.

    A replacement as long as its run is taken to be character for character. Memory grows with the other edits
    only, and finding a place takes the logarithm of their number.
    """

    text: str
    made_at: array[int]
    taken_from: array[int]
    # The end of a replaced run in the text before, or -1 where characters were copied.
    taken_to: array[int]

    def with_text(self, text: str) -> Rewrite:
        """The same places with other characters, one for one."""
        return Rewrite(text, self.made_at, self.taken_from, self.taken_to)

    def start_of(self, position: int) -> int:
        """Where the character at `position` begins in the text before."""
        run = bisect_right(self.made_at, position) - 1
        copied = position - self.made_at[run] if self.taken_to[run] < 0 else 0
        return self.taken_from[run] + copied

    def end_of(self, position: int) -> int:
        """Where the character before `position` ends in the text before."""
        if position <= 0:
            return 0
        run = bisect_right(self.made_at, position - 1) - 1
        if self.taken_to[run] >= 0:
            return self.taken_to[run]
        return self.taken_from[run] + position - self.made_at[run]


def rewrite(text: str, edits: Iterable[Edit]) -> Rewrite:
    """Apply `edits`, which must come in order and not overlap.

    Linear.

    `rewrite("a  b", [(1, 3, " ")])` has the text `"a b"`, and its character 2 begins at 3 before.
    """
    edits = iter(edits)
    first = next(edits, None)
    if first is None:
        return Rewrite(text, *_AS_IT_WAS)
    pieces: list[str] = []
    made_at, taken_from, taken_to = array("l", [0]), array("l", [0]), array("l", [-1])
    at = length = 0
    for start, end, replacement in chain((first,), edits):
        pieces += text[at:start], replacement
        length += start - at + len(replacement)
        at = end
        if len(replacement) == end - start:
            continue
        made_at.extend((length - len(replacement), length))
        taken_from.extend((start, end))
        taken_to.extend((end, -1))
    pieces.append(text[at:])
    return Rewrite("".join(pieces), made_at, taken_from, taken_to)

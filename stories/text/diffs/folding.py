"""Fold long stretches of unchanged paragraphs, so that a diff shows what changed and a little around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from stories.text.diffs.block_diff import BlockChange

_FEWEST_FOLDED = 2


@dataclass(frozen=True, slots=True)
class Folded:
    """Unchanged paragraphs that need not be shown."""

    blocks: tuple[BlockChange, ...]

    @property
    def count(self) -> int:
        return len(self.blocks)


def fold(changes: Sequence[BlockChange], *, context: int = 1) -> tuple[BlockChange | Folded, ...]:
    """Unchanged paragraphs become one `Folded`, but for `context` of them beside every change.

    A single paragraph is never folded: the fold would take as much room as the paragraph. Linear.
    """
    if context < 0:
        raise ValueError("context may not be negative")
    near = _near_a_change(changes, context=context)
    return tuple(_folded(changes, near))


def _near_a_change(changes: Sequence[BlockChange], *, context: int) -> set[int]:
    near: set[int] = set()
    for index, change in enumerate(changes):
        if change.kind != "same":
            near.update(range(max(0, index - context), min(len(changes), index + context + 1)))
    return near


def _folded(changes: Sequence[BlockChange], near: set[int]) -> Iterator[BlockChange | Folded]:
    for is_near, indexes in groupby(range(len(changes)), key=near.__contains__):
        blocks = tuple(changes[index] for index in indexes)
        if is_near or len(blocks) < _FEWEST_FOLDED:
            yield from blocks
        else:
            yield Folded(blocks)

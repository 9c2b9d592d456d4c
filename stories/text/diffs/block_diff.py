"""Two texts in paragraphs → which paragraphs changed, appeared, went or moved, and the words inside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from stories.text.changes import WordChange
from stories.text.diffs.pairing import paired_blocks, pairs_in_place
from stories.text.diffs.runs import Budget
from stories.text.diffs.word_diff import diff_words

Kind = Literal["same", "added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class BlockChange:
    """What became of one paragraph. A moved one may also be reworded: then `changes` says how.

    `before` and `before_index` are None for what was added, `after` and `after_index` for what was removed.
    """

    kind: Kind
    before: str | None
    after: str | None
    changes: tuple[WordChange, ...]
    before_index: int | None
    after_index: int | None

    @property
    def is_reworded(self) -> bool:
        return self.before is not None and self.after is not None and self.before != self.after


def diff_blocks(before: Sequence[str], after: Sequence[str]) -> tuple[BlockChange, ...]:
    """What changed between two texts given as paragraphs, in the order in which a reader meets it now.

    Every block of either side comes exactly once: sorted by `before_index` the blocks are those of `before`, by
    `after_index` those of `after`. A moved block stands where it is now; removed ones stand in front of what was
    added in their place.

    The work is bounded as in `diff_words`, for all paragraphs together; beyond the bound more reads as replaced.

    >>> [change.kind for change in diff_blocks(["One.", "Two."], ["Two.", "Three."])]
    ['removed', 'same', 'added']
    """
    budget = Budget()
    pairs = paired_blocks(before, after, budget=budget)
    in_place = pairs_in_place(pairs, weights=[len(after[new]) for _, new in pairs])
    old_of = {new: old for old, new in pairs}
    gone = sorted(set(range(len(before))) - {old for old, _ in pairs})
    return tuple(_in_reading_order(before, after, old_of, in_place, gone, budget=budget))


def _in_reading_order(
    before: Sequence[str],
    after: Sequence[str],
    old_of: dict[int, int],
    in_place: set[tuple[int, int]],
    gone: Sequence[int],
    *,
    budget: Budget,
) -> Iterator[BlockChange]:
    removed = iter([*gone, len(before)])
    next_removed = next(removed)
    held: list[BlockChange] = []
    for new, text in enumerate(after):
        old = old_of.get(new)
        if old is None:
            held.append(BlockChange("added", None, text, _whole("insert", text), None, new))
            continue
        stays = (old, new) in in_place
        change = _paired(before[old], text, old, new, stays=stays, budget=budget)
        if not stays:
            held.append(change)
            continue
        while next_removed < old:
            yield _removed(before, next_removed)
            next_removed = next(removed)
        yield from held
        held = []
        yield change
    while next_removed < len(before):
        yield _removed(before, next_removed)
        next_removed = next(removed)
    yield from held


def _paired(before: str, after: str, old: int, new: int, *, stays: bool, budget: Budget) -> BlockChange:
    kind: Kind = "moved"
    if stays:
        kind = "same" if before == after else "changed"
    return BlockChange(kind, before, after, diff_words(before, after, budget=budget), old, new)


def _removed(before: Sequence[str], old: int) -> BlockChange:
    return BlockChange("removed", before[old], None, _whole("delete", before[old]), old, None)


def _whole(operation: Literal["insert", "delete"], text: str) -> tuple[WordChange, ...]:
    return (WordChange(operation, text),) if text else ()

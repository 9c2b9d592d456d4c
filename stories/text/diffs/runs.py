"""Find what two sequences have in common, in order, within a bound on the work.

Short sequences get a longest common subsequence (bit-parallel, Hyyrö 2004, as in rapidfuzz). What is too long
for that is first cut at items that occur exactly once on either side (the anchors of Cohen's patience diff).
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import count
from typing import NamedTuple

from rapidfuzz.distance import Indel

from stories.text.diffs.tokens import Tokens, split_tokens

# A cell is one item of one side against one of the other: an eighth of a byte and a third of a nanosecond.
MOST_CELLS = 200_000_000
MOST_CHARACTERS = 300_000


class Run(NamedTuple):
    """`size` items from `before` on the one side equal those from `after` on the other."""

    before: int
    after: int
    size: int


class Budget:
    """What one diff may still spend: characters cut into words, and cells compared; no text is cut twice."""

    def __init__(self, *, cells: int = MOST_CELLS, characters: int = MOST_CHARACTERS) -> None:
        self._cells = cells
        self._characters = characters
        self._tokens: dict[str, Tokens] = {}

    def affords_cells(self, cells: int) -> bool:
        if cells > self._cells:
            return False
        self._cells -= cells
        return True

    def affords_words(self, *texts: str) -> bool:
        characters = sum(map(len, texts))
        if characters > self._characters:
            return False
        self._characters -= characters
        return True

    def tokens_of(self, text: str) -> Tokens:
        found = self._tokens.get(text)
        if found is None:
            found = self._tokens[text] = split_tokens(text)
        return found


def common_runs(before: Sequence[Hashable], after: Sequence[Hashable], *, budget: Budget) -> list[Run]:
    """Runs of equal items in rising order on both sides; the longest total the budget allows.

    >>> common_runs("abcd", "abxd", budget=Budget())
    [Run(before=0, after=0, size=2), Run(before=3, after=3, size=1)]
    """
    start = _common_prefix(before, after)
    end = _common_suffix(before[start:], after[start:])
    middle = _middle_runs(before[start : len(before) - end], after[start : len(after) - end], budget=budget)
    runs = [Run(0, 0, start)]
    runs += [Run(run.before + start, run.after + start, run.size) for run in middle]
    runs.append(Run(len(before) - end, len(after) - end, end))
    return joined(runs)


def joined(runs: Sequence[Run]) -> list[Run]:
    """The same runs without empty ones, neighbours that touch made one. Linear."""
    result: list[Run] = []
    for run in runs:
        if not run.size:
            continue
        last = result[-1] if result else None
        if last and last.before + last.size == run.before and last.after + last.size == run.after:
            result[-1] = Run(last.before, last.after, last.size + run.size)
        else:
            result.append(run)
    return result


def gaps_between(
    runs: Sequence[Run], *, before_length: int, after_length: int
) -> list[tuple[int, int, int, int]]:
    """What lies between the runs, as (before start, before end, after start, after end); never empty on both.

    Linear.
    """
    gaps = []
    before = after = 0
    for run in (*runs, Run(before_length, after_length, 0)):
        if run.before > before or run.after > after:
            gaps.append((before, run.before, after, run.after))
        before, after = run.before + run.size, run.after + run.size
    return gaps


def _common_prefix(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    shortest = min(len(before), len(after))
    return next((index for index in range(shortest) if before[index] != after[index]), shortest)


def _common_suffix(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    shortest = min(len(before), len(after))
    return next((index for index in range(shortest) if before[-1 - index] != after[-1 - index]), shortest)


def _middle_runs(before: Sequence[Hashable], after: Sequence[Hashable], *, budget: Budget) -> list[Run]:
    if not before or not after:
        return []
    if budget.affords_cells(len(before) * len(after)):
        return _longest_runs(before, after)
    anchors = _anchors(before, after)
    if not anchors:
        return []
    runs = list(anchors)
    for start, end, after_start, after_end in gaps_between(
        anchors, before_length=len(before), after_length=len(after)
    ):
        old, new = before[start:end], after[after_start:after_end]
        if old and new and budget.affords_cells(len(old) * len(new)):
            runs += [
                Run(run.before + start, run.after + after_start, run.size) for run in _longest_runs(old, new)
            ]
    return sorted(runs, key=lambda run: run.before)


def _longest_runs(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Run]:
    # Numbers instead of items: rapidfuzz would compare hashes alone, and two items may share one.
    numbers: defaultdict[Hashable, int] = defaultdict(count().__next__)
    old = [numbers[item] for item in before]
    new = [numbers[item] for item in after]
    blocks = Indel.opcodes(old, new).as_matching_blocks()
    return [Run(block.a, block.b, block.size) for block in blocks if block.size]


def _anchors(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Run]:
    """The longest rising series of items that occur once on either side."""
    once_before = {item for item, times in Counter(before).items() if times == 1}
    once_after = {item for item, times in Counter(after).items() if times == 1}
    place = {item: index for index, item in enumerate(after) if item in once_after and item in once_before}
    pairs = [(index, place[item]) for index, item in enumerate(before) if item in place]
    return joined([Run(old, new, 1) for old, new in _rising(pairs)])


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence whose second numbers rise (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        previous.append(ends[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        ends[pile : pile + 1] = [number]
    chain = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = previous[number]
    return chain[::-1]

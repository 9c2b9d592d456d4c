"""Say which block of one text became which block of the other: kept in place, reworded or moved."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from rapidfuzz.distance import Indel

from stories.text.diffs.runs import Budget, common_runs, gaps_between
from stories.text.diffs.tokens import is_word

_REWORDED_FROM = 0.5
_MOVED_AND_REWORDED_FROM = 0.65
_SHORTEST_MOVE_WORDS = 8
_MOST_PAIRS_COMPARED = 20_000
_SMALL_GAP_PAIRS = 64
_LONGEST_COMPARED = 10_000
_MOST_CHARACTERS_COMPARED = 1_000_000
_RARE_WORD_BLOCKS = 4

Pair = tuple[int, int]
Words = Mapping[int, tuple[str, ...]]


def paired_blocks(before: Sequence[str], after: Sequence[str], *, budget: Budget) -> list[Pair]:
    """Indexes of blocks that belong together, in the order of `before`; the rest was removed or added.

    Equal blocks pair first, in order, then equal ones that moved, then those that share most of their words. At
    most 20,000 pairs are compared for likeness, by their first 10,000 characters (fewer where blocks are many: a
    million in all) and within `budget`. Bounded by `budget`.
    """
    runs = common_runs(before, after, budget=budget)
    pairs = [(run.before + step, run.after + step) for run in runs for step in range(run.size)]
    pairs += _moved_unchanged(before, after, pairs)
    gaps = gaps_between(runs, before_length=len(before), after_length=len(after))
    pairs += _reworded(before, after, pairs, gaps, budget=budget)
    return sorted(pairs)


def pairs_in_place(pairs: Sequence[Pair], *, weights: Sequence[int]) -> set[Pair]:
    """Of pairs in the order of `before`, the most that are also in the order of `after`; the others moved.

    Where two choices keep equally many, the one with more text (`weights`, one a pair) stays in place.

    Their number times its logarithm.
    """
    whole = sum(weights) + 1
    ends: list[int] = []
    totals: list[int] = []
    chosen: list[int] = []
    previous: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        previous.append(chosen[at - 1] if at else -1)
        total = whole + weights[number] + (totals[at - 1] if at else 0)
        upto = at
        while upto < len(ends) and totals[upto] <= total:
            upto += 1
        ends[at:upto], totals[at:upto], chosen[at:upto] = [place], [total], [number]
    kept = set()
    number = chosen[-1] if chosen else -1
    while number >= 0:
        kept.add(pairs[number])
        number = previous[number]
    return kept


def _moved_unchanged(before: Sequence[str], after: Sequence[str], pairs: Iterable[Pair]) -> Iterator[Pair]:
    old, new = _unpaired(before, after, pairs)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index in reversed(new):
        places[after[index]].append(index)
    for index in old:
        if places.get(before[index]):
            yield index, places[before[index]].pop()


def _reworded(
    before: Sequence[str],
    after: Sequence[str],
    pairs: Iterable[Pair],
    gaps: Iterable[tuple[int, int, int, int]],
    *,
    budget: Budget,
) -> Iterator[Pair]:
    """The likest first, one partner each."""
    old, new = _unpaired(before, after, pairs)
    longest = min(_LONGEST_COMPARED, _MOST_CHARACTERS_COMPARED // max(1, len(old) + len(new)))
    old_words = {index: budget.tokens_of(before[index][:longest]).words for index in old}
    new_words = {index: budget.tokens_of(after[index][:longest]).words for index in new}
    long_enough = {
        side: {index for index, words in texts.items() if _may_move(words)}
        for side, texts in (("old", old_words), ("new", new_words))
    }
    neighbours = set(_same_gap(old_words, new_words, gaps))
    found = []
    for index, place in _candidates(old_words, new_words, neighbours):
        words, other = old_words[index], new_words[place]
        in_place = (index, place) in neighbours
        least = _REWORDED_FROM if in_place else _MOVED_AND_REWORDED_FROM
        if not in_place and not (index in long_enough["old"] and place in long_enough["new"]):
            continue
        if not budget.affords_cells(len(words) * len(other)):
            continue
        likeness = Indel.normalized_similarity(words, other, score_cutoff=least)
        if likeness >= least:
            found.append((-likeness, not in_place, abs(index - place), index, place))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for *_, index, place in sorted(found):
        if index in taken_old or place in taken_new:
            continue
        taken_old.add(index)
        taken_new.add(place)
        yield index, place


def _may_move(words: Iterable[str]) -> bool:
    return len(list(islice(filter(is_word, words), _SHORTEST_MOVE_WORDS))) == _SHORTEST_MOVE_WORDS


def _unpaired(
    before: Sequence[str], after: Sequence[str], pairs: Iterable[Pair]
) -> tuple[list[int], list[int]]:
    pairs = list(pairs)
    old, new = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    return (
        [index for index in range(len(before)) if index not in old],
        [index for index in range(len(after)) if index not in new],
    )


def _same_gap(
    old_words: Words, new_words: Words, gaps: Iterable[tuple[int, int, int, int]]
) -> Iterator[Pair]:
    """Pairs that stand between the same two unchanged blocks; only gaps small enough to compare in full."""
    for start, end, after_start, after_end in gaps:
        if (end - start) * (after_end - after_start) > _SMALL_GAP_PAIRS:
            continue
        for index in range(start, end):
            for place in range(after_start, after_end):
                if index in old_words and place in new_words:
                    yield index, place


def _candidates(old_words: Words, new_words: Words, neighbours: set[Pair]) -> list[Pair]:
    """Neighbours, then blocks that share a word which few blocks have; the most shared words first."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, words in new_words.items():
        for word in set(words):
            holders[word].append(place)
    shared: Counter[Pair] = Counter()
    for index, words in old_words.items():
        for word in set(words):
            places = holders.get(word, ())
            if len(places) <= _RARE_WORD_BLOCKS:
                shared.update((index, place) for place in places)
    others = [pair for pair, _ in shared.most_common(_MOST_PAIRS_COMPARED) if pair not in neighbours]
    return [*sorted(neighbours), *others][:_MOST_PAIRS_COMPARED]

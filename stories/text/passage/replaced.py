"""What has taken a passage's place, as what stood before and after it tells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from stories.text.language.words import words_of
from stories.text.normalise import Normalised
from stories.text.passage.context import LEAST_CONTEXT, Context, between, lowered, sides_meet
from stories.text.passage.nearest import Altered, nearness

_LEAST_BETWEEN = 0.3
_LEAST_BESIDE = 0.5
_SHORT_PASSAGE = 4
_MOST_PUT_IN = 2
# One side of a single word has to be longer than a word or two itself.
_LEAST_BESIDE_A_WORD = 12


def replaced(document: Normalised, passage: str, context: Context) -> Altered | None:
    """What stands in the place of `passage` now, if it can have taken it.

    Between both sides that may be anything as short; where only one is told, or still stands, half of the words must
    be kept next to it, or it is one word for another. Where both sides meet now, nothing has. Bounded as `between`;
    linear in the length of the document.
    """
    return _between(document, passage, context) or _beside(document, passage, context)


def edited(document: Normalised, passage: str, context: Context) -> Altered | None:
    """The same where the passage stands elsewhere too: then one side alone tells nothing of a single word.

    Bounded as that.
    """
    found = _between(document, passage, context)
    return found or (_beside(document, passage, context) if len(words_of(passage)) > 1 else None)


def _between(document: Normalised, passage: str, context: Context) -> Altered | None:
    span = between(document, context, longest=3 * len(passage) + 100)
    if span is None:
        return None
    wording = document.source[slice(*span)]
    similarity, size = nearness(passage, wording)
    is_short = size <= _SHORT_PASSAGE
    return Altered(*span, wording, similarity) if similarity >= _LEAST_BETWEEN or is_short else None


def _beside(document: Normalised, passage: str, context: Context) -> Altered | None:
    """The words next to the one place where a side of the context stands that are nearest to the passage."""
    if sides_meet(document, context):
        return None
    size = len(words_of(passage))
    found = [
        _measured(document, passage, first, last)
        for first, last in _windows(document, context, size)
        if last - first <= size + _MOST_PUT_IN
    ]
    best = max(found, key=lambda it: it.similarity, default=None)
    if best is None or not (size == 1 or best.similarity >= _LEAST_BESIDE):
        return None
    return best


def _measured(document: Normalised, passage: str, first: int, last: int) -> Altered:
    span = document.plain_span(document.words.starts[first], document.words.ends[last - 1])
    wording = document.source[slice(*span)]
    return Altered(*span, wording, nearness(passage, wording)[0])


def _windows(document: Normalised, context: Context, size: int) -> Iterator[tuple[int, int]]:
    """The words that begin behind the side before, or end ahead of the one after; those of the same size first."""
    words = document.words
    sizes = sorted(range(max(1, size - 1), size + _MOST_PUT_IN + 1), key=lambda it: abs(it - size))
    behind = _only_place(document, context.before, size)
    if behind is not None:
        first = bisect_left(words.starts, behind + len(context.before))
        yield from ((first, first + it) for it in sizes if first + it <= len(words))
    ahead = _only_place(document, context.after, size)
    if ahead is not None:
        last = bisect_right(words.ends, ahead)
        yield from ((last - it, last) for it in sizes if last - it >= 0)


def _only_place(document: Normalised, side: str, size: int) -> int | None:
    text = lowered(document.plain)
    if len(side) < (LEAST_CONTEXT if size > 1 else _LEAST_BESIDE_A_WORD):
        return None
    at = text.find(side)
    return at if at >= 0 and text.find(side, at + 1) < 0 else None

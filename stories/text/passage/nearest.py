"""Where a passage that no longer stands word for word was altered, and what the document says instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from rapidfuzz.distance import Levenshtein

from stories.text.language.spellings import spellings
from stories.text.language.words import words_of
from stories.text.normalise import Normalised, normalise
from stories.text.passage.alignment import LEAST_SIMILARITY, Window, nearest_windows
from stories.text.passage.context import Context, likeness
from stories.text.passage.edges import edges_of_part, wording_span
from stories.text.passage.printed import CLOSING
from stories.text.passage.quoting import Quotation

_MOST_PARTS = 12
_LEAST_PART = 5
_NEARLY_AS_NEAR = 0.2
_NEARLY_WHOLE = 0.9
#: What stands between the parts of a passage is shown up to so many characters.
MOST_LEFT_OUT = 400


@dataclass(frozen=True, slots=True)
class Altered:
    """The words of the document that a passage became, and how near they are: 1 − edits ÷ the longer's words."""

    start: int
    end: int
    wording: str
    similarity: float


def nearest(document: Normalised, quotation: Quotation) -> Iterator[Altered]:
    """The places that come nearest to the quotation, the nearest first; none if none keeps 60 % of its words.

    At most 12 parts between ellipses are looked for, each with the bounds of `nearest_windows`; a passage in one part
    is looked for with what stands in its brackets, too.
    """
    if len(quotation.parts) > 1:
        yield from _nearest_in_parts(document, quotation.parts[:_MOST_PARTS])
        return
    readings = [
        reading
        for part in (quotation.with_brackets, *quotation.parts)
        if part and (reading := _nearest_reading(document, part))
    ]
    if not readings:
        return
    part, keys, windows = max(readings, key=lambda reading: reading[2][0].similarity)
    for _, alike in groupby(windows, key=lambda window: (window.edits, window.similarity)):
        told = [_told(document, window, keys, part) for window in alike]
        # Of places as near, the one whose sentences say the least beyond the passage.
        yield from sorted(told, key=lambda it: len(it.wording))


def _nearest_reading(document: Normalised, part: str) -> tuple[str, list[str], Sequence[Window]] | None:
    """The part, its words in the first spelling that the document comes near, and where it does."""
    for spelling in spellings(part):
        keys = _keys(spelling)
        if windows := nearest_windows(keys, document.words):
            return part, keys, windows
    return None


def nearest_in_context(document: Normalised, quotation: Quotation, context: Context) -> Altered | None:
    """The nearest altered window; among those nearly as near, the one whose surroundings were told.

    Bounded as `nearest` and, for each window, as `likeness`.
    """
    found = nearest(document, quotation)
    if not context.is_told:
        return next(found, None)
    candidates = list(found)
    near_enough = [it for it in candidates if it.similarity >= candidates[0].similarity - _NEARLY_AS_NEAR]
    weighed = [(it.similarity + likeness(document, it.start, it.end, context) / 2, it) for it in near_enough]
    return max(weighed, key=itemgetter(0))[1] if weighed else None


def nearness(passage: str, wording: str) -> tuple[float, int]:
    """The similarity of two texts by words, and the number of words of the first.

    Bounded as the product of both lengths in words over 64.
    """
    keys, others = _keys(passage), _keys(wording)
    longer = max(len(keys), len(others), 1)
    return 1 - Levenshtein.distance(keys, others) / longer, len(keys)


def _keys(part: str) -> list[str]:
    return words_of(normalise(part).plain).keys


def _told(document: Normalised, window: Window, keys: list[str], part: str) -> Altered:
    start, end = wording_span(document, window, keys, part)
    return Altered(start, end, document.source[start:end], window.similarity)


def _nearest_in_parts(document: Normalised, parts: tuple[str, ...]) -> Iterator[Altered]:
    """Where the parts stand in one piece with what the ellipses leave out; else each part by itself.

    Of the parts all edits together count. Where the passage comes as near in one piece, nothing was left out: the
    ellipsis is the document's own.
    """
    found: list[_PartFound] = []
    edits = longer = 0
    for part in parts:
        keys = _keys(part)
        window = _window_behind(found, nearest_windows(keys, document.words))
        if window is None:
            edits, longer = edits + len(keys), longer + len(keys)
            continue
        found.append(_PartFound(part, keys, window))
        edits += window.edits
        longer += max(len(keys), window.end - window.start)
    whole = " ".join(parts)
    all_keys = _keys(whole)
    in_one = [
        window
        for window in nearest_windows(all_keys, document.words)
        if window.edits <= edits or all(_is_within(it.window, window) for it in found)
    ]
    if in_one:
        yield from (_told(document, window, all_keys, whole) for window in in_one)
        return
    keeps_a_part = any(it.window.similarity >= _NEARLY_WHOLE and len(it.keys) >= _LEAST_PART for it in found)
    similarity = 1 - edits / longer if longer else 0.0
    if found and (similarity >= LEAST_SIMILARITY or keeps_a_part):
        yield _told_in_parts(document, found, parts, similarity)


@dataclass(frozen=True, slots=True)
class _PartFound:
    part: str
    keys: list[str]
    window: Window


def _is_within(part: Window, whole: Window) -> bool:
    return part.start < whole.end and whole.start < part.end


def _window_behind(found: Sequence[_PartFound], windows: Sequence[Window]) -> Window | None:
    """Of the windows with the fewest edits the first behind the part before, if one is."""
    behind = found[-1].window.end if found else 0
    nearest_ones = [window for window in windows if window.edits == windows[0].edits]
    return min(nearest_ones, key=lambda window: (window.start < behind, window.start), default=None)


def _told_in_parts(
    document: Normalised, found: Sequence[_PartFound], parts: tuple[str, ...], similarity: float
) -> Altered:
    spans = [edges_of_part(document, it.window, it.keys, it.part) for it in found]
    start, end = spans[-1]
    if parts[-1].rstrip(CLOSING + " ")[-1:] == document.source[end : end + 1] != "":
        spans[-1] = start, end + 1
    start, end = min(start for start, _ in spans), max(end for _, end in spans)
    if similarity == 1 and spans == sorted(spans) and end - start <= sum(map(len, parts)) + MOST_LEFT_OUT:
        # All parts stand there: what the ellipses leave out is what alters them.
        return Altered(start, end, document.source[start:end], similarity)
    wording = " … ".join(document.source[start:end] for start, end in spans)
    return Altered(start, end, wording, similarity)

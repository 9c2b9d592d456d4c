"""What a passage of several sentences became: they stand apart now, in another order, or some no longer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from stories.text.language.boundaries import SENTENCE_MARKS, begins_sentence, sentence_around
from stories.text.language.words import words_of
from stories.text.normalise import Normalised, normalise
from stories.text.passage.nearest import MOST_LEFT_OUT, Altered, nearness

_MOST_SENTENCES = 12
# A shorter one stands on many pages.
_LEAST_WORDS = 3
_BUT_FOR_A_FEW_WORDS = 0.9
_Place = tuple[int, int]
_PlacesOf = Callable[[str], Sequence[_Place]]


@dataclass(frozen=True, slots=True)
class Kept:
    """The sentences that stand word for word, as the document has them, and their share of the passage's words."""

    altered: Altered
    share: float
    are_close: bool
    are_in_order: bool

    def tells_more_than(self, nearby: Altered | None) -> bool:
        """Do all stand near each other, in their order, or in another while no place has all but a few words?"""
        if self.share < 1 or not self.are_close:
            return False
        return self.are_in_order or nearby is None or nearby.similarity < _BUT_FOR_A_FEW_WORDS


def sentences_kept(document: Normalised, passage: str, *, places_of: _PlacesOf) -> Kept | None:
    """Those of a passage of two to twelve sentences, none shorter than three words; None if it is no such passage.

    Shown with what stands between them now, unless that is long. `places_of` tells where in the document a sentence
    stands; bounded as that for each.
    """
    told = list(islice(_sentences(passage), _MOST_SENTENCES + 1))
    sizes = [len(words_of(normalise(sentence).plain)) for sentence in told]
    if not 2 <= len(told) <= _MOST_SENTENCES or min(sizes) < _LEAST_WORDS:
        return None
    spans, kept = list[_Place](), 0
    for number, (sentence, size) in enumerate(zip(told, sizes, strict=True)):
        places = [_with_its_mark(document.source, *place) for place in places_of(sentence)]
        # What goes on with the sentence before, behind an “and”, is none any longer.
        whole = [place for place in places if not number or begins_sentence(document.source, place[0])]
        span = _place_behind(spans, whole)
        if span is not None:
            spans.append(span)
            kept += size
    if not spans:
        return None
    in_order = sorted(spans)
    start, end = in_order[0][0], max(end for _, end in spans)
    are_close = end - start <= sum(end - start for start, end in spans) + MOST_LEFT_OUT
    shown = [(start, end)] if are_close else in_order
    wording = " … ".join(document.source[start:end] for start, end in shown)
    altered = Altered(start, end, wording, nearness(passage, wording)[0])
    return Kept(altered, kept / sum(sizes), are_close, in_order == spans)


def _sentences(passage: str) -> Iterator[str]:
    at = 0
    while at < len(passage):
        _, end = sentence_around(passage, at, at + 1)
        if sentence := passage[at:end].strip():
            yield sentence
        at = end


def _with_its_mark(text: str, start: int, end: int) -> _Place:
    return start, end + 1 if text[end : end + 1] in tuple(SENTENCE_MARKS) else end


def _place_behind(spans: Sequence[_Place], places: Sequence[_Place]) -> _Place | None:
    """Of the places of a sentence the first behind the sentence before, if there is one."""
    behind = spans[-1][1] if spans else 0
    return min(places, key=lambda place: (place[0] < behind, place[0]), default=None)

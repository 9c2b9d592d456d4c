"""The nearest altered window: where the words of a passage stand with the fewest words put in, left out or replaced.

Candidates come from the passage's rarest words in the document, then Myers' bit-vector search (1999), in the form of
Hyyrö (2003), counts the edits in each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stories.text.language.words import Words

LEAST_SIMILARITY = 0.6
_MOST_REGIONS = 12
_MOST_WORDS_SEARCHED = 60_000
_MOST_PLACES = 2_000
_MOST_ENDS = 4
# Windows with this share of edits more than the best are kept, for the context to choose from.
_SLACK = 0.2
_RARE_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start` to `end` of a document, and how many edits of words lead there.

    The similarity is 1 − edits ÷ the longer's words, reckoned by the shortest of the windows with as few edits, or by
    the one in which words were only put in.
    """

    start: int
    end: int
    edits: int
    similarity: float

    def is_cut_out_of(self, other: Window) -> bool:
        """Is it a part of another one that is as near, as where the edge of a region cut it off?"""
        is_inside = other.start <= self.start and self.end <= other.end
        return is_inside and self != other and other.edits == self.edits


def nearest_windows(keys: Sequence[str], words: Words, *, least: float = LEAST_SIMILARITY) -> list[Window]:
    """The windows of `words` nearest to `keys`, one for each region, fewest edits first; none below `least`.

    Complete for `least`: a window keeps at least that share of the passage's words, so the rarest words find it.
    The work is bounded: at most 12 regions and 60,000 words are searched.
    """
    masks = _masks(keys)
    found: list[_Nearby] = []
    fewest, slack, budget = len(keys), len(keys) * _SLACK, _MOST_WORDS_SEARCHED
    for region in _regions(keys, words, least):
        if budget <= 0 or region.least_edits > fewest + slack:
            break
        high = min(region.high, region.low + budget)
        budget -= high - region.low
        searched = words.keys[region.low : high]
        distances = list(_distances(len(keys), masks, searched, cost_of_word_before=0))
        nearby = _Nearby(region.low, min(distances), distances)
        found.append(nearby)
        fewest = min(fewest, nearby.edits)
    windows = [_window(keys, words, nearby) for nearby in found if nearby.edits <= fewest + slack]
    near = {window for window in windows if window.similarity >= least}
    whole = [window for window in near if not any(window.is_cut_out_of(other) for other in near)]
    return sorted(whole, key=lambda window: (window.edits, -window.similarity, window.start))


@dataclass(frozen=True, slots=True)
class _Region:
    low: int
    high: int
    # No window in the region can do with fewer.
    least_edits: int


@dataclass(frozen=True, slots=True)
class _Nearby:
    """The fewest edits in a region, and for each of its words the edits of the best window that ends there."""

    low: int
    edits: int
    distances: list[int]


def _regions(keys: Sequence[str], words: Words, least: float) -> list[_Region]:
    """Spans of words in which enough of the passage's rarest words stand together, most promising first."""
    wanted = Counter(keys)
    reach = int(len(keys) / least) + 2
    rarest, slots = set[str](), 0
    for key in sorted(wanted, key=words.counts.__getitem__):
        rarest.add(key)
        slots += wanted[key]
        if slots >= _RARE_SHARE * len(keys):
            break
    found: defaultdict[int, set[str]] = defaultdict(set)
    met = Counter[str]()
    for place, key in words.places_of(rarest):
        met[key] += 1
        if met[key] <= _MOST_PLACES:
            bucket = place // reach
            found[bucket].add(key)
            found[bucket - 1].add(key)
    needed = max(1, slots - (1 - least) * len(keys))
    weights = [(sum(wanted[key] for key in keys_met), -bucket) for bucket, keys_met in found.items()]
    return [
        _Region(max(0, -bucket * reach), min(len(words), (2 - bucket) * reach), slots - weight)
        for weight, bucket in sorted(weights, reverse=True)[:_MOST_REGIONS]
        if weight >= needed
    ]


def _window(keys: Sequence[str], words: Words, nearby: _Nearby) -> Window:
    """Of the windows with the fewest edits the longest: it has the words that took the place of the outermost ones."""
    ends = [nearby.low + n for n, edits in enumerate(nearby.distances, 1) if edits == nearby.edits]
    backwards = _masks(reversed(keys))
    spans, shortest = [(nearby.low, nearby.low)], len(words)
    for end in dict.fromkeys(ends[: _MOST_ENDS - 1] + ends[-1:]):
        before = words.keys[max(nearby.low, end - len(keys) - nearby.edits) : end][::-1]
        distances = _distances(len(keys), backwards, before, cost_of_word_before=1)
        lengths = [length for length, edits in enumerate(distances, 1) if edits == nearby.edits]
        if lengths:
            spans.append((end - lengths[-1], end))
            shortest = min(shortest, lengths[0])
    start, end = max(spans, key=lambda span: (span[1] - span[0], -span[0]))
    if end - start == len(keys) + nearby.edits:
        # All words of the passage are there, in their order: what was put between them is no sign of another text.
        shortest = end - start
    similarity = 1 - nearby.edits / max(len(keys), shortest) if end > start else 0.0
    return Window(start, end, nearby.edits, similarity)


def _masks(keys: Iterable[str]) -> dict[str, int]:
    masks: dict[str, int] = {}
    for place, key in enumerate(keys):
        masks[key] = masks.get(key, 0) | 1 << place
    return masks


def _distances(
    size: int, masks: dict[str, int], document: Iterable[str], *, cost_of_word_before: int
) -> Iterable[int]:
    """For each word of the document, the fewest edits of a window that ends with it.

    It may begin anywhere, where a word before it costs nothing, or with the first word, where each costs an edit.
    """
    full, top = (1 << size) - 1, 1 << (size - 1)
    plus, minus, distance = full, 0, size
    for word in document:
        equal = masks.get(word, 0)
        vertical = equal | minus
        horizontal = (((equal & plus) + plus) ^ plus) | equal
        up = minus | ~(horizontal | plus) & full
        down = plus & horizontal
        if up & top:
            distance += 1
        elif down & top:
            distance -= 1
        up = up << 1 | cost_of_word_before
        plus = (down << 1 | ~(vertical | up)) & full
        minus = up & vertical & full
        yield distance

"""Where a passage that no longer stands word for word was altered, and what the document says instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from .alignment import LEAST_SIMILARITY, Window, nearest_windows
from .boundaries import SENTENCE_MARKS, begins_sentence, sentence_around
from .characters import QUOTES
from .normalise import Normalised, normalise
from .quoting import Quotation
from .spellings import spellings
from .words import words_of

_MOST_PARTS = 12
_LEAST_PART = 5
_NEARLY_WHOLE = 0.9
_SHORTEST_SENTENCE = 2
_FEW_WORDS = 3
_LEAST_WIDENING = 12
_MOST_PUT_IN = 2
_SENTENCE_ENDS = tuple(SENTENCE_MARKS)
_OPENING_MARKS = ("¿", "¡")
_CLOSING = QUOTES + "\"'`)]"


@dataclass(frozen=True, slots=True)
class Altered:
    """The words of the document that a passage became, and how near they are: 1 − edits ÷ the longer's words."""

    start: int
    end: int
    wording: str
    similarity: float


def nearest(document: Normalised, quotation: Quotation) -> Iterator[Altered]:
    """The places that come nearest to the quotation, the nearest first; none if none keeps 60 % of its words.

    At most 12 parts between ellipses are looked for, each with the bounds of `nearest_windows`.
    """
    if len(quotation.parts) > 1:
        yield from _nearest_in_parts(document, quotation.parts[:_MOST_PARTS])
        return
    for part in quotation.parts:
        for spelling in spellings(part):
            keys = _keys(spelling)
            windows = nearest_windows(keys, document.words)
            told = (_told(document, window, keys, part) for window in windows)
            yield from (it for it in told if not _is_another_sentence(it.wording, part, keys))
            if windows:
                break


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
    first, last = _without_neighbours(document, window, keys, part)
    start, end = _span(document, first, last)
    start -= document.source[max(0, start - 1) : start] in _OPENING_MARKS
    if _is_sentence(part, keys):
        low, high = _widened_to_sentence(document.source, start, end, len(keys))
        source = document.source
        if not (keys[0] == document.words.keys[first] and begins_sentence(source, start)):
            start = low
        end = end + 1 if _is_closed(document, last, end, keys) else high
    return Altered(start, end, document.source[start:end], window.similarity)


def _span(document: Normalised, first: int, last: int) -> tuple[int, int]:
    """The span of the source from word `first` up to, without it, word `last`."""
    return document.plain_span(document.words.starts[first], document.words.ends[last - 1])


def _without_neighbours(document: Normalised, window: Window, keys: list[str], part: str) -> tuple[int, int]:
    """The window without the words of neighbouring sentences that were only counted as replaced.

    It goes on to the outermost words of the passage, where these stand a little farther off in the same sentence.
    """
    words = document.words
    kept = [
        block
        for block in Levenshtein.opcodes(keys, words.keys[window.start : window.end])
        if block.tag == "equal"
    ]
    if not kept:
        return window.start, window.end
    core_start, core_end = window.start + kept[0].dest_start, window.start + kept[-1].dest_end
    head, tail = kept[0].src_start, kept[-1].src_end
    is_figure = keys[-1].isdigit() and words.keys[window.end - 1].isdigit()
    low, high = _bounds(document, core_start, core_end, is_figure=is_figure)
    first, last = window.start, window.end
    while first < core_start and not _parted(part, head) and _span(document, first, first + 1)[0] < low:
        first += 1
    while last > core_end and not _parted(part, tail) and _span(document, last - 1, last)[1] > high:
        last -= 1
    for place in _places_of(words.keys, keys[:head], core_start - 2 * head - _MOST_PUT_IN, core_start):
        first = min(first, place) if _span(document, place, place + 1)[0] >= low else first
    for place in _places_of(
        words.keys, keys[tail:], core_end, core_end + 2 * (len(keys) - tail) + _MOST_PUT_IN
    ):
        end = place + len(keys) - tail
        last = max(last, end) if _span(document, end - 1, end)[1] <= high else last
    return first, last


def _bounds(document: Normalised, first: int, last: int, *, is_figure: bool) -> tuple[int, int]:
    """Where the sentences of words `first` to `last` begin and end.

    Words that run over several blocks, the cells of a table or the items of a list, do not end with one of them, nor
    where a figure in the next (`is_figure`) has taken the place of a figure.
    """
    text = document.source
    start, end = _span(document, first, last)
    low, high = sentence_around(text, start, end)
    if "\n" not in text[start:end] and not is_figure:
        return low, high
    if text[high - 1] not in _SENTENCE_ENDS:
        high = sentence_around(text, high + 1, min(len(text), high + 2))[1]
    if text[:low].rstrip()[-1:] not in _SENTENCE_ENDS:
        low = sentence_around(text, max(0, low - 2), low)[0]
    return low, high


def _parted(part: str, place: int) -> bool:
    """Does a sentence of the passage end before its word number `place`?"""
    plain = normalise(part).plain
    words = words_of(plain)
    if not 0 < place < len(words):
        return False
    return sentence_around(plain, words.starts[place - 1], words.ends[place - 1])[1] <= words.starts[place]


def _places_of(keys: list[str], run: list[str], low: int, high: int) -> list[int]:
    """Where all of `run` stands between words `low` and `high`."""
    size = len(run)
    places = range(max(0, low), min(high, len(keys)) - size + 1)
    return [place for place in places if run and keys[place : place + size] == run]


def _is_closed(document: Normalised, last: int, end: int, keys: list[str]) -> bool:
    """Does the mark behind the window end its sentence, rather than shorten its last word?"""
    mark = document.source[end : end + 1]
    return mark in _SENTENCE_ENDS and (
        mark != "."
        or keys[-1] == document.words.keys[last - 1]
        or document.source[end + 1 : end + 2] in _CLOSING
    )


def _is_sentence(part: str, keys: list[str]) -> bool:
    """Did the reporter quote a whole sentence: from a capital to the mark that ends it?"""
    bare = part.strip().strip(_CLOSING + "“‘ ")
    first = next((character for character in bare if character.isalnum()), "")
    return (
        len(keys) >= _SHORTEST_SENTENCE
        and not first.islower()
        and part.rstrip(_CLOSING + " \n")[-1:] in _SENTENCE_ENDS
    )


def _is_another_sentence(wording: str, part: str, keys: list[str]) -> bool:
    """Is a sentence of three words at most only met by words inside of one that begins and ends otherwise?

    “She said no.” has not become ““We go,” she said.”
    """
    if len(keys) > _FEW_WORDS or not _is_sentence(part, keys):
        return False
    words = _keys(wording) or [""]
    return words[0] != keys[0] and words[-1] != keys[-1] and not set(keys) <= set(words)


def _widened_to_sentence(text: str, start: int, end: int, size: int) -> tuple[int, int]:
    """The span up to where its sentences begin and end, since a condition put in front of one belongs to it.

    A side is left alone where that would take in more words than the passage has.
    """
    low, high = sentence_around(text, start, end)
    most = max(_LEAST_WIDENING, size)
    if len(text[low:start].split()) <= most:
        start = low
    if len(text[end:high].split()) <= most:
        end = high
    return start, end


def _nearest_in_parts(document: Normalised, parts: tuple[str, ...]) -> list[Altered]:
    """The parts between ellipses are looked for one by one; what counts is all their edits together."""
    found: list[tuple[Window, int]] = []
    edits = longer = 0
    for part in parts:
        keys = _keys(part)
        windows = nearest_windows(keys, document.words)
        if not windows:
            edits, longer = edits + len(keys), longer + len(keys)
            continue
        found.append((windows[0], len(keys)))
        edits += windows[0].edits
        longer += max(len(keys), windows[0].end - windows[0].start)
    keeps_a_part = any(window.similarity >= _NEARLY_WHOLE and size >= _LEAST_PART for window, size in found)
    similarity = 1 - edits / longer if longer else 0.0
    if not found or (similarity < LEAST_SIMILARITY and not keeps_a_part):
        return []
    spans = [_span(document, window.start, window.end) for window, _ in found]
    start, end = spans[-1]
    if parts[-1].rstrip(_CLOSING + " ")[-1:] == document.source[end : end + 1] != "":
        spans[-1] = start, end + 1
    wording = " … ".join(document.source[start:end] for start, end in spans)
    return [Altered(min(start for start, _ in spans), max(end for _, end in spans), wording, similarity)]

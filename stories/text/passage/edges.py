"""Where the wording that a passage became begins and ends: with its sentences, and no word of their neighbours."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein, Opcode

from stories.text.language.boundaries import (
    SENTENCE_MARKS,
    begins_sentence,
    begins_whole,
    ends_whole,
    sentence_around,
)
from stories.text.language.characters import UNSPACED
from stories.text.language.words import words_of
from stories.text.normalise import Normalised, normalise
from stories.text.passage.alignment import Window
from stories.text.passage.printed import CLOSING, begins_as_sentence

_UNSPACED = re.compile(f"[{UNSPACED}]")
_SHORTEST_SENTENCE = 2
_MOST_ENDS = 12
_FARTHEST = 20
_LEAST_WIDENING = 40
_MOST_PUT_IN = 2
_WORDS_REWRITTEN = 2
_SENTENCE_ENDS = tuple(SENTENCE_MARKS)
# A sentence may end with what it leads to.
_ENDS = (*_SENTENCE_ENDS, ":")
_MARKS_WITHOUT_CAPITALS = ("。", "！", "？", "।", "؟")
# Behind the mark that ends what stands in brackets, their sentence goes on.
_BRACKETS_GO_ON = re.compile(r"[)\]][,;:]")
_SPANISH_MARKS = "¿¡"
_OPENING_MARKS = "\"'“‘„‚«‹»›「『([" + _SPANISH_MARKS


def wording_span(document: Normalised, window: Window, keys: list[str], part: str) -> tuple[int, int]:
    """The span of the source that tells what `part` (its words are `keys`) became, of which `window` is the nearest.

    A sentence that was quoted from its beginning, or up to its end, is told from there or up to there; so is one of
    which two words or more at that edge of a fragment were rewritten. Bounded as `nearest_windows` and, for each of
    twelve sentences at most, as `sentence_around`.
    """
    first, last = _words_of_its_own(document, window, keys, part)
    start, end = span_of(document, first, last)
    start = _with_opening_marks(document.source, start, part)
    low, high = _widened_to_sentence(document.source, start, end, len(keys))
    if not begins_whole(document.source, start) or not ends_whole(document.source, end):
        return low, high
    if is_sentence(part, keys):
        is_kept = keys[0] == document.words.keys[first] and begins_sentence(document.source, start)
        return start if is_kept else low, end + 1 if _is_closed(document, last, end, keys) else high
    # One character is half a word where words are written without spaces.
    few = 1 if _UNSPACED.match(keys[0]) or _UNSPACED.match(keys[-1]) else _WORDS_REWRITTEN
    if _rewritten(keys, document.words.keys[first:last]) >= few:
        return low, high
    if _ends_sentence(part):
        return start, end + 1 if _is_closed(document, last, end, keys) else high
    return start, end


def edges_of_part(document: Normalised, window: Window, keys: list[str], part: str) -> tuple[int, int]:
    """The span of the source that tells what a part of a passage beside an ellipsis became. Bounded as that."""
    return span_of(document, *_words_of_its_own(document, window, keys, part))


def _words_of_its_own(document: Normalised, window: Window, keys: list[str], part: str) -> tuple[int, int]:
    first, last = _inside_its_sentences(document, window, keys, part)
    return _without_neighbours(document, first, last, keys, part)


def span_of(document: Normalised, first: int, last: int) -> tuple[int, int]:
    """The span of the source from word `first` up to, without it, word `last`."""
    return document.plain_span(document.words.starts[first], document.words.ends[last - 1])


def _inside_its_sentences(
    document: Normalised, window: Window, keys: list[str], part: str
) -> tuple[int, int]:
    """Of the windows with as few edits, the one that runs over the fewest ends of sentences.

    A word of the next sentence that is counted as replaced is none of this one.
    """
    words, (first, last) = document.words.keys, (window.start, window.end)
    cuts = _begins_of_sentences(document, first, last, part, len(keys))
    for cut in cuts:
        if _is_told_by(keys, words[first:cut], part, window.edits):
            last = cut
    for cut in reversed([cut for cut in cuts if cut < last]):
        if _is_told_by(keys, words[cut:last], part, window.edits):
            first = cut
    return first, last


def _is_told_by(keys: list[str], words: list[str], part: str, edits: int) -> bool:
    if Levenshtein.distance(keys, words) > edits:
        return False
    kept = _kept(keys, words)
    return bool(kept) and not (_parted(part, kept[0].src_start) or _parted(part, kept[-1].src_end))


def _begins_of_sentences(document: Normalised, first: int, last: int, part: str, size: int) -> list[int]:
    """The words between `first` and `last` that begin a sentence behind the mark that ends another, the last first.

    Those that begin a block, too, where a passage of one block has no more words (`size`) than stand on one side.
    """
    text, cuts, end = document.source, list[int](), last
    marks = _ENDS if part.rstrip().endswith(":") else _SENTENCE_ENDS
    start = span_of(document, first, first + 1)[0]
    for _ in range(_MOST_ENDS):
        begin = sentence_around(text, *span_of(document, last - 1, last))[0]
        if begin <= start:
            break
        while span_of(document, last - 1, last)[0] >= begin:
            last -= 1
        is_beside_all = max(last - first, end - last) >= size and "\n" not in part
        if is_beside_all or text[max(0, begin - _FARTHEST) : begin].rstrip(" \n" + CLOSING)[-1:] in marks:
            cuts.append(last)
    return cuts


def _without_neighbours(
    document: Normalised, first: int, last: int, keys: list[str], part: str
) -> tuple[int, int]:
    """The words without those of neighbouring sentences that were only counted as replaced.

    They go on to the outermost words of the passage, where these stand a little farther off in the same sentence.
    """
    words = document.words
    kept = _kept(keys, words.keys[first:last])
    if not kept:
        return first, last
    core_start, core_end = first + kept[0].dest_start, first + kept[-1].dest_end
    head, tail = kept[0].src_start, kept[-1].src_end
    is_figure = keys[-1].isdigit() and words.keys[last - 1].isdigit()
    is_figure = is_figure and "\n" in document.source[slice(*span_of(document, core_end - 1, last))]
    low, high = _bounds(document, core_start, core_end, is_figure=is_figure)
    is_parted = _parted(part, head)
    while first < core_start and not is_parted and span_of(document, first, first + 1)[0] < low:
        first += 1
    is_parted = _parted(part, tail)
    while last > core_end and not (is_parted and _in_one_block(document, core_end, last, part)):
        if span_of(document, last - 1, last)[1] <= high:
            break
        last -= 1
    for place in _places_of(words.keys, keys[:head], core_start - 2 * head - _MOST_PUT_IN, core_start):
        first = min(first, place) if span_of(document, place, place + 1)[0] >= low else first
    for place in _places_of(
        words.keys, keys[tail:], core_end, core_end + 2 * (len(keys) - tail) + _MOST_PUT_IN
    ):
        end = place + len(keys) - tail
        last = max(last, end) if span_of(document, end - 1, end)[1] <= high else last
    return first, last


def _kept(keys: list[str], others: list[str]) -> list[Opcode]:
    """The runs of words that stand in both."""
    return [block for block in Levenshtein.opcodes(keys, others) if block.tag == "equal"]


def _rewritten(keys: list[str], others: list[str]) -> int:
    """How many words of the passage, at the one of its edges where there are more, stand no longer."""
    kept = _kept(keys, others)
    return max(kept[0].src_start, len(keys) - kept[-1].src_end) if kept else len(keys)


def _with_opening_marks(text: str, start: int, part: str) -> int:
    """Where the marks begin that open what starts there, if the passage has some; in Spanish, sentences have."""
    marks = _OPENING_MARKS if part.strip()[:1] in _OPENING_MARKS else _SPANISH_MARKS
    while text[max(0, start - 1) : start] in tuple(marks):
        start -= 1
    return start


def _bounds(document: Normalised, first: int, last: int, *, is_figure: bool) -> tuple[int, int]:
    """Where the sentences of words `first` to `last` begin and end.

    Words that run over several blocks, the cells of a table or the items of a list, do not end with one of them, nor
    where a figure in the next (`is_figure`) has taken the place of a figure.
    """
    text = document.source
    start, end = span_of(document, first, last)
    low, high = sentence_around(text, start, end)
    if "\n" not in text[start:end] and not is_figure:
        return low, high
    if text[high - 1] not in _SENTENCE_ENDS:
        high = sentence_around(text, high + 1, min(len(text), high + 2))[1]
    if text[:low].rstrip()[-1:] not in _SENTENCE_ENDS:
        low = sentence_around(text, max(0, low - 2), low)[0]
    return low, high


def _in_one_block(document: Normalised, first: int, last: int, part: str) -> bool:
    """Do these words, and the one before, stand in one block, unless the passage itself runs over several?"""
    start, end = span_of(document, first - 1, last)
    return "\n" in part or "\n" not in document.source[start:end]


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
    if mark not in _SENTENCE_ENDS or _BRACKETS_GO_ON.match(document.source, end + 1):
        return False
    return (
        mark != "."
        or keys[-1] == document.words.keys[last - 1]
        or document.source[end + 1 : end + 2] in CLOSING
    )


def is_sentence(part: str, keys: list[str]) -> bool:
    """Did the reporter quote a whole sentence: from a capital to the mark that ends it?"""
    # In a script without capitals, a word of another one tells nothing by its first letter.
    begins = begins_as_sentence(part) or part.rstrip(CLOSING + " \n")[-1:] in _MARKS_WITHOUT_CAPITALS
    return len(keys) >= _SHORTEST_SENTENCE and begins and _ends_sentence(part)


def _ends_sentence(part: str) -> bool:
    return part.rstrip(CLOSING + " \n")[-1:] in _ENDS


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

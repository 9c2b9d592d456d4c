"""Where a quoted passage stands in a document, word for word, with all that typography and quoting practice allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from stories.text.language.boundaries import (
    begins_sentence,
    begins_whole,
    ends_whole,
    sentence_begins_inside,
    sentence_goes_on,
)
from stories.text.language.characters import GREEK, INVISIBLE, OTHER_SPACES, QUOTES, UNSPACED
from stories.text.normalise import Normalised, normalise
from stories.text.passage.left_out import hides_a_reversal
from stories.text.passage.measures import measures_alike, switches_alike, switches_of
from stories.text.passage.quoting import Leap, Piece, Quotation
from stories.text.passage.stand_ins import (
    POINTS,
    WORD_STOOD_FOR,
    brackets_alike,
    ends_stood_for,
    in_brackets,
    may_stand_for,
    near_by,
    negates_in_print,
    remarks_alike,
)
from stories.text.passage.turned import depends_on_more

_MOST_OCCURRENCES = 200
_MOST_TRIES = 5_000
_MOST_LEAPS = 20
_LONGEST_LEAP_TO_FEW_WORDS = 600
_MOST_WORDS_STOOD_FOR = 4
_LONGEST_HIDDEN = 40
_NAMED = 12
# Brackets of these scripts, which close a quotation, are none of their letters.
_UNSPACED = re.compile(f"(?![\u3008-\u301f])[{UNSPACED}]")
_BETWEEN_WORDS = re.compile(r"[^\w€$£%§&]{0,4}")
_JOINING = re.compile(r"[.'\-]")
_REST_OF_WORD = re.compile(r"\w{0,8}")
_SPACES_IN_LINE = " \t" + OTHER_SPACES
_CLOSING = INVISIBLE + QUOTES + "'\"`"
_QUOTES = frozenset(QUOTES + "'\"")
_MARKS_OF_QUOTES = re.compile(rf"[{QUOTES}'\"]{{0,2}}")
# In Greek it is drawn as a semicolon; behind one letter it parts a formula from the rest.
_GREEK_QUESTION = re.compile(rf"{GREEK}{{2}}[{QUOTES}'\"]{{0,2}}[;\u037e]")
# Words, or sentences, with nothing at their ends or amid them that may be the reporter's own but for these marks.
_PLAIN = re.compile(rf"[{QUOTES}'\"]?(?P<words>[^\W_](?:[^\[\]…⋯]*\w)?)\.?")
# An empty quotation may stand before it.
_OWN_STOP = re.compile(rf"(?: ?[{QUOTES}'\"]{{2}})?\.(?!\.|…|[^\S\n]\.(?!\w))")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of the document as it came."""

    start: int
    end: int


@dataclass(slots=True)
class _Search:
    document: Normalised
    pieces: tuple[Piece, ...]
    tries: int = 0
    failed: set[tuple[int, int]] = field(default_factory=set)


def occurrences(document: Normalised, quotation: Quotation) -> list[Span]:
    """Every place where the quotation stands word for word, in the order of the document; at most 200 are weighed.

    Each occurrence of the first piece is tried once and each dead end is remembered; after 5,000 tries the search
    ends, so that its work is bounded by those and by the length of the document.
    """
    if not quotation.pieces:
        return []
    search = _Search(document, quotation.pieces)
    whole = (
        found
        for start in _places(search, 0, 0, len(document.tight))
        if (found := _pieces_from(search, 0, start)) is not None
    )
    spans = []
    told = "".join(quotation.parts)
    switches = switches_of(told)
    for found in islice(whole, _MOST_OCCURRENCES):
        start, end = found[0].start, found[-1].end
        span = Span(*document.tight_span(start, _end_of_remark(document, quotation, end)))
        if quotation.pieces[-1].is_open_ended:
            span = Span(span.start, _match_end(_REST_OF_WORD, document.source, span.end))
        if (
            _ends_as_quoted(document.source, span, quotation)
            and brackets_alike(_gaps(search, found))
            and remarks_alike(document.tight, quotation, start, end)
            and ends_stood_for(document.source, quotation, span.start, document.tight_span(start, end)[1])
            and measures_alike(told, document.source[span.start : span.end + 1])
            and switches_alike(switches, document.source, span.start, span.end)
        ):
            spans.append(span)
    return sorted(spans, key=lambda span: (span.start, span.end))


def literal_occurrence(text: str, passage: str) -> Span | None:
    """The first place where the passage stands character for character: the usual case, and the cheapest.

    Linear: twenty places are tried.
    """
    bare = passage.strip()
    start = text.find(bare) if bare.strip(_CLOSING + POINTS) else -1
    switches = switches_of(bare)
    for _ in range(_MOST_LEAPS):
        if start < 0:
            return None
        end = start + len(bare)
        if (
            begins_whole(text, start)
            and ends_whole(text, end)
            and (bare[-1] != "." or (_OWN_STOP.match(text, end - 1) and ends_whole(text, end - 1)))
            and switches_alike(switches, text, start, end)
        ):
            return Span(start, end)
        start = text.find(bare, start + 1)
    return None


def literal_in_context(text: str, passage: str, *, prefix: str, suffix: str) -> Span | None:
    """The one place where a plain passage stands character for character, if what stood beside it does so as well.

    The mark at either end, which may be the reporter's own, is left out, as `occurrences` leaves it out. None says
    only that it is not so simple: brackets, ellipses, several places. Linear.
    """
    bare = passage.strip()
    plain = _PLAIN.fullmatch(bare)
    span = literal_occurrence(text, bare) if plain and text.count(bare) == 1 else None
    if plain is None or span is None:
        return None
    before, behind = text[: span.start].rstrip(), text[span.end :].lstrip()
    if not (before.endswith(prefix.rstrip()) and behind.startswith(suffix.lstrip())):
        return None
    return Span(*(span.start + place for place in plain.span("words")))


def _places(search: _Search, number: int, low: int, high: int) -> Iterator[int]:
    """Where piece `number` stands as whole words in the tight form between `low` and `high`."""
    tight = search.document.tight
    for variant in search.pieces[number].variants:
        at = tight.find(variant, low, high)
        while at >= 0 and search.tries < _MOST_TRIES:
            search.tries += 1
            if _is_whole(search, number, at, at + len(variant)):
                yield at
            at = tight.find(variant, at + 1, high)


def _is_whole(search: _Search, number: int, start: int, end: int) -> bool:
    begin, finish = search.document.tight_span(start, end)
    text = search.document.source
    return begins_whole(text, begin) and (search.pieces[number].is_open_ended or ends_whole(text, finish))


def _pieces_from(search: _Search, number: int, start: int) -> list[Span] | None:
    """Where the pieces from `number` on stand in the tight form, if that one does at `start` and the others follow."""
    tight = search.document.tight
    variant = next(v for v in search.pieces[number].variants if tight.startswith(v, start))
    piece = Span(start, start + len(variant))
    if number + 1 == len(search.pieces):
        return [piece]
    for next_start in _next_places(search, number + 1, piece.end):
        if (number + 1, next_start) in search.failed or search.tries >= _MOST_TRIES:
            continue
        rest = _pieces_from(search, number + 1, next_start)
        if rest is not None:
            return [piece, *rest]
        search.failed.add((number + 1, next_start))
    return None


def _gaps(search: _Search, found: list[Span]) -> list[tuple[str, str]]:
    """What the passage has in brackets between its words, each with what the document has there."""
    places = zip(search.pieces[1:], found, found[1:], strict=False)
    return [
        (piece.stand_in, search.document.tight[before.end : behind.start])
        for piece, before, behind in places
        if piece.stand_in
    ]


def _next_places(search: _Search, number: int, end: int) -> Iterator[int]:
    piece, tight = search.pieces[number], search.document.tight
    if piece.leap is Leap.ANYTHING:
        shortest = min(piece.word_count, search.pieces[number - 1].word_count)
        high = len(tight) if shortest > 2 else end + _LONGEST_LEAP_TO_FEW_WORDS
        for count, place in enumerate(_places(search, number, end, high)):
            if count == _MOST_LEAPS:
                return
            if not hides_a_reversal(tight, end, place):
                yield place
        return
    for place in _after_few_words(tight, end, piece):
        search.tries += 1
        if "[" in tight[end:place] and tight[end:place].strip(" ") != in_brackets(piece.stand_in):
            # A bracket of the document's own, which says something else.
            continue
        for variant in piece.variants:
            if tight.startswith(variant, place) and _is_whole(search, number, place, place + len(variant)):
                yield place


def _after_few_words(tight: str, end: int, piece: Piece) -> Iterator[int]:
    """The places to which the leap before `piece` may lead, the nearest first.

    A negation in brackets, which would turn what is said, must stand for one.
    """
    near = near_by(tight, end)
    is_missing = piece.leap is Leap.FEW_WORDS and negates_in_print(piece.stand_in, near=near)
    if not is_missing:
        yield end
        if tight[end : end + 1] == " ":
            yield end + 1
    if piece.leap is Leap.NOTHING:
        return
    if piece.leap is Leap.END_OF_WORD:
        end = _match_end(_REST_OF_WORD, tight, end)
        yield from (end, end + 1)
        return
    for _ in range(_MOST_WORDS_STOOD_FOR):
        begin = _match_end(_BETWEEN_WORDS, tight, end)
        word = WORD_STOOD_FOR.match(tight, begin)
        if word is None:
            return
        before, following = (
            tight[max(0, begin - _NAMED) : begin],
            tight[word.end() : word.end() + _LONGEST_HIDDEN],
        )
        if not may_stand_for(piece.stand_in, word.group(), near=near, before=before, following=following):
            return
        # The matching form has no space behind an abbreviation (“the U.S.sold it”), nor beside quotes and dashes.
        for mark in _JOINING.finditer(tight, begin, word.end()) if not is_missing else ():
            yield from (mark.start(), mark.end())
        end = word.end()
        is_missing = is_missing and not negates_in_print(word.group(), near=near)
        if is_missing:
            continue
        yield end
        if tight.startswith("]", end):
            yield end + 1
        yield _match_end(_BETWEEN_WORDS, tight, end)


def _end_of_remark(document: Normalised, quotation: Quotation, end: int) -> int:
    """Where the last bracket of the quotation ends, if it encloses words that the document has there without one."""
    remark = normalise(quotation.last_remark).tight.strip(" ")
    begin = end + 1 if document.tight[end : end + 1] == " " else end
    behind = begin + len(remark)
    if remark and document.tight.startswith(remark, begin):
        return behind if ends_whole(document.source, document.tight_span(begin, behind)[1]) else end
    return end


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _ends_as_quoted(text: str, span: Span, quotation: Quotation) -> bool:
    """May the mark that ends the quotation be the reporter's own?

    Not in the place of a question mark; and a full stop not where the document goes on with a sentence that the
    quotation gives from its beginning: there a qualifier may have been added.
    """
    if not quotation.last_mark:
        return True
    if _asks(text, span.end) is not (quotation.last_mark == "?"):
        return False
    is_whole = quotation.may_begin_sentence and begins_sentence(text, span.start)
    if is_whole and quotation.last_mark == "," and depends_on_more(text, span.end):
        return False
    if _UNSPACED.match(text, span.end) and _UNSPACED.match(text, span.end - 1):
        # No mark parts them there.
        return False
    end = _match_end(_MARKS_OF_QUOTES, text, span.end) if _ends_with_own_quotes(quotation) else span.end
    if quotation.last_mark != "." or not sentence_goes_on(text, end):
        return True
    if _OWN_STOP.match(text, end):
        # It is the document's own, whatever stands behind it.
        return True
    if len(quotation.parts) > 1:
        return True
    return not (is_whole or sentence_begins_inside(text, span.start, span.end))


def _ends_with_own_quotes(quotation: Quotation) -> bool:
    """Is the quotation mark at its end one that was opened inside of it?"""
    begin, end = quotation.parts[0].lstrip()[:1], quotation.parts[-1].rstrip()[-2:]
    return begin not in _QUOTES and not _QUOTES.isdisjoint(end)


def _asks(text: str, end: int) -> bool:
    """Does a question mark stand at `end`?"""
    return text[end : end + 12].lstrip(_CLOSING + _SPACES_IN_LINE)[:1] in tuple("?？؟") or bool(
        _GREEK_QUESTION.match(text, max(0, end - 2))
    )

"""What a document writes otherwise than a passage: words split at a line end or by a large letter, or with ß."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from stories.text.language.boundaries import ends_whole
from stories.text.language.characters import INVISIBLE, MINUS, QUOTES, printed_alike
from stories.text.language.composed import composed
from stories.text.language.rewrite import Edit, Rewrite, rewrite
from stories.text.normalise import Normalised, normalise
from stories.text.passage.context import lowered

_LINE_END_HYPHEN = re.compile(r"[-‐‑][ \t]{0,4}\r?\n\s{0,8}")
_LETTERS = re.compile(r"[^\W\d_]+")
_LINE_END_HYPHENS = ("-\n", "-\r\n", "- \n", "‐\n", "‑\n", "‐\r\n")
_LONGEST_HALF = 30
_MOST_HYPHENS = 20_000
# In one language or another: “A way” is not “Away”, however large its letter is drawn.
_WORDS_OF_ONE_LETTER = frozenset("AÀEÈÉIOUYZÅÖΗΉΟАВЗИІЙКОСУЯЄ")
# “A fter” is no two words: none begins with these two, and none has consonants alone.
_CONSONANT = "[bcdfghjklmnpqrstvwxz]"
_NO_WORD = re.compile(
    r"(?!b[lr]|c[hlrtz]|d[hjlrwz]|f[jlr]|g[hlnrw]|h[jrv]|k[hlnrtvw]|l[jl]|mn|n[hj]|p[fhlnrst]|r[hz]|s[cfghjklmnpqrtvwz]"
    rf"|t[hrswz]|v[lrz]|w[hlrsz]|z[bdghlmnrvw]){_CONSONANT}{{2}}|{_CONSONANT}{{1,3}}$"
)
_IN_TWO = str.maketrans({"ß": "ss", "ẞ": "SS", "œ": "oe", "Œ": "Oe"})
_TWO_IN_ONE = re.compile("[ßẞœŒ]")
# With ss they are other words, by themselves and behind others: in Maßen, in Massen; but gleichermassen is none.
_OTHER_WORD = re.compile(
    r"(?=[A-ZÄÖÜ])(?!(?i:der|einiger|folgender|gewisser|gleicher)massen$)\w*(?i:mass|buss|floss|russ|schoss|schloss)(?i:en?)"
)
_OPENING = QUOTES + "'\""
# A hyphen, or a minus, with no space at its side joins two words to one.
_WORDS_ROUND_A_DASH = re.compile(
    rf"(?<!\w)(?P<before>\w{{1,40}})[^\w\s]{{0,3}}(?:\s(?:[-{MINUS}]|(?P<sum>[+*]))(?=\s)|\s?(?:--|[–—]))"
    r"(?=\s?[^\w\s]{0,3}(?P<after>\w{1,40}))"
)
# With an empty line or two before it.
_DASH_BEGINS_LINE = re.compile(rf"(?:\r?\n[ \t\xa0]{{0,8}}){{1,3}}(?=[-+*–{MINUS}] )")
_LAST_WORD = re.compile(r"(?<!\w)(\w{1,40})[^\w\s\-‐‑]{0,3}[ \t\xa0]{0,4}$")
_FIRST_WORD = re.compile(r". {1,8}[^\w\s]{0,3}(\w{1,40})")
_FIGURE = re.compile(r"\d")
_FARTHEST = 50
_MOST_DASHES = 20_000


def written_as_in(document: Normalised, passage: str) -> tuple[Normalised, Rewrite] | None:
    """The document with those words as the passage has them that are split in it, or are spelled with other letters.

    A hyphen splits them at the end of a line, or a letter that stands apart, drawn large, at the beginning of a
    paragraph, unless it and the rest may be words too; the Swiss write ss for ß, and who has no œ writes oe. A dash of
    the passage that begins a line marks no item of a list. None if there are none. Linear in the length of the
    document, of which the first 20,000 such hyphens and dashes count.
    """
    source = document.source
    edits = sorted(
        {
            *_split_by_hyphens(source, passage),
            *_split_by_size(source, passage),
            *_split_at_dashes(source, passage),
            *_spelled(source, passage),
        }
    )
    if not edits:
        return None
    made = rewrite(source, edits)
    return normalise(made.text), made


def _split_by_hyphens(source: str, passage: str) -> Iterator[Edit]:
    if not any(mark in source for mark in _LINE_END_HYPHENS):
        return
    wanted = set(_LETTERS.findall(_in_print(passage)))
    for match in islice(_LINE_END_HYPHEN.finditer(source), _MOST_HYPHENS):
        start, end = match.span()
        before = _letters_before(source, start)
        after = _letters_after(source, end)
        if before and after and _in_print(before + after) in wanted:
            yield start, end, ""


def _in_print(text: str) -> str:
    """In small letters, without what a reader does not see: how letters are encoded, and what is hidden in a word."""
    return lowered(composed(text)).translate(printed_alike())


def _split_by_size(source: str, passage: str) -> Iterator[Edit]:
    first = _LETTERS.search(passage)
    if first is None or not first[0][0].isupper():
        return
    letter, rest = first[0][0], first[0][1:]
    if letter in _WORDS_OF_ONE_LETTER and not _NO_WORD.match(rest):
        return
    split = re.compile(rf"^[{_OPENING} ]{{0,4}}{letter}(?P<gap>[\n ]){rest}", re.MULTILINE)
    for match in split.finditer(source) if rest else ():
        if ends_whole(source, match.end()):
            yield *match.span("gap"), ""


def _split_at_dashes(source: str, passage: str) -> Iterator[Edit]:
    """The ends of lines in front of a dash that stands between the same words in the passage.

    Two figures are not joined to a range of both.
    """
    words = _WORDS_ROUND_A_DASH.finditer(composed(passage))
    wanted = {
        (_in_print(word["before"]), _in_print(word["after"]))
        for word in words
        if word["sum"] or not (_FIGURE.search(word["before"]) and _FIGURE.search(word["after"]))
    }
    for match in islice(_DASH_BEGINS_LINE.finditer(source), _MOST_DASHES) if wanted else ():
        start, end = match.span()
        before = _LAST_WORD.search(composed(source[max(0, start - _FARTHEST) : start]))
        after = _FIRST_WORD.match(composed(source[end : end + _FARTHEST]))
        if before and after and (_in_print(before[1]), _in_print(after[1])) in wanted:
            yield start, end, " "


def _spelled(source: str, passage: str) -> Iterator[Edit]:
    """Where a word stands that is one of the passage but for letters that may be written as two."""
    is_passage = _TWO_IN_ONE.search(passage) is not None
    if not is_passage and not _TWO_IN_ONE.search(source):
        return
    wanted = {_in_two(word): word for word in _LETTERS.findall(passage)}
    for start, end in _word_spans(source) if is_passage else _spans_with_two_in_one(source):
        key = _in_two(source[start:end])
        if wanted.get(key, source[start:end]) != source[start:end] and not _OTHER_WORD.fullmatch(key):
            yield start, end, wanted[key]


def _word_spans(source: str) -> Iterator[tuple[int, int]]:
    return (word.span() for word in _LETTERS.finditer(source))


def _spans_with_two_in_one(source: str) -> Iterator[tuple[int, int]]:
    for letter in _TWO_IN_ONE.finditer(source):
        at = letter.start()
        yield at - len(_letters_before(source, at)), at + len(_letters_after(source, at))


def _in_two(word: str) -> str:
    return word.translate(_IN_TWO)


def _letters_before(text: str, end: int) -> str:
    start = end
    while start > 0 and end - start < _LONGEST_HALF and _is_of_letter(text[start - 1]):
        start -= 1
    return text[start:end]


def _letters_after(text: str, start: int) -> str:
    end = start
    while end < len(text) and end - start < _LONGEST_HALF and _is_of_letter(text[end]):
        end += 1
    return text[start:end]


def _is_of_letter(character: str) -> bool:
    return character.isalpha() or character in INVISIBLE or unicodedata.combining(character) != 0

"""What a document sets otherwise than a passage: words that it splits, letters drawn as one, dashes on a new line."""

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
_OPENING = QUOTES + "'\""
_IN_TWO = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"})
_TWO_IN_ONE = re.compile("[œŒæÆ]")
_DASH = re.compile(rf"\s[-{MINUS}]\s|--|[–—]")
# In front of a figure it may be that of a range.
_DASH_BEGINS_LINE = re.compile(rf"(?<!\s)\s{{0,8}}\n\s{{0,8}}(?=[-–{MINUS}] [{_OPENING}(]?[^\W\d])")


def written_as_in(document: Normalised, passage: str) -> tuple[Normalised, Rewrite] | None:
    """The document with what it sets otherwise than the passage set as that has it; None if there is nothing.

    A hyphen splits a word at the end of a line, or a letter that stands apart, drawn large, at the beginning of a
    paragraph, unless it and the rest may be words too. Who has no œ or æ writes two letters. A dash that begins a line
    marks no item of a list where the passage has dashes. Linear in the length of the document, of which the first
    20,000 such hyphens and dashes count.
    """
    source = document.source
    edits = sorted(
        {
            *_split_by_hyphens(source, passage),
            *_split_by_size(source, passage),
            *_drawn_as_one(source, passage),
            *_split_at_dashes(source, passage),
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


def _drawn_as_one(source: str, passage: str) -> Iterator[Edit]:
    if not (_TWO_IN_ONE.search(passage) or _TWO_IN_ONE.search(source)):
        return
    wanted = {_in_two(word): word for word in _LETTERS.findall(passage)}
    for match in _LETTERS.finditer(source):
        word = wanted.get(_in_two(match[0]), match[0])
        if word != match[0]:
            yield *match.span(), word


def _in_two(word: str) -> str:
    made = word.translate(_IN_TWO)
    return made.upper() if word.isupper() else made


def _split_at_dashes(source: str, passage: str) -> Iterator[Edit]:
    if _DASH.search(passage):
        for match in islice(_DASH_BEGINS_LINE.finditer(source), _MOST_HYPHENS):
            yield *match.span(), " "


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

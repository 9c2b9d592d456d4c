"""Words that are split in a document and whole in a passage: at the end of a line, or by a letter drawn large."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from stories.text.language.boundaries import ends_whole
from stories.text.language.characters import INVISIBLE, QUOTES, printed_alike
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


def written_as_in(document: Normalised, passage: str) -> tuple[Normalised, Rewrite] | None:
    """The document with those words whole that the passage has whole; None if there are none.

    A hyphen splits them at the end of a line, or a letter that stands apart, drawn large, at the beginning of a
    paragraph, unless it and the rest may be words too. Linear in the length of the document, of which the first 20,000
    such hyphens count.
    """
    source = document.source
    edits = sorted({*_split_by_hyphens(source, passage), *_split_by_size(source, passage)})
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

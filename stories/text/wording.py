"""What a passage became, told word by word: the difference between a quotation and the document's own wording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from rapidfuzz.distance import Levenshtein

from stories.text.changes import Operation, WordChange
from stories.text.language.characters import MARKS
from stories.text.normalise import normalise

_LONGEST = 40_000
_LETTER = rf"[\w{MARKS}]"
_TOKEN = re.compile(rf"(?:{_LETTER}+(?:['’.\-‐‑]{_LETTER}+)*|[^\w\s])\s*|\s+")


def changes_between(passage: str, wording: str) -> tuple[WordChange, ...]:
    """The runs of words kept, left out and put in on the way from `passage` to `wording`.

    Runs that are kept show the document's typography, so that `equal` and `insert` join to `wording` exactly, and
    `equal` and `delete` to `passage` but for its typography. Both are cut at 40,000 characters, which bounds the work.
    """
    before = _TOKEN.findall(passage.strip()[:_LONGEST])
    after = _TOKEN.findall(wording[:_LONGEST])
    runs = list(_runs(before, after))
    return tuple(
        WordChange(operation, text)
        for operation, group in groupby(_with_gaps_closed(runs), key=itemgetter(0))
        if (text := "".join(text for _, text in group))
    )


def _runs(before: list[str], after: list[str]) -> Iterator[tuple[Operation, str]]:
    keys, others = _keys(before), _keys(after)
    for opcode in Levenshtein.opcodes(keys, others):
        old = "".join(before[opcode.src_start : opcode.src_end])
        new = "".join(after[opcode.dest_start : opcode.dest_end])
        if opcode.tag == "equal":
            yield "equal", new
            continue
        if old:
            yield "delete", old
        if new:
            yield "insert", new


def _keys(tokens: list[str]) -> list[str]:
    """What makes two tokens the same: their characters, but for typography and the case of the first letter of all."""
    keys = [_key(token.rstrip()) for token in tokens]
    first = next((number for number, key in enumerate(keys) if key[:1].isalnum()), None)
    if first is not None:
        keys[first] = keys[first][:1].lower() + keys[first][1:]
    return keys


def _key(token: str) -> str:
    return token if token.isascii() and '"' not in token else normalise(token).plain


def _with_gaps_closed(runs: list[tuple[Operation, str]]) -> list[tuple[Operation, str]]:
    """The runs with what is left out in a row put before what is put in."""
    ordered: list[tuple[Operation, str]] = []
    for is_equal, group in groupby(runs, key=lambda run: run[0] == "equal"):
        row = list(group)
        ordered += row if is_equal else sorted(row, key=itemgetter(0))
    return ordered

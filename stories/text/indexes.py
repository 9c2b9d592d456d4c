"""Figures in brackets that mark no footnote: places in the lists of a program, and what whoever quotes put in."""

from __future__ import annotations

import re

_INDEX = re.compile(r"([^\W\d]\w{0,39})( ?)\[(\d{1,3}|[a-z])\]")
_PUT_IN = re.compile(r"([^\W_]{1,40}) \[\d{1,3}\] ([^\W\d_A-ZÀ-ÞА-Я][\w'’]{0,39})")
_MOST = 60


def indexes_alike(passage: str, wording: str, *, text: str) -> bool:
    """Are the passage's figures in brackets those of the wording, unless they may mark footnotes, which come and go?

    No footnote has the number 0, none is told by a letter behind a space, and none stands at a single letter or at a
    word that has a `[0]` in the `text`. Nor is a figure one that parts two words which stand side by side in the
    wording. Linear; of the passage sixty count.

    >>> indexes_alike("Take args[0] of it.", "Take args[1] of it.", text="")
    False
    >>> indexes_alike("The pier[1] is old.", "The pier[2] is old.", text="")
    True
    """
    if "[" not in passage and "[0]" not in wording:
        return True
    told, stands = _indexes_of(passage), _indexes_of(wording)
    if any(number == "0" and (word, number) not in stands for word, number in told):
        return False
    if any(number == "0" and (word, number) not in told for word, number in stands):
        return False
    others = {word for word, _ in stands}
    moved = {word for word, number in told if word in others and (word, number) not in stands}
    if any(len(word) == 1 or word.endswith(" ") or f"{word}[0]" in text for word in moved):
        return False
    return not any(
        re.search(rf"(?<!\w){before}\s+{after}(?!\w)", wording)
        for before, after in _PUT_IN.findall(passage)[:_MOST]
    )


def _indexes_of(text: str) -> set[tuple[str, str]]:
    """Each word, with the space behind it if what stands in brackets is a letter, and what stands there."""
    found = _INDEX.findall(text)[:_MOST]
    return {(word + ("" if told.isdigit() else space), told) for word, space, told in found}

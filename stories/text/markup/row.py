"""Rows of labels on one line, each in an element of its own: who wrote it, when, how many have read it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from stories.text.markup.frame import Frames
from stories.text.markup.marks import NO_MARKS

LONGEST_ROW = 200
_DEEPEST = 6
_WORD = re.compile(r"\w")


def labels_in(node: LexborNode, frames: Frames) -> tuple[str, ...]:
    """The labels that make up the whole of `node`, a short line, without those of the frame.

    None where words stand between them, as in a sentence. Linear in the line.
    """
    told = ((label, " ".join(label.text().translate(NO_MARKS).split())) for label in _row_in(node))
    return tuple(told for label, told in told if not (frames.hold(label) or frames.are_all_of(label, told)))


def _row_in(node: LexborNode) -> list[LexborNode]:
    """The elements with words in `node`, or in the only one that it holds; none where there is but one in all."""
    at = node
    for _ in range(_DEEPEST):
        inside = [child for child in at.iter(include_text=True) if _WORD.search(child.text())]
        if any(child.tag == "-text" for child in inside):
            return []
        if len(inside) != 1:
            return inside
        at = inside[0]
    return []

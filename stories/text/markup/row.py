"""Rows of labels on one line, each in an element of its own: who wrote it, when, how many have read it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from stories.text.markup.frame import Frames
from stories.text.markup.marks import NO_MARKS

_LONGEST = 200
_MOST_LABELS = 20
_DEEPEST = 6
_WORD = re.compile(r"\w")


def labels_in(node: LexborNode, line: str, frames: Frames) -> tuple[str, ...]:
    """The labels that make up the whole of a line of `node`, without those of the frame.

    None where words stand between them, as in a sentence. Constant.
    """
    if len(line) > _LONGEST or _tight(node) != "".join(line.split()):
        return ()
    row = _row_in(node)
    if len(row) < 2:
        return ()
    told = ((label, _told(label)) for label in row)
    return tuple(told for label, told in told if not (frames.hold(label) or frames.are_all_of(label, told)))


def _row_in(node: LexborNode) -> list[LexborNode]:
    """The elements with words in `node`, or in the only one that it holds."""
    at = node
    for _ in range(_DEEPEST):
        inside = [child for child in at.iter(include_text=True) if _WORD.search(child.text())][
            : _MOST_LABELS + 1
        ]
        if len(inside) > _MOST_LABELS or any(child.tag == "-text" for child in inside):
            return []
        if len(inside) != 1:
            return inside
        at = inside[0]
    return []


def _tight(node: LexborNode) -> str:
    return "".join(node.text().translate(NO_MARKS).split())


def _told(node: LexborNode) -> str:
    return " ".join(node.text().translate(NO_MARKS).split())

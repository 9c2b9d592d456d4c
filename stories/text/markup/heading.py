"""The heading of a part of a page, by which it is known what the part is: "Most read", "Comments (12)"."""

from __future__ import annotations

import re
from collections.abc import Callable

from selectolax.lexbor import LexborNode

from stories.text.language.word_lists import words_in

_HEADINGS = words_in("h2 h3 h4 h5 h6")
_UNDER_HEADING = words_in("ol ul table")
_OF_A_LINE = words_in("p div strong b header")
_WITHIN_A_LINE = words_in("a abbr b cite code em i mark q s small span strong sub sup time u -text")
_LINES = _HEADINGS | words_in("p span small strong b em i")
_DEEPEST_LABEL = 4
_LONGEST_HEADING = 60
_MOST_BEFORE_HEADING = 10
_NOT_ELEMENTS = ("-text", "-comment")
_WORD = re.compile(r"\w")
# With the private characters that mark places in a page (`markup.text`).
_NO_WORDS = re.compile(r"[^\w\s]|[\d_\ue010-\ue016]")


def heading_of(node: LexborNode) -> str:
    """The heading that an element begins with, in lower case and without a count; "" if it begins otherwise."""
    return _plain_heading(_first_heading(node))


def label_of(node: LexborNode) -> str:
    """The line of its own that an element begins with, as `<p>Most read</p>`; "" if it runs on. Constant."""
    at = _skipped(node.first_child, _behind)
    for _ in range(_DEEPEST_LABEL):
        if at is None or at.tag == "-text":
            break
        at = _skipped(at.first_child, _behind)
    if at is None or at.tag != "-text" or len(at.text_content or "") > _LONGEST_HEADING:
        return ""
    label = plain_words(at.text_content or "")
    while at.parent is not None and at.parent.mem_id != node.mem_id:
        if _skipped(at.next, _behind) is not None:
            return ""
        at = at.parent
    behind = _skipped(at.next, _behind)
    return label if behind is not None and (at.tag in _OF_A_LINE or behind.tag not in _WITHIN_A_LINE) else ""


def begins_with_line(node: LexborNode) -> bool:
    """Is the first element inside of `node` a line of text, rather than a box that may be empty but for its label?"""
    first = _skipped(node.first_child, _behind)
    return first is not None and first.tag in _LINES


def heading_before(node: LexborNode) -> str:
    """The heading that a list or table without an element of its own stands under; "" if there is none."""
    if node.tag not in _UNDER_HEADING:
        return ""
    before = _skipped(node.prev, _before)
    return _plain_heading(before if before is not None and before.tag in _HEADINGS else None)


def heading_next_to(node: LexborNode) -> LexborNode | None:
    """The heading that stands in front of an element, or ends the element that does. Constant."""
    before = _skipped(node.prev, _before)
    if before is not None and before.tag not in _HEADINGS:
        before = _skipped(before.last_child, _before)
    return before if before is not None and before.tag in _HEADINGS else None


def _first_heading(node: LexborNode) -> LexborNode | None:
    first = _skipped(node.first_child, _behind)
    return first if first is not None and first.tag in _HEADINGS else None


def _skipped(node: LexborNode | None, step: Callable[[LexborNode], LexborNode | None]) -> LexborNode | None:
    """The first of ten siblings, in the direction of `step`, that is an element or has words."""
    for _ in range(_MOST_BEFORE_HEADING):
        if (
            node is None
            or node.tag not in _NOT_ELEMENTS
            or _WORD.search(node.text_content or "" if node.tag == "-text" else "")
        ):
            break
        node = step(node)
    return node


def _before(node: LexborNode) -> LexborNode | None:
    return node.prev


def _behind(node: LexborNode) -> LexborNode | None:
    return node.next


def _plain_heading(heading: LexborNode | None) -> str:
    return plain_words_of(heading) if heading is not None and len(heading.text()) <= _LONGEST_HEADING else ""


def plain_words_of(node: LexborNode) -> str:
    """The words of an element in lower case, without figures and punctuation."""
    return plain_words(node.text())


def plain_words(text: str) -> str:
    """A text in lower case, without figures and punctuation."""
    return " ".join(_NO_WORDS.sub(" ", text.lower()).split())


def has_figure(node: LexborNode) -> bool:
    """Has the heading or the line that an element begins with, or the one that a list stands under, a figure?"""
    before = _skipped(node.prev, _before) if node.tag in _UNDER_HEADING else None
    named = before if before is not None and before.tag in _HEADINGS else _skipped(node.first_child, _behind)
    return named is not None and any(map(str.isdigit, named.text()))


def stands_alone(link: LexborNode) -> bool:
    """Is there nothing else on the line of a link? Constant."""
    at: LexborNode | None = link
    for _ in range(_DEEPEST_LABEL):
        if at is None or at.tag not in _WITHIN_A_LINE:
            return True
        if any(
            beside is not None and beside.tag in _WITHIN_A_LINE
            for beside in (_skipped(at.prev, _before), _skipped(at.next, _behind))
        ):
            return False
        at = at.parent
    return False


def beside(node: LexborNode, tag: str) -> tuple[LexborNode | None, LexborNode | None]:
    """The elements next to it, before and behind, as far as they are of that name, as in a list. Constant."""
    before, behind = _skipped(node.prev, _before), _skipped(node.next, _behind)
    return (
        before if before is not None and before.tag == tag else None,
        behind if behind is not None and behind.tag == tag else None,
    )


def has_count(node: LexborNode) -> bool:
    heading = _first_heading(node)
    return heading is not None and any(map(str.isdigit, heading.text()))

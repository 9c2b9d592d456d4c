"""What a browser shows that is not in the text of an element: kept lines, raised figures, quotation marks."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from stories.text.language.characters import QUOTES
from stories.text.language.footnotes import BEHIND_A_WORD

_POWER = re.compile(r"[-+−–]?\d{1,4}")
_RAISED = str.maketrans("0123456789-+−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁻⁻")
# Behind a figure that ends a sentence; two tell the cents of a price.
_NOTE = re.compile(
    rf"(?:{BEHIND_A_WORD}|(?<=[^\W\d_])[.,;:!?”\"’)]{{1,2}}|%[.,;:]?)\d{{1,2}}$|\d[.,;:!?][”\"’)]?\d$"
)
_ENDS = (".", "!", "?", "”", '"', "’", ")")


def write_as_shown(tree: LexborHTMLParser, line_break: str) -> None:
    """Write it into the text, with `line_break` where a line that is kept ends. Linear."""
    for node in tree.css("pre, textarea"):
        _keep_lines(node, line_break)
    for node in tree.css("sup"):
        _raise(node)
    for node in tree.css("q"):
        _put_in_quotes(node)


def _keep_lines(node: LexborNode, line_break: str) -> None:
    for inner in list(node.traverse(include_text=True)):
        if inner.tag == "-text" and "\n" in (inner.text_content or ""):
            inner.replace_with((inner.text_content or "").replace("\n", line_break))


def _raise(node: LexborNode) -> None:
    """A raised figure is not read as part of what stands before it: one that leads to a note becomes [1]."""
    mark = node.text().strip()
    leads_on = node.css_first("a") is not None or (node.parent is not None and node.parent.tag == "a")
    if (leads_on and 0 < len(mark) <= 3 and mark.isalnum()) or (mark.isdigit() and _marks_a_note(node, mark)):
        node.insert_before("[")
        node.insert_after("]")
    elif _POWER.fullmatch(mark) and _text_of(node.prev)[-1:].isdigit():
        # 10⁶ is not 106.
        node.replace_with(mark.translate(_RAISED))


def _marks_a_note(node: LexborNode, mark: str) -> bool:
    """Does a raised figure stand behind a word or a sentence, and not behind a unit, as in m² and CO₂?

    Behind a space it does so alone, at the end of a sentence: in “about ¹/₂” and “of ¹⁴C” it begins a word.
    """
    before, behind = _text_of(node.prev), _text_of(node.next)
    told = before.rstrip()
    if told != before and not (told.endswith(_ENDS) and (node.next is None or behind[:1].isspace())):
        return False
    return _NOTE.search(told[-8:] + mark) is not None


def _text_of(node: LexborNode | None) -> str:
    return (node.text_content or "") if node is not None and node.tag == "-text" else ""


def _put_in_quotes(node: LexborNode) -> None:
    """Browsers put a `q` in quotation marks (HTML, "Quotes"); some pages put their own inside."""
    if node.text().strip()[:1] not in tuple(QUOTES + "\"'"):
        node.insert_before("“")
        node.insert_after("”")

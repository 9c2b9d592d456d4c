"""A part of a text, which may be named after what it tells of: cookies, sharing, newsletters, advertising."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from stories.text.markup.heading import beside, heading_next_to, stands_alone
from stories.text.markup.inside import MOST_INSIDE, paragraphs_told

CONTROLS = "button, [role=button], input, select, textarea, form, iframe"
_HEADINGS = "h2, h3, h4, h5, h6"
_TEXT = "p, li, dd, td"
_HOLDS_CONTENT = "main, article, h1"
_SHORTEST_SENTENCE = 25
_FEWEST_WORDS_OF_TEXT = 4
_FEWEST_WORDS = {"td": 2, "dd": 2}
_NOWHERE = ("#", "mailto:", "tel:")
_ENDS = tuple(".!?。！？।؟")


def sections_alike(node: LexborNode) -> Iterator[LexborNode]:
    """The elements next to `node` that tell as it does: of its name, with text under a heading of one level, or prose.

    Costs the text of both.
    """
    for other in beside(node, node.tag or ""):
        if (
            other is not None
            and other.css_first(_HOLDS_CONTENT) is None
            and (_is_headed_alike(node, other) or (_has_prose(node) and _has_prose(other)))
        ):
            yield other


def is_named_alike(node: LexborNode, other: LexborNode) -> bool:
    """Have both the same classes, so that these name no one of them?"""
    return node.attributes.get("class") == other.attributes.get("class") is not None


def tells(node: LexborNode) -> bool:
    """Has it text, fewer links to other pages by themselves, and no more to press than what is next to it?

    Costs its text.
    """
    told = sum(map(_is_told, node.css(_TEXT)[:MOST_INSIDE] or [node]))
    if told <= sum(map(stands_alone, _links_away(node))):
        return False
    controls = len(node.css(CONTROLS))
    return not controls or any(
        other is not None and len(other.css(CONTROLS)) >= controls for other in beside(node, node.tag or "")
    )


def tell_beside(node: LexborNode) -> bool:
    """Is an element next to it, of its name, one that tells? Costs the text of both."""
    return any(
        other is not None and other.css_first(_HOLDS_CONTENT) is None and tells(other)
        for other in beside(node, node.tag or "")
    )


def is_headed(node: LexborNode) -> bool:
    """Does it begin with a heading, or stand under one?"""
    return node.css_first(_HEADINGS) is not None or heading_next_to(node) is not None


def _is_headed_alike(node: LexborNode, other: LexborNode) -> bool:
    level = _level(node)
    return bool(level) and level == _level(other) and node.css_first(_TEXT) is not None


def _level(node: LexborNode) -> str:
    heading = node.css_first(_HEADINGS)
    return (heading.tag or "") if heading is not None else ""


def _has_prose(node: LexborNode) -> bool:
    return paragraphs_told(node.css(_TEXT)[:MOST_INSIDE]) > 0


def _is_told(node: LexborNode) -> bool:
    """Is it a sentence, or an item or a cell of some words, rather than a label, and does it not end with a link?"""
    told = node.text().strip()
    links = [link.text().strip() for link in _links_away(node)]
    if links and links[-1] and told.endswith(links[-1]):
        return False
    if len(told) >= _SHORTEST_SENTENCE and told.endswith(_ENDS):
        return True
    return len(told.split()) >= _FEWEST_WORDS.get(node.tag or "", _FEWEST_WORDS_OF_TEXT)


def _links_away(node: LexborNode) -> list[LexborNode]:
    """Its links to other pages: to none leads an address to write to, or another part of the same page."""
    links = node.css("a[href]")[:MOST_INSIDE]
    return [link for link in links if not (link.attributes["href"] or "").startswith(_NOWHERE)]

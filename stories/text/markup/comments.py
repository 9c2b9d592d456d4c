"""Boxes in which readers say what they think of a story."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from stories.text.language.frame_words import COMMENTS, HEADINGS_OF_COMMENTS
from stories.text.markup.heading import heading_of

_OF_READERS = "form, textarea, [class*=reply], [class*=comment]"
_LEAST_STORY = 1_000


def holds_comments(node: LexborNode, names: str) -> bool:
    """Do the class and id of an element, its `names`, or its heading say that it holds comments?"""
    return bool(COMMENTS.search(names)) or heading_of(node) in HEADINGS_OF_COMMENTS


def are_below_a_story(node: LexborNode, beside: int) -> bool:
    """Has a page that names no content its title outside of these comments, and `beside` them as much as a story?"""
    root = node.parser.root
    return (
        beside >= _LEAST_STORY
        and node.css_first(_OF_READERS) is not None
        and root is not None
        and root.css_first("main, article") is None
        and root.css_first("h1") is not None
    )

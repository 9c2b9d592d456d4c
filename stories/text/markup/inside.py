"""What stands in an element of a page, and what it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

from stories.text.markup.heading import stands_alone

MOST_INSIDE = 200
WORD = re.compile(r"\w")
_MOST_PARENTS = 60
_PARAGRAPHS = "p, blockquote, dd, td"
_PARAGRAPHS_OF_READERS = "[class*=comment] p, [id*=comment] p"
_LONG_PARAGRAPH = 80
_LEAST_OF_A_STORY = 3


def from_here_up(node: LexborNode | None) -> Iterator[LexborNode]:
    """The element, and what it stands in."""
    while node is not None:
        yield node
        node = node.parent


def is_linked_on(node: LexborNode, links: list[LexborNode]) -> bool:
    """Has a link round an element, or one of the `links` in it, words?

    What is related to a story without one is its picture, with a caption.
    """
    return is_inside(node, ("a",)) or any(WORD.search(link.text()) for link in links)


def has_links(node: LexborNode, least: int) -> bool:
    """Are there so many links on lines of their own in it, and no fewer than there are paragraphs?"""
    links = sum(map(stands_alone, node.css("a[href]")[:MOST_INSIDE]))
    return links >= max(least, len(node.css(_PARAGRAPHS)))


def holds_the_story(node: LexborNode, told_on_page: int) -> bool:
    """Are three paragraphs of running text in it, more than half of the page's, and fewer links by themselves?"""
    told = paragraphs_told(node.css("p")[:MOST_INSIDE])
    return (
        told >= _LEAST_OF_A_STORY
        and 2 * told > told_on_page
        and sum(map(stands_alone, node.css("a[href]")[:MOST_INSIDE])) < told
    )


def told_by_the_page(root: LexborNode) -> int:
    """How many paragraphs of running text a page has, what its readers say left out."""
    told, by_readers = (paragraphs_told(root.css(of)) for of in ("p", _PARAGRAPHS_OF_READERS))
    return told - by_readers


def paragraphs_told(paragraphs: Iterable[LexborNode]) -> int:
    """How many of them are of running text."""
    return sum(len(paragraph.text()) >= _LONG_PARAGRAPH for paragraph in paragraphs)


def is_inside(node: LexborNode, tags: tuple[str, ...]) -> bool:
    """Is one of the sixty elements round it of such a name?"""
    parent = node.parent
    for _ in range(_MOST_PARENTS):
        if parent is None:
            return False
        if parent.tag in tags:
            return True
        parent = parent.parent
    return False

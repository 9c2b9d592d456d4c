"""Cards that lead to other stories, beside that of a page: a headline that is a link, and a line or two."""

from __future__ import annotations

from itertools import islice

from selectolax.lexbor import LexborNode

from stories.text.markup.inside import WORD, from_here_up, holds_the_story, told_by_the_page

_LONGEST = 400
_MOST_LINKS = 10
_MOST_ROUND = 4
_MOST_MEASURED = 20
_MOST_ROUND_TITLE = 60
_HOLDS_CONTENT = "main, h1"


class Cards:
    """Finds the cards of one page beside its story: what has the title and most of the running text.

    Of a page of `length` characters, at the cost of at most twenty times its text. To find its story it is looked at
    as a whole for each of at most sixty elements round its title.
    """

    def __init__(self, root: LexborNode | None, length: int) -> None:
        self._story = _story_of(root) if root is not None else None
        self._left_to_measure = _MOST_MEASURED * length

    def links_round(self, node: LexborNode) -> list[LexborNode]:
        """The links of the card in which `node` stands; none in the story, and none on a page that tells none."""
        if self._story is None or any(at.mem_id == self._story.mem_id for at in from_here_up(node)):
            return []
        at: LexborNode | None = node
        for _ in range(_MOST_ROUND):
            if at is None or self._left_to_measure <= 0:
                break
            size = len(at.text())
            self._left_to_measure -= size
            if size > _LONGEST or at.css_first(_HOLDS_CONTENT) is not None:
                break
            links = [link for link in at.css("a[href]")[: _MOST_LINKS + 1] if WORD.search(link.text())]
            if links:
                return links if len(links) <= _MOST_LINKS else []
            at = at.parent
        return []


def _story_of(root: LexborNode) -> LexborNode | None:
    title = root.css_first("h1")
    told = told_by_the_page(root) if title is not None else 0
    round_title = islice(from_here_up(title), _MOST_ROUND_TITLE if told else 0)
    return next((node for node in round_title if holds_the_story(node, told)), None)

"""Cards that lead to other stories, beside that of a page: a headline that is a link, and a line or two."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from stories.text.markup.inside import WORD, from_here_up, holds_the_story, told_by_the_page

_LONGEST = 400
_MOST_LINKS = 10
_MOST_ROUND = 4
_HOLDS_CONTENT = "main, h1"


class Cards:
    """Finds the cards of one page beside its story: what has the title and most of the running text.

    To find the story costs the text of the page for each element round its title, of which there are at most sixty.
    """

    def __init__(self, root: LexborNode | None) -> None:
        self._story = _story_of(root) if root is not None else None

    def links_round(self, node: LexborNode) -> list[LexborNode]:
        """The links of the card in which `node` stands; none in the story, and none on a page that tells none.

        Constant, but for the text of the card.
        """
        if self._story is None or any(at.mem_id == self._story.mem_id for at in from_here_up(node)):
            return []
        at: LexborNode | None = node
        for _ in range(_MOST_ROUND):
            if at is None or len(at.text()) > _LONGEST or at.css_first(_HOLDS_CONTENT) is not None:
                break
            links = [link for link in at.css("a[href]")[: _MOST_LINKS + 1] if WORD.search(link.text())]
            if links:
                return links if len(links) <= _MOST_LINKS else []
            at = at.parent
        return []


def _story_of(root: LexborNode) -> LexborNode | None:
    title = root.css_first("h1")
    told = told_by_the_page(root) if title is not None else 0
    return next((node for node in from_here_up(title) if holds_the_story(node, told)), None) if told else None

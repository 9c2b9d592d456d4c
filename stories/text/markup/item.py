"""The items of a list that lead to other stories, and what stands next to each."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from stories.text.language.word_lists import words_in
from stories.text.markup.heading import beside
from stories.text.markup.inside import WORD, is_inside

_LONGEST = 400
_MOST_LINKS = 10
_MOST_ROUND = 4
_MOST_MEASURED = 20
_NEVER = words_in("html body main table tr td th dd dt")
_HOLDS_CONTENT = "main, article, h1"

Links = list[LexborNode]


@dataclass(frozen=True, slots=True)
class Item:
    """The words of the links of an item, and of those of the items before and behind it, where there are any."""

    links: tuple[str, ...]
    before: tuple[str, ...]
    behind: tuple[str, ...]


class Items:
    """Finds the items of one page of `length` characters, at the cost of at most twenty times its text."""

    def __init__(self, length: int) -> None:
        self._left_to_measure = _MOST_MEASURED * length

    def links_round(self, node: LexborNode) -> tuple[Links, Links, Links] | None:
        """The links of the item in which `node` stands, and those of the items before and behind it.

        An item is the nearest element with a link, and with others like it, or a day as the term that a link stands
        beside. None in an `<article>` and in a table, of which an item may be what readers came for.
        """
        if node.tag == "dt":
            return self._links_of_entries(node)
        at: LexborNode | None = node
        for _ in range(_MOST_ROUND):
            if at is None or at.tag in _NEVER or self._left_to_measure <= 0:
                return None
            links = self._links_in(at)
            before, behind = beside(at, at.tag or "")
            if links and (before is not None or behind is not None):
                is_item = len(at.text()) <= _LONGEST and at.css_first(_HOLDS_CONTENT) is None
                if not is_item or is_inside(at, ("article", "table")):
                    return None
                return links, self._links_beside(before), self._links_beside(behind)
            at = at.parent
        return None

    def _links_of_entries(self, term: LexborNode) -> tuple[Links, Links, Links] | None:
        before, told = beside(term, "dd")
        if told is None or is_inside(term, ("article", "table")):
            return None
        _, following = beside(told, "dt")
        behind = beside(following, "dd")[1] if following is not None else None
        links = self._links_alone(told)
        return (links, self._links_alone(before), self._links_alone(behind)) if links else None

    def _links_alone(self, entry: LexborNode | None) -> Links:
        """The links of an element that says no more than they do."""
        links = self._links_in(entry) if entry is not None else []
        return links if entry is not None and _words_in(entry) == sum(map(_words_in, links)) else []

    def _links_beside(self, node: LexborNode | None) -> Links:
        """The links of an item that says more than they do: one that leads to the whole of a list is none of it."""
        links = self._links_in(node) if node is not None else []
        is_item = node is not None and _words_in(node) > sum(map(_words_in, links))
        return links if is_item else []

    def _links_in(self, node: LexborNode) -> Links:
        self._left_to_measure -= len(node.text())
        return [link for link in node.css("a[href]")[:_MOST_LINKS] if WORD.search(link.text())]


def _words_in(node: LexborNode) -> int:
    return len(WORD.findall(node.text()))

"""All that a reader can see of an HTML page, block by block, and which blocks are frame rather than content."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice
from typing import Self

from selectolax.lexbor import LexborHTMLParser, LexborNode

from stories.text.language.page_phrases import BEGINS_OF_NOTES, EDITORS_WORDS, PUT_RIGHT, WITHDRAWN, tells_any
from stories.text.language.word_lists import words_in
from stories.text.markup.card import Cards
from stories.text.markup.controls import Control, controls_in
from stories.text.markup.depth import is_too_dear
from stories.text.markup.dominant import MainContent
from stories.text.markup.flat import flat_text
from stories.text.markup.frame import Frames
from stories.text.markup.item import Item, Items
from stories.text.markup.marks import BLOCK_IN, BLOCK_OUT, BREAK, LINK_IN, LINK_OUT, NO_MARKS
from stories.text.markup.place import places_of
from stories.text.markup.row import LONGEST_ROW, labels_in
from stories.text.markup.tree import mark_edges, raw_text, tidied, tree_of
from stories.text.noise.page_furniture import behind_its_label, leads_on
from stories.text.noise.present import tells_the_present, tells_weather_or_prices
from stories.text.noise.volatile import dateline
from stories.text.struck import STRUCK_IN, as_typed, with_marks

_EDGES = re.compile(f"[{BLOCK_IN}-{BREAK}]")
_LINK = re.compile(f"{LINK_IN}([^{LINK_OUT}]*+)")
_LINKED = 0.8
# A tick or stars would tell something, and commas stand in what a story lists. In brackets stands how much there is of
# what a link leads to.
_BETWEEN_LINKS = re.compile(r"(?>(?:[\s|·•/»›>-]++|\(\d[\d.,]{0,12}\))*)")
_OF_CONTENT = words_in("h1 main article")
_HEADLINES = words_in("h1 h2 h3")
_BYLINES = "[rel~=author], [itemprop~=author], [class*=byline i], [id*=byline i], [class*=author i]"
_MOST_BYLINES = 20
_LONGEST_BYLINE = 120
# What stands between names, “and” or “y”, is shorter.
_WORD_OF_A_NAME = re.compile(r"[^\W\d_]{4}")
_LONGEST_DATE = 60
_LONGEST_BESIDE = 200
_OF_AN_EDITOR = EDITORS_WORDS + WITHDRAWN + PUT_RIGHT
# As many blocks as a menu has, or a column of other stories; a line of text may be as long as one of theirs.
_FAR_ABOVE = 25
_LONGEST_OF_A_MENU = 80
_OF_A_FACT = words_in("dt dd th td")
_HEADINGS = words_in("h1 h2 h3")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text; `in_frame` if it is navigation, advertising and the like, `is_link` if it only leads on.

    What a page puts outside of its main content, or beside a field for an address, leads on, too: it comes and goes,
    but once edited is news.
    `item` is that of a list of which the block tells no more than when it is from. `card` are the lines that are links
    in the one in which it stands, beside the story. `links` are those that stand on the line of one that leads on.
    """

    text: str
    in_frame: bool
    is_link: bool
    item: Item | None = None
    card: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


class HtmlPage:
    """An HTML page with a mark at each edge of a block, whose text is read at once and whose blocks when asked for.

    Scripts, styles, templates and what is `hidden` are left out, and nothing else; what is struck through by its
    element, its role, or a style that the page brings with it is marked (`struck`). Markup of which a tree would cost
    quadratic time, for it is nested so deeply or a tag has so many attributes, is read flat, tag by tag; so the work
    is linear in its length.
    """

    def __init__(self, markup: str) -> None:
        self._tree: LexborHTMLParser | None = None
        if is_too_dear(markup):
            self.title, self.text = flat_text([markup])
            return
        self._tree, self.title = tree_of(markup)
        self._nodes = mark_edges(self._tree)
        self._raw = as_typed(raw_text(self._tree))
        pieces = self._raw.replace(BLOCK_OUT, BLOCK_IN).replace(BREAK, BLOCK_IN).split(BLOCK_IN)
        # With the empty ones, so that each is known by its number among the edges.
        told = map(tidied, pieces)
        self._told = list(with_marks(told) if STRUCK_IN in self._raw else told)
        self.text = "\n".join(filter(None, self._told))

    @classmethod
    def read_flat(cls, pieces: Iterable[str]) -> Self:
        """A page that is too large for a tree, without regard to what is inside what."""
        page = cls.__new__(cls)
        page._tree = None
        page.title, page.text = flat_text(pieces)
        return page

    def blocks(self, wanted: Collection[str] | None = None) -> Iterator[Block]:
        """What is known of each block, or of those whose text is `wanted`, found out as it is asked for."""
        if self._tree is None:
            yield from (Block(text, in_frame=False, is_link=False) for text in self._lines_read_flat(wanted))
            return
        items = Items(len(self._raw))
        for number, place in self._places(wanted):
            yield self._block(number, place, items)

    def content(self, wanted: Collection[str] | None = None) -> Iterator[str]:
        """The lines of the blocks, or of the `wanted` ones, that are no frame and do not only lead on.

        Cheaper than the blocks, of which the lists and cards they stand in are known as well.
        """
        if self._tree is None:
            yield from self._lines_read_flat(wanted)
            return
        for number, place in self._places(wanted):
            if not any(self._standing(number, place)):
                yield self._told[number]

    def elements_round(self, lines: Collection[str]) -> set[str]:
        """The tag and each class of the elements in which the blocks with these lines stand. Linear."""
        if self._tree is None:
            return {""}
        blocks = (self._nodes[place] for _, place in self._places(lines) if place is not None)
        # Each once, for a class may be long.
        round_them = {node.parent.mem_id: node.parent for node in blocks if node.parent is not None}
        return {
            f"{node.tag} {name}"
            for node in round_them.values()
            for name in (node.attributes.get("class") or "").split() or [""]
        }

    def _lines_read_flat(self, wanted: Collection[str] | None) -> Iterator[str]:
        return (line for line in self.text.split("\n") if wanted is None or line in wanted)

    def rows(self, lines: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Those of the short `lines` that are rows of labels, each with its labels (`labels_in`). Linear."""
        if self._tree is None:
            return
        frames, edges = Frames(len(self._raw)), _EDGES.findall(self._raw)
        for number, place in self._places({line for line in lines if len(line) <= LONGEST_ROW}):
            # The line is all of its block.
            if place is not None and edges[number - 1] + edges[number] == BLOCK_IN + BLOCK_OUT:
                labels = labels_in(self._nodes[place], frames)
                if labels:
                    yield self._told[number], labels

    @cached_property
    def controls(self) -> frozenset[Control]:
        """What there is to press, to fill in or to follow outside of the frame; nothing on a page read flat."""
        root = self._tree.root if self._tree is not None else None
        return frozenset(controls_in(root, Frames(len(self._raw)))) if root is not None else frozenset()

    @cached_property
    def _frames(self) -> Frames:
        """For what is asked of blocks, when links are marked and their marks measured; other questions have theirs."""
        return Frames(len(self._raw))

    @property
    def headings(self) -> dict[str, str]:
        """The lines that are headings of the page or of its parts, each with its tag; none on a page read flat."""
        places = self._places(None) if self._tree is not None else ()
        return {
            self._told[number]: tag
            for number, place in places
            if place is not None and (tag := self._nodes[place].tag) in _HEADINGS
        }

    @property
    def fields(self) -> frozenset[str]:
        """What is to be written into its fields outside of the frame: "text", "email", "password"."""
        return frozenset(control.field for control in self.controls)

    @cached_property
    def _cards(self) -> Cards:
        return Cards(self._tree.root if self._tree is not None else None, len(self._raw))

    @cached_property
    def _main(self) -> MainContent:
        return MainContent(self._tree.root if self._tree is not None else None)

    def _places(self, wanted: Collection[str] | None) -> Iterator[tuple[int, int | None]]:
        """The numbers of the wanted pieces of text, and of the blocks in which they stand."""
        numbers = [
            number for number, told in enumerate(self._told) if told and (wanted is None or told in wanted)
        ]
        return places_of(numbers, "".join(_EDGES.findall(self._raw)))

    def _block(self, number: int, place: int | None, items: Items) -> Block:
        told = self._told[number]
        in_frame, is_link = self._standing(number, place)
        if in_frame or is_link or place is None:
            is_row = is_link and not in_frame and self._is_row_of_links(number, place)
            links = self._links_of(number) if is_row else ()
            return Block(told, in_frame=in_frame, is_link=is_link, links=links)
        node = self._nodes[place]
        card = tuple(line for link in self._cards.links_round(node) for line in _lines(link))
        beside = self._beside_links(number) if self._frames.has_link(node) else told
        found = items.links_round(node) if len(beside) <= _LONGEST_DATE and dateline(beside) else None
        if found and self._main.leaves_out(node):
            return Block(told, in_frame=True, is_link=False)
        item = Item(*(tuple(filter(None, map(_plain, links))) for links in found)) if found else None
        return Block(told, in_frame=False, is_link=False, item=item, card=card)

    def _standing(self, number: int, place: int | None) -> tuple[bool, bool]:
        """Is the block frame, and does it only lead on?"""
        if place is None:
            return False, self._is_linked(number)
        told, node = self._told[number], self._nodes[place]
        is_link = self._frames.is_in_link(node) or (self._frames.has_link(node) and self._is_linked(number))
        is_link = is_link and not self._is_of_the_story(told, node)
        in_frame = self._frames.hold(node) or self._frames.are_all_of(node, told)
        asked = "" if in_frame else self._frames.asked_by(node)
        in_frame = (
            in_frame
            or asked in ("consent", "support")
            or (place < self._head_of_site and not self._may_be_of_the_story(told, node))
            or self._tells_of_now(number, node, place)
        )
        if not (in_frame or is_link):
            is_link = (
                len(told) <= _LONGEST_BESIDE
                and (asked == "address" or self._main.leaves_out(node))
                and not self._may_be_of_the_story(told, node)
            )
        return in_frame, is_link

    def _is_of_the_story(self, told: str, node: LexborNode) -> bool:
        """Is a linked line the headline, which the title of the page repeats, or who wrote the story?"""
        return (node.tag in _HEADLINES and told in self.title) or self._names_authors(told)

    def _may_be_of_the_story(self, told: str, node: LexborNode) -> bool:
        """Is a line outside of the main content one of a table, by an editor, or a byline?"""
        return (
            node.tag in _OF_A_FACT
            or tells_any(told.lower(), _OF_AN_EDITOR)
            or told.lower().startswith(BEGINS_OF_NOTES)
            or told in self._authors[:1]
        )

    def _names_authors(self, told: str) -> bool:
        """Is the line a part of the byline, or all of its names with what stands between them?"""
        if told in "".join(self._authors[:1]):
            return True
        rest = told
        for author in self._authors:
            rest = rest.replace(author, "")
        return rest != told and not _WORD_OF_A_NAME.search(rest)

    @cached_property
    def _authors(self) -> tuple[str, ...]:
        """The first line outside of the frame that is marked as naming an author, and those right beside it."""
        assert self._tree is not None
        marked = [node for node in self._tree.css(_BYLINES)[:_MOST_BYLINES] if not self._frames.hold(node)]
        named = [(node, line) for node in marked if 0 < len(line := _plain(node)) <= _LONGEST_BYLINE]
        beside = {node.parent.mem_id for node, _ in named[:1] if node.parent is not None}
        return tuple(line for node, line in named if node.parent is not None and node.parent.mem_id in beside)

    def _tells_of_now(self, number: int, node: LexborNode, place: int) -> bool:
        """Does the block tell what day it is, how warm or how dear? In the content, that is what readers came for."""
        told = self._told[number]
        # Below the title a day is that of the story; above it, on a page without names, only if no menu is between.
        if place < self._first_of("h1", "main", "article") and tells_the_present(told):
            is_of_a_fact = node.tag in _OF_A_FACT
            return not is_of_a_fact and (
                self._is_above_a_menu(number, place) or self._frames.stands_beside_content(node)
            )
        if not tells_weather_or_prices(told):
            return False
        is_named = self._first_of("main", "article") > 0
        return self._frames.stands_beside_content(node) if is_named else place < self._first_of("h1")

    def _is_above_a_menu(self, number: int, place: int) -> bool:
        """On a page without names, are there mostly links to other pages between the block and the title?"""
        if self._first_of("main", "article") or self._first_of("h1") - place < _FAR_ABOVE:
            return False
        return self._links_above_title[-1] > self._links_above_title[number + 1]

    @cached_property
    def _links_above_title(self) -> list[int]:
        """For each piece of text above the <h1>, how many more links to other pages than other lines are above it.

        A paragraph outweighs all of them.
        """
        assert self._tree is not None
        edges = enumerate(_EDGES.findall(self._raw))
        entered = (at for at, edge in edges if edge == BLOCK_IN)
        end = next(islice(entered, self._first_of("h1"), None), 0)
        # A table of contents leads to parts of what stands there.
        to_parts = set(map(_plain, self._tree.css("a[href*='#']")))
        return list(accumulate((self._weighed(piece, to_parts) for piece in range(end + 1)), initial=0))

    def _weighed(self, piece: int, to_parts: set[str]) -> int:
        told = self._told[piece]
        if not told:
            return 0
        if self._is_linked(piece) and told not in to_parts:
            return 1
        return -1 if len(told) <= _LONGEST_OF_A_MENU else -len(self._told)

    def _first_of(self, *tags: str) -> int:
        """The number of the first block that is one of these, or 0 if there is none."""
        return min((self._first_places[tag] for tag in tags if tag in self._first_places), default=0)

    @cached_property
    def _head_of_site(self) -> int:
        """The number of the block with the name and the menu of the site, above the title of the page; 0 without one.

        What stands above it is of the site as well.
        """
        assert self._tree is not None
        head = self._tree.css_first("header, [role=banner]")
        if head is None or head.css_first("a[href]") is None or head.css_first("h1") is not None:
            return 0
        above_title = self._nodes[: self._first_of("h1", "main", "article")]
        return next((place for place, node in enumerate(above_title) if node.mem_id == head.mem_id), 0)

    @cached_property
    def _first_places(self) -> dict[str, int]:
        places: dict[str, int] = {}
        for at, node in enumerate(self._nodes):
            if node.tag in _OF_CONTENT:
                places.setdefault(node.tag, at)
        return places

    def _is_linked(self, number: int) -> bool:
        piece = self._linked_pieces[number]
        linked = sum(len(tidied(text)) for text in _LINK.findall(piece))
        if linked >= _LINKED * len(behind_its_label(self._told[number])):
            return True
        beside = self._beside_links(number) if linked else ""
        return linked > 0 and (_BETWEEN_LINKS.fullmatch(beside) is not None or leads_on(beside))

    def _is_row_of_links(self, number: int, place: int | None) -> bool:
        return (place is None or self._frames.has_link(self._nodes[place])) and self._is_linked(number)

    def _links_of(self, number: int) -> tuple[str, ...]:
        return tuple(filter(None, map(tidied, _LINK.findall(self._linked_pieces[number]))))

    def _beside_links(self, number: int) -> str:
        return tidied(_LINK.sub(" ", self._linked_pieces[number]).translate(NO_MARKS))

    @cached_property
    def _linked_pieces(self) -> list[str]:
        """The pieces of text with a mark at each end of a link."""
        assert self._tree is not None
        for link in self._tree.css("a[href]"):
            link.insert_before(LINK_IN)
            link.insert_after(LINK_OUT)
        return _EDGES.split(raw_text(self._tree))


def html_text(markup: str) -> tuple[str, str]:
    """The title of the page, and its visible text with a line for each block. Linear."""
    page = HtmlPage(markup)
    return page.title, page.text


def _lines(node: LexborNode) -> Iterator[str]:
    return filter(None, (tidied(piece.translate(NO_MARKS)) for piece in _EDGES.split(node.text())))


def _plain(node: LexborNode) -> str:
    return tidied(node.text().translate(NO_MARKS))

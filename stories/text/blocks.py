"""Rendered HTML → its paragraphs as a reader sees them, and its links; for diffs, word counts and quotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

BlockKind = Literal["paragraph", "heading", "quote", "item", "row", "code"]

_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "blockquote": "quote",
    "li": "item",
    "tr": "row",
    "pre": "code",
}
_WITHOUT_KIND = frozenset({"p", "div", "hr", "ul", "ol", "table", "thead", "tbody", "caption"})
_BLOCKS = _WITHOUT_KIND | _KINDS.keys()
_CELLS = frozenset({"td", "th"})
_SPACES = re.compile(r"[ \t\n\r\f]+")
# A parser never leaves this character in a text.
_LINE_BREAK = "\x00"
_AROUND_LINE_BREAK = re.compile(f" ?{_LINE_BREAK} ?")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, table row or piece of code; its text has no markup."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """What a reader can follow: its words and where it leads, as written."""

    text: str
    url: str


def readable_blocks(html: str) -> tuple[Block, ...]:
    """The text of rendered HTML, block by block, as it reads; blocks without text are left out.

    White space collapses as a browser collapses it, but in code; a line break stays a line feed, and the cells of
    a row are separated by " | ". A paragraph in a quote is a quote, one in a list an item.
    Linear in the length of `html`.

    >>> readable_blocks("<h2>Why</h2><blockquote><p>We <em>never</em> do.</p></blockquote>")
    (Block(kind='heading', text='Why'), Block(kind='quote', text='We never do.'))
    """
    writer = _Writer()
    for node, is_entered in _walk(_body(html)):
        if is_entered:
            writer.enter(node)
        else:
            writer.leave(node)
    writer.finish_block()
    return tuple(writer.blocks)


def links(html: str) -> tuple[Link, ...]:
    """Every link with an address, in order; the marks that lead to a footnote and back are not links to a reader.

    Linear in the length of `html`.

    >>> links('<p>As <a href="https://example.org/terms">the terms</a> say.</p>')
    (Link(text='the terms', url='https://example.org/terms'),)
    """
    found = []
    for anchor in _body(html).css("a[href]"):
        url = anchor.attributes.get("href") or ""
        if url and not url.startswith("#"):
            found.append(Link(text=_SPACES.sub(" ", anchor.text()).strip(" "), url=url))
    return tuple(found)


class _Writer:
    """Gathers text until a block ends. What stands in a cell belongs to the cell's row, whatever it is."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._kinds: list[BlockKind] = ["paragraph"]
        self._parts: list[str] = []
        self._rows = 0
        self._cells = 0
        self._footnote_links = 0

    def enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if node.is_text_node:
            self._add(node.text_content or "")
        elif tag in _BLOCKS:
            self._enter_block(tag)
        elif tag == "br":
            self._parts.append(_LINE_BREAK)
        elif tag in _CELLS and self._rows == 1:
            self._enter_cell()
        elif tag == "a":
            self._enter_footnote_link(node)

    def leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _BLOCKS:
            self._leave_block(tag)
        elif tag == "a" and _footnote_class(node):
            self._footnote_links -= 1

    def finish_block(self) -> None:
        kind = self._kinds[-1]
        text = "".join(self._parts)
        if kind == "code":
            text = text.replace(_LINE_BREAK, "\n").strip("\n")
        else:
            text = _AROUND_LINE_BREAK.sub("\n", _SPACES.sub(" ", text)).strip(" \n")
        self._parts.clear()
        self._cells = 0
        if text:
            self.blocks.append(Block(kind=kind, text=text))

    def _enter_block(self, tag: str) -> None:
        if self._rows:
            self._parts.append(" ")
        else:
            self.finish_block()
            self._kinds.append(_KINDS.get(tag, self._kinds[-1]))
        self._rows += tag == "tr"

    def _leave_block(self, tag: str) -> None:
        self._rows -= tag == "tr"
        if self._rows:
            self._parts.append(" ")
        else:
            self.finish_block()
            self._kinds.pop()

    def _add(self, text: str) -> None:
        if not self._footnote_links:
            self._parts.append(text)

    def _enter_cell(self) -> None:
        if self._cells:
            self._parts.append(" | ")
        self._cells += 1

    def _enter_footnote_link(self, node: LexborNode) -> None:
        """Shows a footnote by its label, for its number changes with every note put in before it."""
        which = _footnote_class(node)
        if which == "footnote-ref":
            self._parts.append(f"[{(node.attributes.get('href') or '').removeprefix('#fn:')}]")
        elif which == "footnote-backref" and self._parts and self._parts[-1].endswith("\u00a0"):
            self._parts[-1] = self._parts[-1][:-1]
        if which:
            self._footnote_links += 1


def _footnote_class(node: LexborNode) -> str | None:
    name = node.attributes.get("class")
    return name if name in {"footnote-ref", "footnote-backref"} else None


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every node below, as it is entered and left; without recursion, for nesting may be deep."""
    node = root.first_child
    while node is not None:
        yield node, True
        if node.first_child is not None:
            node = node.first_child
            continue
        yield node, False
        while node.next is None:
            parent = node.parent
            if parent is None or parent.mem_id == root.mem_id:
                return
            node = parent
            yield node, False
        node = node.next


def _body(html: str) -> LexborNode:
    body = LexborHTMLParser(html).body
    if body is None:
        raise ValueError("not an HTML document or fragment")
    return body

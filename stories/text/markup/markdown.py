"""HTML to the paragraphs of a story: what each says, and the Markdown that shows it with its links and emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from stories.text.language.word_lists import words_in
from stories.text.markup.depth import is_too_dear
from stories.text.markup.flat import flat_text
from stories.text.plain import escape_inline, escape_line_start

__all__ = ["Link", "Paragraph", "html_paragraphs"]

#: Deeper than any story is nested; what is inside is then taken as it stands, without its markup.
_DEEPEST = 100
_UNSEEN = words_in(
    "script style template head iframe object canvas audio video svg math form button select input textarea nav "
    "noscript"
)
_HEADINGS = {"h1": "## ", "h2": "## ", "h3": "### ", "h4": "#### ", "h5": "#### ", "h6": "#### "}
_BLOCKS = words_in(
    "address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer "
    "header hgroup html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"
) | set(_HEADINGS)
_MARKS = {"b": "**", "strong": "**", "em": "*", "i": "*"}
_SCHEMES = frozenset({"http", "https"})
_SPACE = re.compile(r"[^\S\xa0]+")
_LIST_MARK = re.compile(r"- |1\. ")
_ENTRY = re.compile(r"(?:> )*[ ]*(?:- |1\. )")
_SAFE_IN_LINK = "%/:@!$&'*+,;=~?#[]|^"


@dataclass(frozen=True, slots=True)
class Link:
    """A link, and where its words stand in what the paragraph says."""

    address: str
    words: str
    start: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`text` is what is read, `markdown` what shows it; `heading` is the level of one (1 to 6), otherwise 0."""

    text: str
    markdown: str
    links: tuple[Link, ...] = ()
    heading: int = 0


def html_paragraphs(markup: str, *, base_url: str = "") -> list[Paragraph]:
    """The paragraphs of HTML in their order, links resolved against `base_url`. Linear in its length.

    Headings, lists, quotations, emphasis and links to the web stay; everything else is as its text says. The entries
    of a list are one paragraph.

    >>> [paragraph.markdown for paragraph in html_paragraphs("<p>It <em>closes</em>.<ul><li>1 * 2<li>3")]
    ['It *closes*.', '- 1 \\\\* 2\\n- 3']
    """
    if is_too_dear(markup):
        lines = flat_text([markup])[1].splitlines()
        return [Paragraph(line, _escape(line)) for line in lines if line]
    writer = _Writer(base_url)
    root = LexborHTMLParser(markup).root
    if root is not None:
        writer.write(root, depth=0)
    writer.end_paragraph()
    return _join_entries(writer.paragraphs)


def _escape(line: str) -> str:
    return escape_line_start(escape_inline(line))


class _Writer:
    def __init__(self, base_url: str) -> None:
        self.paragraphs: list[Paragraph] = []
        self._base_url = base_url
        self._text: list[str] = []
        self._markdown: list[str] = []
        self._links: list[Link] = []
        self._length = 0
        self._before = ""
        self._heading = 0

    def write(self, node: LexborNode, *, depth: int) -> None:
        child = node.child
        while child is not None:
            self._write_node(child, depth + 1)
            child = child.next

    def _write_node(self, node: LexborNode, depth: int) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self._say(node.text_content or "")
        elif tag in _UNSEEN or tag.startswith("-") or "hidden" in node.attributes:
            return
        elif depth > _DEEPEST:
            self._say(node.text())
        elif tag == "br":
            self._break()
        elif tag in _BLOCKS:
            with self._block(tag, node):
                self.write(node, depth=depth)
        else:
            self._write_inline(tag, node, depth)

    def _say(self, words: str) -> None:
        words = _SPACE.sub(" ", words)
        if words.startswith(" ") and (not self._text or self._text[-1][-1:] in (" ", "\n")):
            words = words[1:]
        if words:
            self._append(words, escape_inline(words))

    def _break(self) -> None:
        if self._text:
            self._append("\n", "  \n")

    def _append(self, text: str, markdown: str) -> None:
        self._text.append(text)
        self._markdown.append(markdown)
        self._length += len(text)

    @contextmanager
    def _block(self, tag: str, node: LexborNode) -> Iterator[None]:
        self.end_paragraph()
        before, heading = self._before, self._heading
        if tag == "blockquote":
            self._before += "> "
        elif tag == "li":
            is_numbered = node.parent is not None and node.parent.tag == "ol"
            self._before = _LIST_MARK.sub("    ", self._before) + ("1. " if is_numbered else "- ")
        elif tag in _HEADINGS:
            self._before, self._heading = _HEADINGS[tag], int(tag[1])
        yield
        self.end_paragraph()
        self._before, self._heading = before, heading

    def _write_inline(self, tag: str, node: LexborNode, depth: int) -> None:
        begun, spoken, paragraphs = len(self._markdown), len(self._text), len(self.paragraphs)
        start = self._length
        self.write(node, depth=depth)
        if len(self.paragraphs) != paragraphs or begun >= len(self._markdown):
            return  # A block inside it has ended the paragraph in which it began.
        if tag in _MARKS:
            self._wrap(begun, _MARKS[tag], _MARKS[tag])
        elif tag == "a" and (address := self._address(node)):
            words = "".join(self._text[spoken:]).strip()
            if words and not (self._links and self._links[-1].start >= start):
                self._links.append(Link(address, words, start))
                self._wrap(begun, "[", f"]({quote(address, safe=_SAFE_IN_LINK)})")

    def _address(self, node: LexborNode) -> str:
        try:
            address = urljoin(self._base_url, (node.attributes.get("href") or "").strip())
            return address if urlsplit(address).scheme in _SCHEMES else ""
        except ValueError:
            return ""

    def _wrap(self, begun: int, opening: str, closing: str) -> None:
        """Marks stand at words, never at space: Markdown would show them."""
        inside = "".join(self._markdown[begun:])
        bare = inside.strip()
        if bare:
            lead, tail = inside[: inside.index(bare[0])], inside[len(inside.rstrip()) :]
            self._markdown[begun:] = [f"{lead}{opening}{bare}{closing}{tail}"]

    def end_paragraph(self) -> None:
        text, markdown = "".join(self._text), "".join(self._markdown)
        lead = len(text) - len(text.lstrip())
        if text.strip():
            links = tuple(Link(each.address, each.words, max(0, each.start - lead)) for each in self._links)
            lines = escape_line_start(_tidy(markdown)).split("\n")
            shown = self._before + f"\n{_continue(self._before)}".join(lines)
            self.paragraphs.append(Paragraph(_tidy(text), shown, links, self._heading))
        self._text, self._markdown, self._links, self._length = [], [], [], 0


def _tidy(text: str) -> str:
    """Lines without space round them; the two spaces that break a line in Markdown stay."""
    lines = [line.lstrip() for line in text.strip().split("\n")]
    return "\n".join(line for line in lines if line.strip())


def _continue(before: str) -> str:
    """What a further line of the same paragraph begins with."""
    return _LIST_MARK.sub(lambda mark: " " * len(mark[0]), before)


def _join_entries(paragraphs: list[Paragraph]) -> list[Paragraph]:
    joined: list[Paragraph] = []
    for paragraph in paragraphs:
        last = joined[-1] if joined else None
        if last and _continues(last, paragraph):
            shift = len(last.text) + 1
            moved = tuple(Link(each.address, each.words, each.start + shift) for each in paragraph.links)
            joined[-1] = Paragraph(
                f"{last.text}\n{paragraph.text}", f"{last.markdown}\n{paragraph.markdown}", last.links + moved
            )
        else:
            joined.append(paragraph)
    return joined


def _continues(last: Paragraph, entry: Paragraph) -> bool:
    """Whether it is an entry of the list that came before: one of the same kind, or one further in."""
    first, further = _ENTRY.match(last.markdown), _ENTRY.match(entry.markdown)
    if first is None or further is None:
        return False
    is_further_in = "    " in further[0]
    return is_further_in or first[0] == further[0]

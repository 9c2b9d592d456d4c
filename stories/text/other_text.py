"""The readable text of copies that are not HTML: plain text, Markdown, JSON and feeds (RSS, Atom)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from statistics import median
from xml.parsers import expat

from .copy_errors import CopyTooLarge, UnreadableCopy
from .html_text import html_text
from .limits import MOST_VALUES
from .word_lists import words_in

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|&[a-zA-Z]{2,10};|&#")
_WRAPPED_FROM = 45
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*+\n)++")
_BATCH = 5_000
_BEGINS_ITEM = re.compile(r"\s{0,20}(?:[-*•–+>|#]|\d{1,3}[.)])\s")

_FENCE = re.compile(r"^ {0,3}(?:```|~~~).{0,200}$", re.MULTILINE)
_LINE_MARK = re.compile(
    r"^[ \t]{0,20}(?:#{1,6}[ \t]{1,8}|>[ \t]{0,8}|[-*+][ \t]{1,8}|\d{1,4}[.)][ \t]{1,8})", re.MULTILINE
)
_RULE = re.compile(r"^[ \t]{0,3}[-*_=]{3,200}[ \t]{0,20}$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]{0,1000})\](?:\([^()\s]{0,2000}(?: \"[^\"]{0,300}\")?\)|\[[^\[\]]{0,100}\])")
_EMPHASIS = re.compile(r"\*\*|__|~~|`|(?<![\w*])[*_](?=[^\s*_])|(?<=[^\s*_])[*_](?![\w*])")

_TEXT_ELEMENTS = words_in("title subtitle description summary content encoded name author creator category")
_MOST_DEPTH = 200


def plain_text(text: str) -> str:
    """The text with hard-wrapped lines joined, so that a line ends where a thought does. Linear."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _joined(line for paragraph in _paragraphs(text) for line in _unwrapped(paragraph) if line)


def _paragraphs(text: str) -> Iterator[str]:
    at = 0
    for gap in _EMPTY_LINES.finditer(text):
        yield text[at : gap.start()]
        at = gap.end()
    yield text[at:]


def _joined(lines: Iterable[str]) -> str:
    """The lines as one text, of which no more than some thousands are ever held apart."""
    lines, batches = iter(lines), []
    while batch := list(islice(lines, _BATCH)):
        batches.append("\n".join(batch))
    return "\n".join(batches)


def _unwrapped(paragraph: str) -> list[str]:
    lines = [line.strip() for line in paragraph.split("\n")]
    lines = [line for line in lines if line]
    if len(lines) < 2 or median(map(len, lines[:-1])) < _WRAPPED_FROM:
        return lines
    joined = [lines[0]]
    for line in lines[1:]:
        if _BEGINS_ITEM.match(line + " ") or len(joined[-1].rpartition("\n")[2]) < _WRAPPED_FROM // 2:
            joined.append(line)
        else:
            # A hyphen at the end of a line stays with its line end: only the passage can tell what it means.
            joined[-1] += ("\n" if joined[-1][-1] in "-‐" else " ") + line
    return joined


def markdown_text(text: str) -> tuple[str, str]:
    """The title (the first heading) and the text that a rendered Markdown document would show. Linear."""
    heading = re.search(r"^#[ \t]{1,8}(.{1,300})$", text, re.MULTILINE)
    bare = _LINE_MARK.sub("", _RULE.sub("", _FENCE.sub("", text)))
    bare = _EMPHASIS.sub("", _LINK.sub(r"\1", bare))
    if _TAG.search(bare):
        bare = html_text("<pre>" + bare)[1]
    return (_EMPHASIS.sub("", heading.group(1)).strip() if heading else ""), plain_text(bare)


def json_text(text: str) -> str:
    """The strings of a JSON document, each on its own line, and its numbers with their names.

    Raises UnreadableCopy if it is not JSON, nested too deeply, CopyTooLarge beyond 150,000 values.
    """
    if text.count(",") + text.count("[") + text.count("{") > MOST_VALUES:
        raise CopyTooLarge("too_much_text", detail="too many values")
    try:
        document = json.loads(text, parse_int=_Number, parse_float=_Number)
    except (ValueError, RecursionError) as error:
        raise UnreadableCopy("broken_json", detail=type(error).__name__) from error
    lines: list[str] = []
    waiting: list[tuple[str, object]] = [("", document)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(str(key), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [(name, inner) for inner in reversed(value)]
        elif isinstance(value, str) and not isinstance(value, _Number):
            lines.append(_readable(value))
        elif value is not None:
            lines.append(f"{name}: {str(value).lower()}")
    return "\n".join(line for line in lines if line)


class _Number(str):
    """A number as the document writes it."""

    __slots__ = ()


def _readable(value: str) -> str:
    value = value.encode("utf-8", "replace").decode("utf-8")
    return html_text(value)[1] if _TAG.search(value) else value.strip()


def feed_text(text: str) -> tuple[str, str]:
    """The title of a feed, and the titles and texts of its entries.

    Raises UnreadableCopy if it is broken, is nested deeper than 200, or has a DTD, through which entities could grow
    without end or read files. Linear.
    """
    reader = _FeedReader()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse_dtd
    parser.EntityDeclHandler = reader.refuse_dtd
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise UnreadableCopy("broken_feed", detail=str(error)) from error
    return reader.title, "\n".join(line for line in reader.lines if line)


class _FeedReader:
    """Collects the text of the elements that readers of a feed see; what is inside them (XHTML) belongs to them."""

    def __init__(self) -> None:
        self.title = ""
        self.lines: list[str] = []
        self._pieces: list[str] = []
        self._elements = 0
        self._inside = ""
        self._depth = 0
        self._depth_inside = 0

    def refuse_dtd(self, *_: object) -> None:
        raise UnreadableCopy("dtd")

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise UnreadableCopy("broken_feed", detail="nested too deeply")
        self._elements += 1
        if self._elements > MOST_VALUES:
            raise CopyTooLarge("too_much_text", detail="too many elements")
        name = tag.rpartition(":")[2].lower()
        if self._inside:
            self._pieces.append(f"<{name}>")
        elif name in _TEXT_ELEMENTS:
            self._inside, self._depth_inside, self._pieces = name, self._depth, []

    def end(self, tag: str) -> None:
        if self._inside and self._depth == self._depth_inside:
            told = _readable("".join(self._pieces))
            if self._inside == "title" and not self.title:
                self.title = told
            self.lines.append(told)
            self._inside = ""
        elif self._inside:
            self._pieces.append(f"</{tag.rpartition(':')[2].lower()}>")
        self._depth -= 1

    def characters(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)

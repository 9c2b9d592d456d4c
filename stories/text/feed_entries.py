"""The entries of a feed (RSS 2.0 and 1.0, Atom), each with all that it says of a story."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import escape
from xml.parsers import expat

from stories.text.copy_errors import CopyTooLarge, UnreadableCopy
from stories.text.markup.text import html_text
from stories.text.told import line_of, moment_of

__all__ = ["Feed", "FeedEntry", "read_feed_entries"]

MOST_ENTRIES = 1_000
_MOST_ELEMENTS = 500_000
_MOST_DEPTH = 200
_VOID = frozenset({"br", "hr", "img"})
_ENTRIES = frozenset({"item", "entry"})
#: By local name: which field of an entry it fills, the better one first where there are several.
_FIELDS = {
    "guid": "key",
    "id": "key",
    "title": "headline",
    "description": "summary",
    "summary": "summary",
    "encoded": "content",
    "content": "content",
    "creator": "author",
    "name": "author",
    "pubDate": "published",
    "published": "published",
    "issued": "published",
    "date": "published",
    "updated": "updated",
    "modified": "updated",
}
#: Namespaces whose elements mean something else under the same names, such as those of media.
_STRANGE = ("http://search.yahoo.com/mrss", "http://www.itunes.com/", "http://www.w3.org/1999/xhtml")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """`key` tells the entry among those of its feed. `content` is the story in HTML, if it gives more than a summary.

    Times are as stated, None where they are not, or cannot be read.
    """

    key: str
    address: str
    headline: str
    summary: str = ""
    content: str = ""
    author: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    entries: tuple[FeedEntry, ...]


def read_feed_entries(text: str) -> Feed:
    """The title of a feed, and its entries in their order, no more than a thousand. Linear.

    An entry without a key of its own is told by its address. Raises UnreadableCopy if it is broken, is nested deeper
    than 200, or has a DTD, through which entities could grow without end or read files.
    """
    reader = _Reader()
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reader.refuse_dtd
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise UnreadableCopy("broken_feed", detail=str(error)) from error
    return Feed(reader.title, tuple(reader.entries))


@dataclass(slots=True)
class _Said:
    """What an entry has said so far, as text."""

    key: str = ""
    link: str = ""
    headline: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    published: str = ""
    updated: str = ""


@dataclass(slots=True)
class _Reader:
    title: str = ""
    entries: list[FeedEntry] = field(default_factory=list)
    _said: _Said | None = None
    _path: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _filling: str = ""
    _depth: int = 0
    _elements: int = 0

    def refuse_dtd(self, *_: object) -> None:
        raise UnreadableCopy("dtd")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if len(self._path) >= _MOST_DEPTH:
            raise UnreadableCopy("broken_feed", detail="nested too deeply")
        if self._elements > _MOST_ELEMENTS:
            raise CopyTooLarge("too_much_text", detail="too many elements")
        namespace, _, name = tag.rpartition(" ")
        self._path.append(name)
        if self._filling:
            self._pieces.append(_open_tag(name, attributes))
        elif name in _ENTRIES and self._said is None:
            self._said = _Said(key=attributes.get("http://www.w3.org/1999/02/22-rdf-syntax-ns# about", ""))
        elif name == "link":
            self._follow(attributes)
        elif not namespace.startswith(_STRANGE) and (name in _FIELDS or name in ("title", "author")):
            self._begin(name)

    def _follow(self, attributes: dict[str, str]) -> None:
        href = attributes.get("href", "")
        if href and self._said and not self._said.link and attributes.get("rel", "alternate") == "alternate":
            self._said.link = href
        elif not href and self._said is not None:
            self._begin("link")

    def _begin(self, name: str) -> None:
        # Atom's author has a name inside; that of RSS is text itself.
        if name != "author":
            self._filling, self._depth, self._pieces = name, len(self._path), []

    def characters(self, text: str) -> None:
        if self._filling:
            is_markup = len(self._path) > self._depth
            self._pieces.append(escape(text) if is_markup else text)

    def end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if self._filling and len(self._path) == self._depth:
            self._fill(self._filling, "".join(self._pieces).strip())
            self._filling = ""
        elif self._filling and name not in _VOID:
            self._pieces.append(f"</{name}>")
        elif name in _ENTRIES and self._said is not None and not self._filling:
            self._end_entry(self._said)
            self._said = None
        self._path.pop()

    def _fill(self, name: str, text: str) -> None:
        if self._said is None:
            if name == "title" and not self.title:
                self.title = _plain(text)
            return
        target = "link" if name == "link" else _FIELDS[name]
        if not getattr(self._said, target):
            setattr(self._said, target, text)

    def _end_entry(self, said: _Said) -> None:
        key, address = said.key or said.link, said.link or (said.key if "://" in said.key else "")
        if not key or len(self.entries) >= MOST_ENTRIES:
            return
        self.entries.append(
            FeedEntry(
                key=key,
                address=address,
                headline=_plain(said.headline),
                summary=_plain(said.summary),
                content=said.content,
                author=_plain(said.author),
                published_at=_read_time(said.published),
                updated_at=_read_time(said.updated),
            )
        )


def _open_tag(name: str, attributes: dict[str, str]) -> str:
    kept = "".join(
        f' {key}="{escape(value)}"' for key, value in attributes.items() if key in ("href", "hidden")
    )
    return f"<{name}{kept}>"


def _plain(text: str) -> str:
    return line_of(html_text(text)[1] if "<" in text or "&" in text else text)


def _read_time(written: str) -> datetime | None:
    """As Atom writes it (RFC 3339) or RSS (RFC 822); None for a day alone, and for no time that a newsroom means."""
    read = datetime.fromisoformat if written[:4].isdecimal() else parsedate_to_datetime
    try:
        return moment_of(read(written))
    except (TypeError, ValueError, OverflowError):
        return None

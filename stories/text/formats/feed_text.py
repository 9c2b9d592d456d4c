"""The readable text of feeds (RSS, Atom)."""

from __future__ import annotations

from xml.parsers import expat

from stories.text.copy_errors import CopyTooLarge, UnreadableCopy
from stories.text.formats.embedded import readable
from stories.text.language.word_lists import words_in
from stories.text.limits import MOST_VALUES

_TEXT_ELEMENTS = words_in("title subtitle description summary content encoded name author creator category")
_ENTRIES = words_in("item entry")
# In the order in which they are believed.
_DATES = ("pubdate", "published", "issued", "date", "updated", "modified")
_MOST_DEPTH = 200


def feed_text(text: str) -> tuple[str, str]:
    """The title of a feed, and the titles, texts and dates of its entries.

    Of an entry the date when it was published is told, or else when it was updated; not when the feed was made.

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
        self._in_entry = False
        self._dates: dict[str, str] = {}
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
        elif name in _ENTRIES:
            self._in_entry, self._dates = True, {}
        elif name in _TEXT_ELEMENTS or (self._in_entry and name in _DATES):
            self._inside, self._depth_inside, self._pieces = name, self._depth, []

    def end(self, tag: str) -> None:
        if self._inside and self._depth == self._depth_inside:
            told = readable("".join(self._pieces))
            if self._inside == "title" and not self.title:
                self.title = told
            if self._inside in _DATES:
                self._dates.setdefault(self._inside, told)
            else:
                self.lines.append(told)
            self._inside = ""
        elif self._inside:
            self._pieces.append(f"</{tag.rpartition(':')[2].lower()}>")
        elif tag.rpartition(":")[2].lower() in _ENTRIES:
            self._in_entry = False
            self.lines.append(next((self._dates[name] for name in _DATES if name in self._dates), ""))
        self._depth -= 1

    def characters(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)

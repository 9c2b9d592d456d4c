"""Atom (RFC 4287) with what a changelog needs: categories, fixed ids, and the links of RFC 5829."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import rfc3339_date

from stories.reader.feed import CHECKPOINT, Feed, FeedEntry, Link

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
# XML 1.0 has no way to write these, not even escaped.
_UNWRITABLE = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], "\ufffd"
)


def atom_response(feed: Feed) -> HttpResponse:
    text = StringIO()
    _Writer(XMLGenerator(text, "utf-8", short_empty_elements=True)).write(feed)
    return HttpResponse(text.getvalue().encode(), content_type=CONTENT_TYPE)


class _Writer:
    def __init__(self, xml: XMLGenerator) -> None:
        self._xml = xml

    def write(self, feed: Feed) -> None:
        self._xml.startDocument()
        self._open("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": settings.HOUSE_LANGUAGE})
        self._text("id", feed.id)
        self._text("title", feed.title)
        self._text("subtitle", feed.subtitle)
        self._text("updated", rfc3339_date(feed.updated))
        self._links(self._links_of(feed))
        self._author()
        if feed.checkpoint:
            self._text("record:checkpoint", feed.checkpoint, {"xmlns:record": CHECKPOINT})
        for entry in feed.entries:
            self._entry(entry)
        self._xml.endElement("feed")
        self._xml.endDocument()

    def _entry(self, entry: FeedEntry) -> None:
        self._open("entry", {})
        self._text("id", entry.id)
        self._text("title", entry.title)
        self._text("published", rfc3339_date(entry.published))
        self._text("updated", rfc3339_date(entry.updated))
        self._element("category", {"term": entry.category, "label": entry.category_label})
        self._links([("alternate", entry.address), *entry.links])
        self._text("content", entry.content, {"type": "html"})
        self._xml.endElement("entry")

    def _links_of(self, feed: Feed) -> list[Link]:
        links = [("self", feed.addresses["atom"]), ("alternate", feed.page), *feed.links]
        return [*links, ("hub", settings.WEBSUB_HUB)] if settings.WEBSUB_HUB else links

    def _author(self) -> None:
        self._open("author", {})
        self._text("name", settings.NEWSROOM_NAME)
        self._xml.endElement("author")

    def _links(self, links: Sequence[Link]) -> None:
        for relation, address in links:
            self._element("link", {"rel": relation, "href": address})

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        clean = {key: writable(value) for key, value in attributes.items()}
        self._xml.startElement(name, AttributesImpl(clean))

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        self._open(name, attributes)
        self._xml.endElement(name)

    def _text(self, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
        self._open(name, attributes or {})
        self._xml.characters(writable(text))
        self._xml.endElement(name)


def writable(text: str) -> str:
    """The text with a replacement for every character that XML 1.0 cannot have."""
    return text.translate(_UNWRITABLE)

"""Atom (RFC 4287) with what a changelog needs: categories, fixed ids, and the links of RFC 5829."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from urllib.parse import urlsplit
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import rfc3339_date

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
# XML 1.0 has no way to write these, not even escaped.
_UNWRITABLE = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], "\ufffd"
)

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """`content` is HTML; `links` are pairs of relation and address."""

    id: str
    title: str
    published: datetime
    updated: datetime
    category: str
    category_label: str
    content: str
    links: Sequence[Link]


@dataclass(frozen=True, slots=True)
class AtomFeed:
    id: str
    title: str
    subtitle: str
    updated: datetime
    links: Sequence[Link]
    entries: Sequence[AtomEntry]


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def tag_uri(since: datetime, name: str) -> str:
    """A tag: URI (RFC 4151): it stays when a page moves, though not when `SITE_URL` names another host."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{since:%Y-%m-%d}:{name}"


def atom_response(feed: AtomFeed) -> HttpResponse:
    text = StringIO()
    _Writer(XMLGenerator(text, "utf-8", short_empty_elements=True)).write(feed)
    return HttpResponse(text.getvalue().encode(), content_type=CONTENT_TYPE)


class _Writer:
    def __init__(self, xml: XMLGenerator) -> None:
        self._xml = xml

    def write(self, feed: AtomFeed) -> None:
        self._xml.startDocument()
        self._open("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
        self._text("id", feed.id)
        self._text("title", feed.title)
        self._text("subtitle", feed.subtitle)
        self._text("updated", rfc3339_date(feed.updated))
        self._links(feed.links)
        self._author()
        for entry in feed.entries:
            self._entry(entry)
        self._xml.endElement("feed")
        self._xml.endDocument()

    def _entry(self, entry: AtomEntry) -> None:
        self._open("entry", {})
        self._text("id", entry.id)
        self._text("title", entry.title)
        self._text("published", rfc3339_date(entry.published))
        self._text("updated", rfc3339_date(entry.updated))
        self._element("category", {"term": entry.category, "label": entry.category_label})
        self._links(entry.links)
        self._text("content", entry.content, {"type": "html"})
        self._xml.endElement("entry")

    def _author(self) -> None:
        self._open("author", {})
        self._text("name", settings.NEWSROOM_NAME)
        self._xml.endElement("author")

    def _links(self, links: Sequence[Link]) -> None:
        for relation, address in links:
            self._element("link", {"rel": relation, "href": address})

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        clean = {key: _clean(value) for key, value in attributes.items()}
        self._xml.startElement(name, AttributesImpl(clean))

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        self._open(name, attributes)
        self._xml.endElement(name)

    def _text(self, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
        self._open(name, attributes or {})
        self._xml.characters(_clean(text))
        self._xml.endElement(name)


def _clean(text: str) -> str:
    return text.translate(_UNWRITABLE)

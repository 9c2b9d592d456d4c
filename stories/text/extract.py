"""Bytes to readable text: all that can be seen of a copy, or what a reader would call its content.

Errors are those of `copy_errors`: ExtractError, and below it UnreadableCopy and CopyTooLarge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

from stories.text.charset import decode, decode_in_pieces, utf_16_of
from stories.text.copy_errors import CopyTooLarge, ExtractError, UnreadableCopy
from stories.text.formats.feed_text import feed_text
from stories.text.formats.json_text import is_call, json_text
from stories.text.formats.other_text import markdown_text, plain_text
from stories.text.limits import (
    MOST_BYTES,
    MOST_BYTES_OF_TREE,
    MOST_BYTES_WITH_SCRIPTS,
    MOST_CHARACTERS,
    MOST_TAGS_OF_TREE,
)
from stories.text.main_content import main_content
from stories.text.markup.scripts import without_scripts
from stories.text.markup.text import HtmlPage
from stories.text.struck import as_typed, holds_struck

__all__ = [
    "EXTRACTOR_VERSION",
    "CopyTooLarge",
    "Extract",
    "ExtractError",
    "UnreadableCopy",
    "kind_of",
    "main_text",
    "visible_text",
]

# Raised with every change of what is extracted or found, so that stored bytes are read again before they are compared.
EXTRACTOR_VERSION = "15"

Kind = Literal["html", "text", "markdown", "pdf", "json", "feed"]

_KINDS: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/json": "json",
    "application/feed+json": "json",
    "application/ld+json": "json",
    "application/x-ndjson": "json",
    "application/ndjson": "json",
    "application/jsonl": "json",
    "application/jsonlines": "json",
    "application/x-jsonlines": "json",
    "application/json-seq": "json",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
}
# Types that servers give when they do not know: the bytes decide.
_VAGUE = frozenset(
    ("", "text/plain", "application/octet-stream", "binary/octet-stream", "application/xml", "text/xml")
)
_SCRIPTS = frozenset(("application/javascript", "application/x-javascript", "text/javascript"))
_LOOKS_LIKE_HTML = re.compile(
    rb"^\s{0,200}(?:<!--.{0,500}?-->\s{0,200}){0,3}<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_LOOKS_LIKE_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_SNIFFED = 2_048
# What no text holds (WHATWG MIME Sniffing, "binary data byte"), but for NUL, which many an old page has in it,
# and for RS, which parts JSON texts (RFC 7464).
_BINARY = bytes([*range(0x01, 0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x1E), 0x1F])
# In compressed bytes it is every tenth.
_TEXT_FOR_EACH_BINARY = 30
_ARCHIVES = (b"\x1f\x8b\x08", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"\x89PNG\r\n", b"\xff\xd8\xff")


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a copy, one line for each block, and how it was read."""

    text: str
    title: str
    charset: str
    kind: Kind
    extractor_version: str = EXTRACTOR_VERSION


def visible_text(body: bytes, content_type: str) -> Extract:
    """All that a reader can see of a copy: sidebars, tables, accordions, footnotes and `noscript` too.

    Raises UnreadableCopy where `body` holds no text or is broken, CopyTooLarge above 20 MB or 3,000,000 characters
    of text. Linear in the length of `body`, however it is nested; takes some 40 MB at most.

    `visible_text(b"<p>Yes<p>No", "text/html").text` is `"Yes\\nNo"`.
    """
    kind = kind_of(body, content_type)
    if kind == "pdf":
        # Workers read PDFs in a process of their own, and do without its parser.
        from stories.text.formats.pdf_text import pdf_text

        title, text = pdf_text(body)
        return Extract(text, title, "", kind)
    if kind == "html":
        return extract_of(*html_page(body, content_type))
    charset, characters = decoded(body, content_type)
    title, text = _read(characters, kind)
    return Extract(text, title, charset, kind)


def html_page(body: bytes, content_type: str) -> tuple[HtmlPage, str]:
    """A page of HTML taken apart, and its charset; a large one is read piece by piece. Linear."""
    is_large = MOST_BYTES_OF_TREE < len(body) <= MOST_BYTES_WITH_SCRIPTS
    markup = without_scripts(body) if is_large else body
    if len(markup) <= MOST_BYTES_OF_TREE and markup.count(b"<") <= MOST_TAGS_OF_TREE:
        characters, charset = decode(markup, content_type)
        return HtmlPage(characters), charset
    charset, pieces = decode_in_pieces(body, content_type)
    return HtmlPage.read_flat(pieces), charset


def decoded(body: bytes, content_type: str) -> tuple[str, str]:
    """The charset and the characters of `body`. Raises CopyTooLarge beyond 3,000,000 characters. Linear."""
    if len(body) <= MOST_CHARACTERS:
        characters, charset = decode(body, content_type)
        return charset, characters
    charset, pieces = decode_in_pieces(body, content_type)
    read: list[str] = []
    length = 0
    for piece in pieces:
        read.append(piece)
        length += len(piece)
        if length > MOST_CHARACTERS:
            raise CopyTooLarge("too_much_text", detail=str(length))
    return charset, "".join(read)


def digest_of_text(text: str) -> str:
    """SHA-256, in hexadecimal. Linear."""
    return sha256(encoded(text)).hexdigest()


def encoded(text: str) -> bytes:
    """In UTF-8, with the half characters that JSON can spell. Linear."""
    return text.encode("utf-8", "surrogatepass")


def extract_of(page: HtmlPage, charset: str) -> Extract:
    """The visible text of an HTML page that was taken apart already. Constant."""
    return Extract(page.text, page.title, charset, "html")


def main_text(body: bytes, content_type: str) -> Extract:
    """What a reader would call the content of a copy: for HTML without the frame, otherwise all of it.

    Raises as `visible_text` does, whose text it gives where it finds little. Linear.
    """
    full = visible_text(body, content_type)
    if full.kind != "html":
        return full
    if len(body) > MOST_BYTES_OF_TREE:
        return full
    return replace(full, text=main_content(decode(body, content_type)[0], full.text))


def kind_of(body: bytes, content_type: str) -> Kind:
    """What a copy is, by its label and, where that says little or the bytes belie it, by its bytes.

    Raises UnreadableCopy for what holds no text (images, archives …), CopyTooLarge above 20 MB. Constant.
    """
    if len(body) > MOST_BYTES:
        raise CopyTooLarge("too_many_bytes", detail=str(len(body)))
    label = content_type.partition(";")[0].strip().lower()
    if body[:1_024].lstrip()[:5] == b"%PDF-":
        return "pdf"
    if _is_binary(body, content_type):
        raise UnreadableCopy("unknown_kind", detail=label[:80])
    if label in _VAGUE:
        return "text" if label == "text/plain" and "utf-16" in content_type.lower() else _sniffed(body, label)
    if label in _KINDS:
        return _KINDS[label]
    if label.endswith(("+json", "+json-seq")) or (label in _SCRIPTS and _is_jsonp(body)):
        return "json"
    if label.endswith("+xml"):
        return _sniffed(body, "application/xml")
    if label.startswith("text/"):
        return "text"
    raise UnreadableCopy("unknown_kind", detail=label[:80])


def _is_binary(body: bytes, content_type: str) -> bool:
    """Whether the bytes are no text, as those of an archive are not, or of a page whose server hides its coding."""
    start = body[:_SNIFFED]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or "utf-16" in content_type.lower() or utf_16_of(body):
        return False
    binary = len(start) - len(start.translate(None, _BINARY))
    return start.startswith(_ARCHIVES) or binary * _TEXT_FOR_EACH_BINARY > len(start)


def _is_jsonp(body: bytes) -> bool:
    return is_call(body[:_SNIFFED].decode("latin-1").lstrip("\ufeff\xef\xbb\xbf"))


def _sniffed(body: bytes, label: str) -> Kind:
    start = body[:_SNIFFED]
    if _LOOKS_LIKE_HTML.match(start) and label != "text/plain":
        return "html"
    if label != "text/plain" and _LOOKS_LIKE_FEED.search(start):
        return "feed"
    if label.endswith("xml"):
        return "html"
    if b"\0" in start and not (start.startswith((b"\xff\xfe", b"\xfe\xff")) or utf_16_of(start)):
        raise UnreadableCopy("unknown_kind", detail=label)
    if label != "text/plain" and start.lstrip()[:1] in (b"{", b"["):
        return "json"
    return "text"


def _read(characters: str, kind: Kind) -> tuple[str, str]:
    if kind == "feed":
        return feed_text(characters)
    if kind == "markdown":
        return markdown_text(characters)
    if kind == "json":
        return "", json_text(characters)
    text = plain_text(characters)
    # Tildes are a mark in Markdown only.
    return "", as_typed(text) if holds_struck(text) else text

"""Bytes to characters, as browsers do it (WHATWG Encoding), but mistrusting labels that the bytes belie."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from .word_lists import words_in

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_HEADER = re.compile(r"charset\s{0,8}=\s{0,8}[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
_IN_META = re.compile(rb"<meta[^>]{0,400}?charset\s{0,8}=\s{0,8}[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
_IN_XML = re.compile(rb"^\s{0,40}<\?xml[^>]{0,200}?encoding\s{0,8}=\s{0,8}[\"']([\w.:+-]{1,40})")
_LOOKED_AT = 4_096
_PIECE = 262_144
# What browsers read under these labels; and labels that Python would take for something else, UTF-7 among them.
_READ_AS = {
    "latin-1": "cp1252",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_KNOWN = words_in(
    "utf-8 utf-16 utf-16-le utf-16-be cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 "
    "cp866 cp874 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 "
    "iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic tis-620 gb18030 "
    "big5 big5hkscs euc_jp shift_jis iso2022_jp euc_kr cp949 cp932"
)


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The characters of `body` and the encoding they were read in; never raises, linear in the length.

    A byte order mark decides, then the header, then the document's own label, then UTF-8, then Windows-1252.
    Bytes beyond ASCII that are valid UTF-8 are read as UTF-8 whatever a one-byte label says.
    """
    for mark, charset in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return _clean(body[len(mark) :].decode(charset, "replace")), charset
    labels = [_known(label) for label in _labels(body, content_type)]
    label = next((label for label in labels if label), "")
    if not label.startswith("utf-16"):
        try:
            return _clean(body.decode("utf-8")), "utf-8"
        except UnicodeDecodeError:
            label = "cp1252" if label in ("", "utf-8") and not _is_mostly_utf_8(body) else label or "utf-8"
    return _clean(body.decode(label, "replace")), label


def decode_in_pieces(body: bytes, content_type: str = "") -> tuple[str, Iterator[str]]:
    """The encoding as `decode` finds it, and the characters bit by bit, for a `body` too large to hold twice."""
    for mark, charset in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return charset, _pieces(body, charset, len(mark))
    labels = [_known(label) for label in _labels(body, content_type)]
    label = next((label for label in labels if label), "")
    if label.startswith("utf-16"):
        return label, _pieces(body, label)
    # Strict at the beginning only: a page of this size is not read twice for one stray byte.
    start = body[:_PIECE]
    charset = "utf-8" if _is_mostly_utf_8(start) or label in ("", "utf-8") else label
    return charset, _pieces(body, charset)


def _pieces(body: bytes, charset: str, at: int = 0) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(charset)("replace")
    for start in range(at, len(body), _PIECE):
        yield _clean(decoder.decode(body[start : start + _PIECE]))
    yield decoder.decode(b"", final=True)


def _labels(body: bytes, content_type: str) -> list[str]:
    in_header = _IN_HEADER.search(content_type[:500])
    start = body[:_LOOKED_AT]
    in_document = _IN_XML.search(start) or _IN_META.search(start)
    labels = [in_header.group(1)] if in_header else []
    if in_document:
        label = in_document.group(1).decode("ascii", "replace").lower()
        # A label that could be read cannot be in UTF-16 (WHATWG).
        labels.append("utf-8" if label.startswith("utf-16") else label)
    return labels


def _known(label: str) -> str:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    name = _READ_AS.get(name, name)
    return name if name in _KNOWN else ""


def _is_mostly_utf_8(body: bytes) -> bool:
    """A stray byte in a UTF-8 page must not turn every other letter into two."""
    characters = body.decode("utf-8", "replace")
    wrong = characters.count("\ufffd")
    return sum(not character.isascii() for character in characters) > 10 * wrong


def _clean(text: str) -> str:
    return text.replace("\0", "") if "\0" in text else text

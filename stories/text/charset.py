"""Bytes to characters, as browsers do it (WHATWG Encoding), but mistrusting labels that the bytes belie."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from stories.text.language.word_lists import words_in

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
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
# Labels that browsers know and Python does not (WHATWG Encoding, 4.2).
_LABELS = {
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "x-x-big5": "big5",
    "iso-8859-8-i": "iso8859-8",
    "windows-949": "cp949",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
}
# Their bytes may be valid UTF-8 and mean something else.
_NOT_UTF_8 = ("utf-16", "iso2022")
_KNOWN = words_in(
    "utf-8 utf-16 utf-16-le utf-16-be cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 "
    "cp866 cp874 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 "
    "iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic tis-620 gb18030 "
    "big5 big5hkscs euc_jp shift_jis iso2022_jp euc_kr cp949 cp932"
)


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The characters of `body` and the encoding they were read in; never raises, linear in the length.

    A byte order mark decides, then the zeros of UTF-16, the header, the document's own label, UTF-8, Windows-1252.
    Bytes beyond ASCII that are valid UTF-8 are read as UTF-8 whatever a one-byte label says.
    """
    for mark, charset in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return _clean(body[len(mark) :].decode(charset, "replace")), charset
    label = _label(body, content_type)
    if not label.startswith(_NOT_UTF_8):
        try:
            return _clean(body.decode("utf-8")), "utf-8"
        except UnicodeDecodeError:
            label = "cp1252" if label in ("", "utf-8") and not _is_mostly_utf_8(body) else label or "utf-8"
    return _clean(body.decode(label, "replace")), label


def decode_in_pieces(body: bytes, content_type: str = "") -> tuple[str, Iterator[str]]:
    """The encoding as `decode` finds it, and the characters bit by bit, for a `body` too large to hold twice.

    Linear.
    """
    for mark, charset in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return charset, _pieces(body, charset, len(mark))
    label = _label(body, content_type)
    if label.startswith(_NOT_UTF_8):
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


def utf_16_of(body: bytes) -> str:
    """`utf-16-le` or `utf-16-be` where every other byte of the beginning is nought, as in no other encoding.

    Looks at a few characters only.
    """
    start = body[:_LOOKED_AT]
    even, odd = start[::2], start[1::2]
    for many, few, charset in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if many.count(0) * 4 > len(many) and few.count(0) * 50 <= len(few):
            text = start.decode(charset, "ignore")
            return charset if all(sign >= " " or sign.isspace() for sign in text) else ""
    return ""


def _label(body: bytes, content_type: str) -> str:
    """The encoding that is told, unless the bytes belie it."""
    if b"\0" in body[:_LOOKED_AT] and (charset := utf_16_of(body)):
        return charset
    labels = [_known(label) for label in _labels(body, content_type)]
    label = next((label for label in labels if label), "")
    return label if label != "iso2022_jp" or b"\x1b" in body else "utf-8"


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
    label = label.lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
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

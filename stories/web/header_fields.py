"""The headers of an answer, read more strictly than a forgiving parser hands them over."""

import re
from collections.abc import Iterable

from stories.web.errors import ProtocolBroken

HeaderFields = tuple[tuple[str, str], ...]

# RFC 9110, sections 5.1 and 5.5.
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
# Digits of a length. Zeros in front make it as long as one likes, and Python reads no number of thousands of them.
_LONGEST_LENGTH = 20
# Whoever can add a line to an answer can add one of these; two that differ leave nothing to go by.
_SINGLE = frozenset({"content-length", "location", "transfer-encoding"})


def read_headers(raw: Iterable[tuple[bytes, bytes]], *, max_bytes: int) -> HeaderFields:
    """Names in lower case with their values, in the order sent. Raises ProtocolBroken."""
    pairs = list(raw)
    if sum(len(name) + len(value) + 4 for name, value in pairs) > max_bytes:
        raise ProtocolBroken("headers_too_large", "The site’s server sends more headers than we read.")
    if not all(_NAME.fullmatch(name) and not _CONTROL.search(value) for name, value in pairs):
        raise ProtocolBroken("bad_header", "The site’s server sends headers with forbidden characters.")
    fields = tuple((name.decode("ascii").lower(), _to_text(value)) for name, value in pairs)
    _refuse_conflicts(fields)
    return fields


def header(fields: HeaderFields, name: str) -> str:
    """The first value under a name, or nothing."""
    return next((value for key, value in fields if key == name), "")


def header_list(fields: HeaderFields, name: str) -> str:
    """All values under a name, joined as one list (RFC 9110, section 5.3)."""
    return ", ".join(value for key, value in fields if key == name)


def _to_text(value: bytes) -> str:
    """Most servers that leave ASCII mean UTF-8; the others mean Latin-1, in which every byte is something."""
    try:
        return value.strip().decode()
    except UnicodeDecodeError:
        return value.strip().decode("latin-1")


def _refuse_conflicts(fields: HeaderFields) -> None:
    for name in _SINGLE:
        if len({value for key, value in fields if key == name}) > 1:
            raise ProtocolBroken("bad_header", f"The site’s server sends two different headers “{name}”.")
    if len(header(fields, "content-length")) > _LONGEST_LENGTH:
        raise ProtocolBroken("bad_header")
    transfer = header_list(fields, "transfer-encoding").lower()
    if transfer and header(fields, "content-length"):
        raise ProtocolBroken("conflicting_length", "The site’s server states the page’s length in two ways.")
    if transfer not in ("", "chunked", "identity"):
        raise ProtocolBroken(
            "bad_header", "The site’s server sends the page in a form that we do not ask for."
        )

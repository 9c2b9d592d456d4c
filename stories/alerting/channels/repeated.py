"""A server's answer without the address that it was asked at: many an error page repeats that, and it is a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import unquote, unquote_plus, urlsplit

HIDDEN = "…"
#: Shorter parts of an address are words, such as "webhooks", that an answer may use as well.
_SHORTEST_KEY = 12


def without_address(answer: str, url: str) -> str:
    """
    >>> without_address("Cannot POST /hooks/a1b2c3", "https://chat.example/hooks/a1b2c3")
    'Cannot POST …'
    """
    parts = {spelt for part in _parts(url) for spelt in (part, unquote(part), unquote_plus(part))}
    # As pages write it, and JSON.
    spellings = parts | set(map(escape, parts)) | {part.replace("/", r"\/") for part in parts}
    for part in sorted(spellings, key=len, reverse=True):
        answer = answer.replace(part, HIDDEN)
    return answer


def _parts(url: str) -> Iterator[str]:
    address = urlsplit(url)
    if address.path.strip("/"):
        yield address.path
        yield f"{address.path}?{address.query}"
    pieces = re.split("[/&=]", f"{address.path}/{address.query}")
    yield from (piece for piece in pieces if len(piece) >= _SHORTEST_KEY)

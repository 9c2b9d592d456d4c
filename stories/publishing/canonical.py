"""One way, and only one, to write data down as JSON, so that equal data has equal digests."""

import hashlib
import json
from typing import Any

#: RFC 8785 writes numbers as IEEE doubles; beyond this an integer has no spelling of its own.
LARGEST_INTEGER = 2**53 - 1


def canonical_json(data: Any) -> str:
    """Write strings, integers, booleans, null, lists and dictionaries as RFC 8785 wants them.

    Text is kept as it was typed, without Unicode normalisation. What has no one spelling, or none at all, is
    refused: floats, keys that are not strings and every other type by TypeError; integers beyond 2**53 - 1
    and lone surrogates by ValueError.

    >>> canonical_json({"number": 1, "article": "bridge", "minor": False})
    '{"article":"bridge","minor":false,"number":1}'
    """
    return json.dumps(_in_order(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(content: str) -> str:
    """The SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def _in_order(data: Any) -> Any:
    match data:
        case None | bool():
            return data
        case str():
            return _writable(data)
        case int():
            if abs(data) > LARGEST_INTEGER:
                raise ValueError(f"{data} is too large for canonical JSON")
            return data
        case list() | tuple():
            return [_in_order(item) for item in data]
        case dict():
            return {key: _in_order(data[key]) for key in sorted(data, key=_utf16)}
    raise TypeError(f"canonical JSON of a newsroom has no {type(data).__name__}")


def _utf16(key: Any) -> bytes:
    """RFC 8785 orders keys by UTF-16 code units, which is not the order of code points."""
    if not isinstance(key, str):
        raise TypeError("keys are strings")
    return _writable(key).encode("utf-16-be")


def _writable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("the text has half of a character in it (a lone surrogate)") from error
    return text

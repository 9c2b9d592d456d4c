"""The readable text of JSON, also where it comes line by line (NDJSON, RFC 7464) or wrapped in a call (JSONP)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator

from stories.text.copy_errors import CopyTooLarge, UnreadableCopy
from stories.text.formats.embedded import readable, whole_characters
from stories.text.limits import MOST_VALUES

# What keeps a page from running an answer as a script: nothing that a reader would see.
_GUARD = re.compile(r"\s*(?:\)\]\}'?,?|while ?\(1\);|for ?\(;;\);|\{\} ?&&)\s*")
_CALL = re.compile(
    r"\s*(?:/\*\*/\s*)?(?:typeof [\w$.]{1,200} ?===? ?['\"]function['\"] ?&& ?)?"
    r"[A-Za-z_$][\w$.\[\]'\"]{0,200} ?\(\s*(?=[\[{])"
)
_END_OF_CALL = re.compile(r"\s*\)\s*;?\s*")
_RECORD_SEPARATOR = "\x1e"
_Member = tuple[str, object]


class _Number(str):
    """A number as the document writes it."""

    __slots__ = ()


_DECODER = json.JSONDecoder(parse_int=_Number, parse_float=_Number)


def is_call(text: str) -> bool:
    """Does a script begin as JSONP does, with a call that is given an object or a list?

    Looks at a few characters only.
    """
    return _CALL.match(text) is not None


def json_text(text: str) -> str:
    """The strings of a JSON document, each on its own line, and its numbers with their names.

    Also of a document for each line, and of one in a call (JSONP) or behind a guard against being called. Linear.
    Raises UnreadableCopy if it is not JSON, nested too deeply, CopyTooLarge beyond 150,000 values.
    """
    return "\n".join(_lines(text, list))


def json_lines_by_name(text: str) -> list[str]:
    """The same lines whatever order the members of an object come in, which says nothing (RFC 8259, section 4).

    A list keeps its order. Raises as `json_text` does.
    """
    return _lines(text, sorted)


def _lines(text: str, in_order: Callable[[Iterable[_Member]], list[_Member]]) -> list[str]:
    if text.count(",") + text.count("[") + text.count("{") > MOST_VALUES:
        raise CopyTooLarge("too_much_text", detail="too many values")
    try:
        documents = _documents(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableCopy("broken_json", detail=type(error).__name__) from error
    lines: list[str] = []
    waiting: list[tuple[str, object]] = [("", document) for document in reversed(documents)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(str(key), inner) for key, inner in reversed(in_order(value.items()))]
        elif isinstance(value, list):
            waiting += [(name, inner) for inner in reversed(value)]
        elif isinstance(value, str) and not isinstance(value, _Number):
            lines.append(readable(value))
        elif value is not None:
            lines.append(f"{whole_characters(name)}: {str(value).lower()}")
    return [line for line in lines if line]


def _documents(text: str) -> list[object]:
    try:
        return [_DECODER.decode(text)]
    except ValueError:
        start = _CALL.match(text) or _GUARD.match(text)
        return [_wrapped(text, start.end())] if start else list(_of_lines(text))


def _wrapped(text: str, start: int) -> object:
    document, end = _DECODER.raw_decode(text, start)
    if text[end:].strip() and not _END_OF_CALL.fullmatch(text, end):
        raise ValueError("something else behind the document")
    return document


def _of_lines(text: str) -> Iterator[object]:
    lines = [line for line in re.split(rf"[\n{_RECORD_SEPARATOR}]", text) if line.strip()]
    if len(lines) < 2:
        raise ValueError("no document for each line")
    return map(_DECODER.decode, lines)

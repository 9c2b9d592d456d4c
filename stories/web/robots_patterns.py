"""Which pattern of a robots.txt is the most specific for an address (RFC 9309, 2.2.2), in time that has a bound."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, urlsplit

# Patterns with `*` or `$` are tried one by one, the longest first, until so many letters may have been compared. That
# is all of them in half a megabyte for addresses of up to 400 letters.
_MOST_COMPARED = 200_000_000

_PLAIN = re.compile(r"[A-Za-z0-9_.~/*=-]*")
_STARS = re.compile(r"\*+")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
# As escapes these mean something else than as they are.
_KEPT_ESCAPED = frozenset(b"/%*")


class _Match(NamedTuple):
    """Of two alike, the one that allows is the greater."""

    length: int
    is_allowed: bool


class Patterns:
    """Patterns in their normal form, and whether each allows what it matches."""

    def __init__(self, patterns: Mapping[str, bool]) -> None:
        special = [pattern for pattern in patterns if "*" in pattern or pattern.endswith("$")]
        self._special = sorted(
            ((pattern, patterns[pattern]) for pattern in special),
            key=lambda rule: (len(rule[0]), rule[1]),
            reverse=True,
        )
        self._plain = {pattern: patterns[pattern] for pattern in patterns.keys() - set(special)}
        self._lengths = sorted({len(pattern) for pattern in self._plain}, reverse=True)

    def allow(self, url: str) -> bool:
        resource = _resource_of(url)
        return max(self._longest_plain(resource), self._longest_special(resource)).is_allowed

    def _longest_plain(self, resource: str) -> _Match:
        for length in self._lengths:
            if length <= len(resource) and (beginning := resource[:length]) in self._plain:
                return _Match(length, self._plain[beginning])
        return _Match(0, is_allowed=True)

    def _longest_special(self, resource: str) -> _Match:
        compared = 0
        for pattern, is_allowed in self._special:
            compared += len(pattern) * len(resource)
            if compared > _MOST_COMPARED:
                break
            if matches(pattern, resource):
                return _Match(len(pattern), is_allowed)
        return _Match(0, is_allowed=True)


def matches(pattern: str, resource: str) -> bool:
    """Whether it matches from the beginning: `*` stands for any letters, `$` at its end for the end (RFC 9309, 2.2.3).

    >>> matches("/minutes/*.pdf$", "/minutes/may.pdf"), matches("/minutes/*.pdf$", "/minutes/may.pdf?page=2")
    (True, False)
    """
    first, *others = pattern.removesuffix("$").split("*")
    must_end = pattern.endswith("$")
    if not resource.startswith(first):
        return False
    if not others:
        return not must_end or resource == first
    at = len(first)
    for part in others[:-1]:
        found = resource.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    last = others[-1]
    return resource.endswith(last, at) if must_end else last in resource[at:]


def normal_form(pattern: str) -> str:
    """Escaped where it has to be, and nowhere else (RFC 9309, 2.2.2), so that two spellings of an address are alike.

    >>> normal_form("/füße/%61%3cb%3E$")
    '/f%C3%BC%C3%9Fe/a%3Cb%3E$'
    """
    body = pattern.removesuffix("$")
    return _escaped(_STARS.sub("*", body), safe="/%*=") + pattern[len(body) :]


def _resource_of(url: str) -> str:
    """Path and query in their normal form; a star is a letter like any other in them."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if "?" in url else ""
    return _escaped((parts.path or "/") + query, safe="/%=")


def _escaped(text: str, *, safe: str) -> str:
    if _PLAIN.fullmatch(text) and ("*" in safe or "*" not in text):
        return text
    return quote(_ESCAPE.sub(_unescaped, text.encode(errors="replace")), safe=safe)


def _unescaped(escape: re.Match[bytes]) -> bytes:
    octet = int(escape[1], 16)
    return escape[0].upper() if octet in _KEPT_ESCAPED else bytes((octet,))

"""Which pattern of a robots.txt is the most specific for an address (RFC 9309, 2.2.2)."""

import re
from collections.abc import Mapping
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import quote, urlsplit

_PLAIN = re.compile(r"[A-Za-z0-9_.~/*=-]*")
_STARS = re.compile(r"\*+")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
# As escapes these mean something else than as they are.
_KEPT_ESCAPED = frozenset(b"/%*")


class Rule(NamedTuple):
    """How specific a pattern is, and whether it allows what it matches: the greatest of those that match counts."""

    octets: int
    is_allowed: bool


_WITHOUT_ANY = Rule(0, is_allowed=True)


class Patterns:
    """Patterns in their normal form, and the rule that each stands for.

    All of them count: with half a megabyte of the worst, an address of 2,000 letters takes a second.
    """

    def __init__(self, patterns: Mapping[str, Rule]) -> None:
        special = [pattern for pattern in patterns if "*" in pattern or pattern.endswith("$")]
        self._special = sorted(
            ((patterns[pattern], pattern) for pattern in special), key=itemgetter(0), reverse=True
        )
        self._plain = {pattern: patterns[pattern] for pattern in patterns.keys() - set(special)}
        self._lengths = sorted({len(pattern) for pattern in self._plain})

    def allow(self, url: str) -> bool:
        resource = _resource_of(url)
        return max(self._greatest_plain(resource), self._greatest_special(resource)).is_allowed

    def _greatest_plain(self, resource: str) -> Rule:
        beginnings = (resource[:length] for length in self._lengths if length <= len(resource))
        rules = (self._plain[beginning] for beginning in beginnings if beginning in self._plain)
        return max(rules, default=_WITHOUT_ANY)

    def _greatest_special(self, resource: str) -> Rule:
        rules = (rule for rule, pattern in self._special if matches(pattern, resource))
        return next(rules, _WITHOUT_ANY)


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
    return resource.endswith(last, at) if must_end else resource.find(last, at) >= 0


def normal_form(pattern: str) -> str:
    """Escaped where it has to be, and nowhere else (RFC 9309, 2.2.2), so that two spellings of an address are alike.

    >>> normal_form("/füße/%61%3cb%3E$")
    '/f%C3%BC%C3%9Fe/a%3Cb%3E$'
    """
    body = pattern.removesuffix("$")
    return _escaped(_STARS.sub("*", body), safe="/%*=") + pattern[len(body) :]


def octets_of(pattern: str) -> int:
    """How specific it is: as it was written, and escaped where it is not ASCII (RFC 9309, 2.2.2).

    >>> octets_of("/*?"), octets_of("/p%20"), octets_of("/***ü")
    (3, 5, 8)
    """
    return len(_NOT_ASCII.sub(b"%..", _STARS.sub("*", pattern).encode(errors="replace")))


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

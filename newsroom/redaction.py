"""Nothing that is secret, and no draft, gets into a log: the last stop before a line is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from django.conf import settings

HIDDEN = "[hidden]"
#: Shorter ones would hide common words.
_SHORTEST_SECRET = 6
_SECRET_SETTINGS = ("SECRET_KEY", "RECORD_SIGNING_KEY", "PROBE_TOKEN", "EMAIL_HOST_PASSWORD")
_ADDRESSES = ("CELERY_BROKER_URL", "EMAIL_URL", "CACHE_URL")
#: Between servers that stand in for each other.
_BETWEEN = re.compile(r"[;,](?=\w+://)")
#: Each begins with what it looks for, not with what may stand before it: a line can be an address of any length.
_PATTERNS = (
    # The password of an address.
    (re.compile(r"(://[^/\s:@]*:)[^@\s/]+@"), rf"\1{HIDDEN}@"),
    # What opens a private feed, a letter's way out or an account: however the address was mistyped that leads nowhere.
    (
        re.compile(r"(?i)(/desk/+(?:feed|unsubscribe)/+|/account/+password/+[0-9a-z]+-)\s*[^\s?\"']+"),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), rf"\1 {HIDDEN}"),
    (
        re.compile(
            r"(?i)((?:password|passwd|secret|token|api[_-]?key|signature|sessionid|\bcookie|\bauthorization)"
            r"[\"']?\s*[=:]\s*[\"']?)(?!\[hidden\])[^\s\"'&,;]{4,}"
        ),
        rf"\1{HIDDEN}",
    ),
    # PostgreSQL repeats the row that it refuses, draft and all.
    (re.compile(r"(DETAIL:).*?(?=\n\S|\Z)", re.DOTALL), rf"\1 {HIDDEN}"),
)


def redact(text: str) -> str:
    """The text without what opens anything; an error about a row names the table and not what stood in it."""
    for secret in _known_secrets():
        text = text.replace(secret, HIDDEN)
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


@lru_cache(maxsize=1)
def _known_secrets() -> tuple[str, ...]:
    found = {text for text in _secrets() if text and len(text) >= _SHORTEST_SECRET}
    return tuple(sorted(found, key=len, reverse=True))


def _secrets() -> Iterator[str | None]:
    yield from (getattr(settings, name, None) for name in _SECRET_SETTINGS)
    yield from settings.SECRET_KEY_FALLBACKS
    yield settings.DATABASES["default"].get("PASSWORD")
    for name in _ADDRESSES:
        for address in _BETWEEN.split(getattr(settings, name, "") or ""):
            password = urlsplit(address).password
            yield password
            yield unquote(password) if password else None

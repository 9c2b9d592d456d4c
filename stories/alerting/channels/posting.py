"""What goes to an address of a person's choosing goes through the guard, to that address and no other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Literal

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from stories.alerting.channels.errors import DeliveryFailedError
from stories.alerting.channels.repeated import without_address
from stories.text.told import line_of
from stories.web.client import NO_HEADERS, Client
from stories.web.errors import AddressRefused, FetchError
from stories.web.fetched import Fetched
from stories.web.guard import Target, check_url
from stories.web.host_and_port import parse_host_and_port
from stories.web.limits import KIB, Limits
from stories.web.retry_after import parse_retry_after

#: An answer is a status and a few words: whoever sends more is not read to the end.
LIMITS = Limits(
    total_seconds=15, raw_bytes=64 * KIB, decoded_bytes=64 * KIB, redirects=0, header_bytes=16 * KIB
)
JSON = "application/json"
SHOWN_OF_AN_ANSWER = 200
#: Refusals that pass: too slow, in conflict, too early, too many (RFC 9110, 8470, 6585).
_PASSING = frozenset({408, 409, 425, 429})
_GONE = 410

Method = Literal["POST", "PUT"]


def check_address(url: str) -> Target:
    """Where this address leads, as the guard has it. Raises AddressRefused.

    Over https only: an alert may quote a story that nobody has read yet.
    """
    target = check_url(url, allowed=_allowed())
    if target.scheme != "https" and (target.host, target.port) not in _allowed():
        raise AddressRefused(
            "scheme", _("Alerts may name unpublished stories, so they go to https addresses only.")
        )
    return target


def send(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str] = NO_HEADERS,
    method: Method = "POST",
    content_type: str = JSON,
) -> str:
    """Send it once, and return in words what the server answered. Raises DeliveryFailedError."""
    try:
        check_address(url)
        fetched = asyncio.run(_send(url, method, body, content_type, headers))
    except FetchError as error:
        return _accepted_or_failed(error)
    answer = _in_words(fetched, url)
    if 200 <= fetched.status < 300:
        return answer
    wait = parse_retry_after(fetched.retry_after, now=timezone.now())
    raise failure_of(fetched.status, answer, retry_after=wait)


def failure_of(status: int, answer: str, *, retry_after: timedelta | None = None) -> DeliveryFailedError:
    """What a status other than 2xx means for a message: refused for good, or to be tried again."""
    passes = status >= 500 or status in _PASSING
    return DeliveryFailedError(
        answer,
        permanent=not passes,
        retry_after=retry_after if passes else None,
        ends_channel=status == _GONE,
    )


async def _send(
    url: str, method: Method, body: bytes, content_type: str, headers: Mapping[str, str]
) -> Fetched:
    async with _open_client() as client:
        ask: Callable[..., Awaitable[Fetched]] = client.put if method == "PUT" else client.post
        return await ask(url, body=body, content_type=content_type, headers=headers)


def _open_client() -> Client:
    return Client(user_agent=settings.WATCH_USER_AGENT, limits=LIMITS, allowed=_allowed())


def _allowed() -> list[tuple[str, int]]:
    return [parse_host_and_port(pair) for pair in settings.WATCH_ALLOWED_PRIVATE]


def _accepted_or_failed(error: FetchError) -> str:
    """A server that says yes and then talks too long, or stumbles, has said yes."""
    if error.status is not None and 200 <= error.status < 300:
        return f"Answered with status {error.status}; the rest of the answer could not be read."
    raise DeliveryFailedError(error.message, permanent=error.permanent) from error


def _in_words(fetched: Fetched, url: str) -> str:
    """Editors read it, and a log keeps it: the address is for its person alone."""
    words = without_address(line_of(fetched.body.decode(errors="replace")), url)
    said = f"Answered with status {fetched.status}"
    if 300 <= fetched.status < 400:
        return f"{said}, to send us on to another address, where we do not follow."
    if not words:
        return f"{said}."
    shown = words if len(words) <= SHOWN_OF_AN_ANSWER else f"{words[:SHOWN_OF_AN_ANSWER]}…"
    return f"{said}: {shown}"

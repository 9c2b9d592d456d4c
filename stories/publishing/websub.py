"""Telling a WebSub hub (W3C Recommendation, 2018, section 7) that a story's feeds have something new.

A subscriber that is not told learns of it when it next reads the feed; so the hub is told soon, a few times over if
need be, and then given up. So is one over which its sender dies each time, as every other message is.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from stories.models import HubPing, Version
from stories.models.outgoing import BROKE_OFF, MOST_TRIES
from stories.publishing.corrections import KINDS
from stories.web.client import Client
from stories.web.errors import FetchError

logger = logging.getLogger(__name__)

#: A hub that is set up later is not told of what was published long before.
NEW_FOR = timedelta(days=1)
CLAIM_LASTS = timedelta(minutes=2)
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
FORM = "application/x-www-form-urlencoded"
FORMATS = ("atom", "json")


def adopt_publications(*, now: datetime) -> int:
    """Put each new version on the list of what the hub is to be told; return how many. Nothing without a hub."""
    if not settings.WEBSUB_HUB:
        return 0
    fresh = Version.objects.filter(recorded_at__gt=now - NEW_FOR, hub_ping__isnull=True)
    # Another tick may list the same versions at this moment: the unique version decides.
    pings = [HubPing(version=version, next_try_at=now) for version in fresh.only("pk")]
    return len(HubPing.objects.bulk_create(pings, ignore_conflicts=True))


def due_pings(*, now: datetime, limit: int) -> list[HubPing]:
    return list(HubPing.objects.due(now)[:limit]) if settings.WEBSUB_HUB else []


def tell_hub(ping: HubPing, *, open_client: Callable[[], Client], now: Callable[[], datetime]) -> bool:
    """Tell the hub, if nobody else does; True where it has taken it."""
    started = now()
    until = started + _claim_lasts(ping)
    if not ping.claim(now=started, until=until):
        return False
    if ping.try_count > MOST_TRIES:
        _give_up(ping, until)
        return False
    error = _post(_topics(ping.version), open_client)
    ended = _after_failure(ping, error, now=now()) if error else {"told_at": now(), "next_try_at": None}
    # Whoever has lost the claim meanwhile writes nothing.
    HubPing.objects.filter(pk=ping.pk, next_try_at=until).update(error=error[:300], **ended)
    return not error


def _claim_lasts(ping: HubPing) -> timedelta:
    """Whoever dies takes all the claim with them, and the next is to be spared it for longer each time."""
    died = 0 if ping.error else ping.try_count
    return max(CLAIM_LASTS, _back_off(died)) if died else CLAIM_LASTS


def _back_off(tries: int) -> timedelta:
    return BACK_OFF[min(tries, len(BACK_OFF)) - 1]


def _give_up(ping: HubPing, until: datetime) -> None:
    logger.warning("The hub was not told of %s: %s", ping.version, BROKE_OFF)
    HubPing.objects.filter(pk=ping.pk, next_try_at=until).update(error=BROKE_OFF, next_try_at=None)


def _after_failure(ping: HubPing, error: str, *, now: datetime) -> dict[str, Any]:
    # A try whose sender died has told nothing of the hub.
    if ping.error and ping.try_count > len(BACK_OFF):
        logger.warning("The hub was not told of %s: %s", ping.version, error)
        return {"next_try_at": None}
    return {"next_try_at": now + _back_off(ping.try_count)}


def _post(topics: list[str], open_client: Callable[[], Client]) -> str:
    """What went wrong, in words; empty where the hub has taken it (any 2xx)."""
    body = urlencode([("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)]).encode()

    async def post() -> int:
        async with open_client() as client:
            return (await client.post(settings.WEBSUB_HUB, body=body, content_type=FORM)).status

    try:
        status = asyncio.run(post())
    except FetchError as failure:
        return str(failure)
    return "" if 200 <= status < 300 else f"The hub answered with status {status}."


def _topics(version: Version) -> list[str]:
    """The feeds in which the version is news."""
    paths = [reverse(f"changelog_{name}", args=[version.article.slug]) for name in FORMATS]
    if version.updates.filter(kind__in=KINDS).exists():
        paths += [reverse(f"corrections_{name}") for name in FORMATS]
    return [f"{settings.SITE_URL}{path}" for path in paths]

"""Whether it is our own network that is down: if nearly no site can be reached at once, none of them has failed."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db.models import Max

from stories.models import Pulse, Watch
from stories.models.pulse import NETWORK_IS_AWAY, NETWORK_WENT

logger = logging.getLogger(__name__)

#: What we see of a site from a network that is down.
UNREACHED = frozenset({
    "dns", "no_such_name", "unreachable", "timeout", "connection_refused", "connection_reset", "no_answer",
    "robots_unreachable",
})  # fmt: skip
OF_LATE = timedelta(days=1)
TOLD_FOR = timedelta(days=7)
#: A page is struck once a day: what is seen a day later is the same outage.
_ONE_OUTAGE = timedelta(days=2)
_FEWEST_HOSTS = 3
_NEARLY_ALL = 0.9
_MOST_LOOKED_AT = 200
_SAID_AGAIN_SECONDS = 3600


def is_our_network_down(*, at: datetime, besides: str = "") -> bool:
    """Did the last looks of a day reach hardly any host, of three or more and but for that of the address `besides`?

    Asks of the 200 watches that are due first, by their index, so that it costs the same among any number of them.
    Within a day of its beginning an outage is not told from sites that fail one by one.
    """
    reached: dict[str, bool] = {}
    for host, was_reached in _looks_of_late(at):
        reached[host] = reached.get(host, False) or was_reached
    reached.pop(urlsplit(besides).hostname or "", None)
    unreached = len(reached) - sum(reached.values())
    return len(reached) >= _FEWEST_HOSTS and unreached >= _NEARLY_ALL * len(reached)


@dataclass(frozen=True, slots=True)
class Outage:
    """When a site was last read before it, and when it was last seen to last."""

    since: datetime
    until: datetime


def last_outage(*, now: datetime) -> Outage | None:
    """The last in which no site could be read for a day, if that was of late."""
    parts = Pulse.objects.filter(part__in=[NETWORK_WENT, NETWORK_IS_AWAY])
    beats = dict(parts.values_list("part", "beat_at"))
    since, until = beats.get(NETWORK_WENT), beats.get(NETWORK_IS_AWAY)
    return Outage(since, until) if since and until and now - until < TOLD_FOR else None


def say_that_it_is_down(*, at: datetime) -> None:
    """On the pages of sources for a week, and in the log, once an hour."""
    seen_before = Pulse.last_beat(NETWORK_IS_AWAY)
    if seen_before is None or at - seen_before > _ONE_OUTAGE:
        Pulse.beat(NETWORK_WENT, now=Watch.objects.aggregate(last=Max("read_at"))["last"] or at)
    Pulse.beat(NETWORK_IS_AWAY, now=at)
    if cache.add("our-network-is-down", "said", timeout=_SAID_AGAIN_SECONDS):
        logger.error(
            "Hardly any site can be reached: our own network seems to be down. No page counts as lost for it."
        )


def _looks_of_late(at: datetime) -> Iterator[tuple[str, bool]]:
    rows = Watch.objects.filter(due_at__isnull=False).order_by("due_at")
    for url, reason, checked_at in rows.values_list("source__url", "reason", "checked_at")[:_MOST_LOOKED_AT]:
        if url and checked_at and at - checked_at <= OF_LATE:
            yield urlsplit(url).hostname or "", reason not in UNREACHED

"""Sources are looked at: each under a lease, fetched beside others, judged, and written down by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings

from stories.models import Check, Watch
from stories.models.words import Outcome
from stories.watching.courtesy import Courtesy
from stories.watching.explain import explain
from stories.watching.fetch import Answer, Request, fetch_each
from stories.watching.hosts import Hosts
from stories.watching.known import known_of
from stories.watching.read import read
from stories.watching.reading import Reading
from stories.watching.record import Look, postpone, record, release, renew
from stories.watching.schedule import LONGEST_BACKOFF
from stories.web.client import Fetched
from stories.web.errors import FetchError
from stories.web.guard import origin_of
from stories.web.manners import NotNow

logger = logging.getLogger(__name__)

#: Statuses with which a server speaks for all its pages.
_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
#: How long a host is left alone that says “too many requests” and not for how long.
QUIET_UNASKED = timedelta(minutes=5)
#: A look that takes longer than this many times the bound on its fetch is taken for dead.
LEASE_FACTOR = 2


def check_watches(watches: Iterable[Watch], *, now: Callable[[], datetime]) -> Iterator[Check]:
    """Look at those that are due and that nobody else holds, and yield each check once it is written down.

    A watch that another worker holds, or loses us while we look, yields nothing. Nor does one whose host another
    worker is reading from, or that wants to be left alone: that one is due again later. Leases that are still held
    when the caller stops listening are given back.
    """
    hosts = Hosts(watches, now=now)
    courtesy = Courtesy(now(), hosts.robots, hosts.quiet)
    looking = _Looking(now, hosts, courtesy)
    try:
        for watch, answer in fetch_each(hosts.welcome, begin=looking.begin, courtesy=courtesy):
            check = looking.end(watch, answer)
            if check is not None:
                yield check
    finally:
        looking.abandon()
        hosts.give_back(robots=courtesy.robots_read, quiet_until=courtesy.quiet_until)


class _Looking:
    """The looks under way, by the key of their watch."""

    def __init__(self, now: Callable[[], datetime], hosts: Hosts, courtesy: Courtesy) -> None:
        self._now, self._hosts, self._courtesy = now, hosts, courtesy
        self._looks: dict[int, Look] = {}
        self._lease_lasts = timedelta(seconds=LEASE_FACTOR * settings.WATCH_TOTAL_SECONDS)

    def begin(self, watch: Watch) -> Request | None:
        started_at = self._now()
        if not watch.take_lease(now=started_at, until=started_at + self._lease_lasts):
            return None
        try:
            known = known_of(watch, now=started_at)
        except Watch.DoesNotExist:
            # The source was deleted since the lease was taken, or we slept until it expired.
            return None
        look = self._looks[watch.pk] = Look(known, started_at)
        return _request_for(look)

    def end(self, watch: Watch, answer: Answer) -> Check | None:
        look = self._looks[watch.pk]
        self._hosts.keep()
        if isinstance(answer, NotNow):
            del self._looks[watch.pk]
            postpone(look, until=answer.until)
            return None
        if not self._still_holds(look):
            del self._looks[watch.pk]
            return None
        try:
            reading = read(look.known, answer, now=self._now())
            self._hush(answer, reading)
            check = record(look, reading, now=self._now())
        except Exception:
            # Whatever one page does to us must not keep the others of the batch from being judged.
            logger.exception(
                "Source %s (%s) could not be judged", look.known.source.pk, look.known.source.url
            )
            check = record(look, _INTERNAL_ERROR, now=self._now())
        del self._looks[watch.pk]
        return check

    def _hush(self, answer: Answer, reading: Reading) -> None:
        """A server that wants to be left alone means all its pages, not this one."""
        wait = reading.retry_after or (
            QUIET_UNASKED if reading.status == HTTPStatus.TOO_MANY_REQUESTS else None
        )
        if wait and reading.status in _BUSY and isinstance(answer, Fetched | FetchError):
            asked = answer.final_url if isinstance(answer, Fetched) else answer.url
            self._courtesy.hush(origin_of(asked), until=self._now() + min(wait, LONGEST_BACKOFF))

    def _still_holds(self, look: Look) -> bool:
        """An answer may have waited long while a heavy page before it was judged: then the lease is renewed."""
        now = self._now()
        is_fresh = now - look.started_at < self._lease_lasts / 4
        return is_fresh or renew(look, until=now + self._lease_lasts)

    def abandon(self) -> None:
        for look in self._looks.values():
            release(look)


_INTERNAL_ERROR = Reading(Outcome.FAILED, "internal_error", explain("internal_error"))


def _request_for(look: Look) -> Request:
    """Ask only for what is new where a copy is at hand and every passage was judged; else for the whole page."""
    known = look.known
    url = known.source.url or ""
    if known.baseline is None or not known.is_settled:
        return Request(url, ignores_robots=known.source.ignores_robots)
    return Request(
        url,
        etag=known.watch.etag,
        last_modified=known.watch.last_modified,
        copy_of=known.baseline.final_url,
        ignores_robots=known.source.ignores_robots,
    )

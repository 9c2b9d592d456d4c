"""Sources are looked at: each under a lease, fetched beside others, judged, and written down by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from django.conf import settings

from stories.models import Check, Watch
from stories.models.words import Outcome
from stories.watching.explain import explain
from stories.watching.fetch import Answer, Request, fetch_each
from stories.watching.known import known_of
from stories.watching.read import read
from stories.watching.reading import Reading
from stories.watching.record import Look, record, release, renew

logger = logging.getLogger(__name__)

#: A look that takes longer than this many times the bound on its fetch is taken for dead.
LEASE_FACTOR = 2


def check_watches(watches: Iterable[Watch], *, now: Callable[[], datetime]) -> Iterator[Check]:
    """Look at those that are due and that nobody else holds, and yield each check once it is written down.

    A watch that another worker holds, or loses us while we look, yields nothing. Leases that are still held when
    the caller stops listening are given back.
    """
    looking = _Looking(now)
    try:
        for watch, answer in fetch_each(watches, begin=looking.begin):
            check = looking.end(watch, answer)
            if check is not None:
                yield check
    finally:
        looking.abandon()


class _Looking:
    """The looks under way, by the key of their watch."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
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
        if not self._still_holds(look):
            del self._looks[watch.pk]
            return None
        try:
            reading = read(look.known, answer, now=self._now())
            check = record(look, reading, now=self._now())
        except Exception:
            # Whatever one page does to us must not keep the others of the batch from being judged.
            logger.exception(
                "Source %s (%s) could not be judged", look.known.source.pk, look.known.source.url
            )
            check = record(look, _INTERNAL_ERROR, now=self._now())
        del self._looks[watch.pk]
        return check

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
        return Request(url)
    return Request(
        url,
        etag=known.watch.etag,
        last_modified=known.watch.last_modified,
        copy_of=known.baseline.final_url,
    )

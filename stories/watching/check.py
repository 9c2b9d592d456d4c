"""Sources are looked at: each under a lease, fetched beside others, judged, and written down whole."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from stories.models import Check, Watch
from stories.models.blob import DamagedCopyError
from stories.models.words import Outcome
from stories.watching.courtesy import Courtesy
from stories.watching.explain import explain
from stories.watching.fetch import Answer, Request, fetch_each
from stories.watching.hosts import Hosts
from stories.watching.known import Known, bring_passages, bring_pasts, bring_recent_verdicts, known_under
from stories.watching.limits import lease_lasts
from stories.watching.look import Judged, Look
from stories.watching.read import read
from stories.watching.reading import Reading
from stories.watching.record import postpone, record, release, renew
from stories.watching.schedule import LONGEST_BACKOFF
from stories.watching.weigh import weigh, with_a_past
from stories.web.client import Fetched
from stories.web.errors import FetchError
from stories.web.guard import origin_of
from stories.web.manners import NotNow

logger = logging.getLogger(__name__)

#: Statuses with which a server speaks for all its pages.
_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
#: How long a host is left alone that says “too many requests” and not for how long.
QUIET_UNASKED = timedelta(minutes=5)


def check_watches(watches: Iterable[Watch], *, now: Callable[[], datetime]) -> Iterator[Check]:
    """Look at those that are due and that nobody else holds, and yield each check once it is written down.

    A watch that another worker holds, or loses us while we look, yields nothing. Nor does one whose host another
    worker is reading from, or that wants to be left alone: that one is due again later. Leases that are still held
    when the caller stops listening are given back.
    """
    hosts = Hosts(watches, now=now)
    courtesy = Courtesy(now(), hosts.robots, hosts.quiet)
    looking = _Looking(hosts.welcome, now, hosts, courtesy)
    try:
        for answered in fetch_each(hosts.welcome, begin=looking.begin, courtesy=courtesy):
            yield from looking.end(answered)
            # The pages may be large, and the next ones need their room.
            del answered
    finally:
        looking.abandon()
        hosts.give_back(robots=courtesy.robots_read, quiet_until=courtesy.quiet_until)


class _Looking:
    """The looks of one batch: their leases, which are taken together, and those that are under way."""

    def __init__(
        self, watches: Iterable[Watch], now: Callable[[], datetime], hosts: Hosts, courtesy: Courtesy
    ) -> None:
        self._now, self._hosts, self._courtesy = now, hosts, courtesy
        self._wanted = [watch.pk for watch in watches]
        self._lease_lasts = lease_lasts()
        self._lease: UUID | None = None
        self._held_at = datetime.min.replace(tzinfo=UTC)
        self._waiting: dict[int, Known] = {}
        self._looks: dict[int, Look] = {}

    def begin(self, watch: Watch) -> Request | None:
        started_at = self._now()
        self._hold(started_at)
        known = self._waiting.pop(watch.pk, None)
        if known is None:
            return None
        look = self._looks[watch.pk] = Look(known, started_at)
        return _request_for(look)

    def end(self, answered: Sequence[tuple[Watch, Answer]]) -> Sequence[Check]:
        self._keep_leases()
        held = [(self._looks[watch.pk], answer) for watch, answer in answered if watch.pk in self._looks]
        others = [look.known for look, answer in held if _is_other(look, answer)]
        bring_pasts(others)
        bring_passages([*others, *(look.known for look, _answer in held if not look.known.is_at_rest)])
        read = [
            (look, self._read(look, answer)) for look, answer in held if not self._is_put_off(look, answer)
        ]
        _bring_pasts_of_passages(read)
        checks = self._write([_weigh(look, reading) for look, reading in read])
        for watch, _answer in answered:
            self._looks.pop(watch.pk, None)
        return checks

    def _is_put_off(self, look: Look, answer: Answer) -> bool:
        """Nothing was asked, because the host wants to be left alone."""
        if not isinstance(answer, NotNow):
            return False
        postpone(look, until=answer.until)
        return True

    def _read(self, look: Look, answer: Answer) -> Reading:
        # Each may be a heavy page that takes half a minute.
        self._keep_leases()
        try:
            reading = read(look.known, answer, now=self._now())
            self._hush(answer, reading)
        except DamagedCopyError as error:
            logger.error("Source %s has nothing to be held against: %s", look.known.source.url, error)
            return _DAMAGED
        except Exception:
            # Whatever one page does to us must not keep the others of the batch from being judged.
            logger.exception("Source %s could not be judged", look.known.source.url)
            return _INTERNAL_ERROR
        return reading

    def _hush(self, answer: Answer, reading: Reading) -> None:
        """A server that wants to be left alone means all its pages, not this one."""
        wait = reading.retry_after or (
            QUIET_UNASKED if reading.status == HTTPStatus.TOO_MANY_REQUESTS else None
        )
        if wait and reading.status in _BUSY and isinstance(answer, Fetched | FetchError):
            asked = answer.final_url if isinstance(answer, Fetched) else answer.url
            self._courtesy.hush(origin_of(asked), until=self._now() + min(wait, LONGEST_BACKOFF))

    def _write(self, looks: Sequence[Judged]) -> Sequence[Check]:
        try:
            return record(looks, now=self._now())
        except Exception:
            logger.exception(
                "Looks could not be written down: %s", [each.look.known.source.url for each in looks]
            )
            if len(looks) == 1:
                return record([_weigh(looks[0].look, _INTERNAL_ERROR)], now=self._now())
            # One of them is at fault; by themselves, the others can be written down.
            return [check for judged in looks for check in self._write([judged])]

    def _keep_leases(self) -> None:
        self._hosts.keep()
        self._hold(self._now())

    def _hold(self, now: datetime) -> None:
        """Take the leases, and renew them in time; a look whose lease was lost is dropped.

        A watch may wait long for its turn, and an answer long behind a heavy page before it is judged.
        """
        until = now + self._lease_lasts
        if self._lease is None:
            self._lease = Watch.objects.filter(pk__in=self._wanted).take_leases(now=now, until=until)
            self._waiting = known_under(self._lease, self._wanted, now=now)
        elif abs(now - self._held_at) >= self._lease_lasts / 4:
            held = renew(self._lease, self._wanted, until=until)
            self._waiting = {key: known for key, known in self._waiting.items() if key in held}
            self._looks = {key: look for key, look in self._looks.items() if key in held}
        else:
            return
        self._held_at = now

    def abandon(self) -> None:
        if self._lease and (self._waiting or self._looks):
            release(self._lease, self._wanted)


_INTERNAL_ERROR = Reading(Outcome.FAILED, "internal_error", explain("internal_error"))
_DAMAGED = Reading(Outcome.FAILED, "damaged_copy", explain("damaged_copy"))


def _bring_pasts_of_passages(read: Sequence[tuple[Look, Reading]]) -> None:
    try:
        bring_recent_verdicts([(look.known, with_a_past(look.known, reading)) for look, reading in read])
    except Exception:
        # Each asks for itself then, so that one of them keeps no other from being weighed.
        logger.exception("The earlier verdicts of a batch could not be read together")


def _weigh(look: Look, reading: Reading) -> Judged:
    try:
        return Judged(look, reading, weigh(look.known, reading))
    except Exception:
        logger.exception("Source %s could not be judged", look.known.source.url)
        return Judged(look, _INTERNAL_ERROR, weigh(look.known, _INTERNAL_ERROR))


def _is_other(look: Look, answer: Answer) -> bool:
    """Other bytes came than those of the baseline."""
    baseline = look.known.baseline
    if baseline is None or not isinstance(answer, Fetched) or answer.not_modified:
        return False
    return baseline.digest != answer.digest


def _request_for(look: Look) -> Request:
    """Ask only for what is new where a copy is at hand and every passage was judged; else for the whole page."""
    known = look.known
    url = known.source.url or ""
    if known.baseline is None or not known.may_be_asked_about:
        return Request(url, ignores_robots=known.source.ignores_robots)
    return Request(
        url,
        etag=known.watch.etag,
        last_modified=known.watch.last_modified,
        copy_of=known.baseline.final_url,
        ignores_robots=known.source.ignores_robots,
    )

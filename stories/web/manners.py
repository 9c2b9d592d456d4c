"""How a batch behaves towards each host: it reads robots.txt, keeps the pace, and stays away where it is asked to.

A host is an origin (RFC 6454): scheme, name and port, as RFC 9309 has robots.txt.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from stories.web.client import Client, Fetched
from stories.web.errors import (
    AddressRefused,
    BadRedirect,
    ConnectionFailed,
    FetchError,
    RobotsRefused,
    RobotsUnreachable,
    TLSFailed,
    TooLarge,
)
from stories.web.guard import Target
from stories.web.robots import Rules, RulesCache, read_text

#: RFC 9309, section 2.4.
ROBOTS_LAST = timedelta(hours=24)
#: How long an older copy serves where the site's own cannot be had.
ROBOTS_RETRY = timedelta(hours=1)
#: Whoever would have to wait longer for a turn comes back another time.
LONGEST_WAIT_SECONDS = 5.0
# In letters. Ten times as many take a second to take apart, or to ask, in which the readers of other pages go on.
_LONG_ROBOTS = 50_000

# What keeps us from robots.txt keeps us from the page as well.
_NOBODY_THERE = (AddressRefused, ConnectionFailed, TLSFailed)


@dataclass(frozen=True, slots=True)
class Robots:
    """A site's robots.txt as it was read; empty where there is none, and everything may be read."""

    text: str
    expires_at: datetime


class NotNow(Exception):
    """The host is to be left alone until a time that is too far off to wait for here."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(until)


class Manners:
    """`await manners.permit(target)` before every request; it returns when, and only if, the request may be made.

    `known` are the copies of robots.txt at hand, by origin; `fresh` those that were read meanwhile. `quiet` says
    until when hosts want to be left alone. `gap_seconds` is the least time between two requests to a host, and
    those named in `at_home` are spared it. All but `hush` and what is read at the end belongs to the event loop.
    """

    def __init__(
        self,
        reader: Client,
        *,
        product: str,
        now: Callable[[], datetime],
        known: Mapping[str, Robots] | None = None,
        quiet: Mapping[str, datetime] | None = None,
        gap_seconds: float = 0.0,
        at_home: Collection[tuple[str, int]] = (),
        rules: RulesCache | None = None,
    ) -> None:
        self._reader, self._product, self._now = reader, product, now
        self._known = dict(known or {})
        self._quiet = dict(quiet or {})
        self._gap_seconds, self._at_home = gap_seconds, frozenset(at_home)
        self._rules = rules or RulesCache()
        self._parsing = asyncio.Lock()
        self._reading: dict[str, asyncio.Task[Robots]] = {}
        self._next: dict[str, float] = {}
        self._promised: dict[str, float] = {}
        self.fresh: dict[str, Robots] = {}

    async def permit(self, target: Target) -> None:
        """Raises RobotsRefused, NotNow, and FetchError where robots.txt cannot be had (RFC 9309, section 2.3.1.4)."""
        self._refuse_if_quiet(target.origin)
        robots = await self._robots_of(target)
        rules = await self._rules_of(robots.text)
        if not await _allows(rules, robots.text, target.url):
            raise RobotsRefused("robots")
        await self._wait_for_turn(target, rules.crawl_delay_seconds)

    async def wait_for_turn(self, target: Target) -> None:
        """In place of `permit`, for a page that is to be read whatever robots.txt says. Raises NotNow."""
        self._refuse_if_quiet(target.origin)
        await self._wait_for_turn(target, 0.0)

    def hush(self, origin: str, *, until: datetime) -> None:
        """Leave the host alone from now on."""
        self._quiet[origin] = max(until, self._quiet.get(origin, until))

    def quiet_until(self) -> dict[str, datetime]:
        """Until when each host is to be left alone, by whoever reads it next: asked for, or for the pace."""
        now, time = self._now(), asyncio.get_running_loop().time()
        paced = {origin: now + timedelta(seconds=at - time) for origin, at in self._next.items() if at > time}
        asked = {origin: until for origin, until in self._quiet.items() if until > now}
        return paced | {origin: max(until, paced.get(origin, until)) for origin, until in asked.items()}

    def _refuse_if_quiet(self, origin: str) -> None:
        until = self._quiet.get(origin)
        if until is not None and (until - self._now()).total_seconds() > LONGEST_WAIT_SECONDS:
            raise NotNow(until)

    async def _wait_for_turn(self, target: Target, crawl_delay_seconds: float) -> None:
        origin, time = target.origin, asyncio.get_running_loop().time()
        quiet = self._quiet.get(origin)
        asked = (quiet - self._now()).total_seconds() if quiet else 0.0
        at = max(time + asked, self._next.get(origin, time))
        gap = max(crawl_delay_seconds, self._gap_of(target))
        if at - time > LONGEST_WAIT_SECONDS:
            raise NotNow(self._promise(origin, at, gap))
        if gap:
            self._next[origin] = at + gap
        if at > time:
            await asyncio.sleep(at - time)

    def _promise(self, origin: str, at: float, gap: float) -> datetime:
        """A turn later on: one after the other, so that not all of them come back at once."""
        at = max(at, self._promised.get(origin, at))
        self._promised[origin] = at + gap
        return self._now() + timedelta(seconds=at - asyncio.get_running_loop().time())

    def _gap_of(self, target: Target) -> float:
        return 0.0 if (target.host, target.port) in self._at_home else self._gap_seconds

    async def _rules_of(self, text: str) -> Rules:
        known = self._rules.remembered(text, product=self._product)
        if known is not None:
            return known
        if len(text) < _LONG_ROBOTS:
            return self._rules.rules_of(text, product=self._product)
        async with self._parsing:
            return await asyncio.to_thread(self._rules.rules_of, text, product=self._product)

    async def _robots_of(self, target: Target) -> Robots:
        known = self.fresh.get(target.origin) or self._known.get(target.origin)
        if known is not None and known.expires_at > self._now():
            return known
        reading = self._reading.get(target.origin)
        if reading is None:
            reading = self._reading[target.origin] = asyncio.create_task(self._read(target.origin, known))
            reading.add_done_callback(_take_note)
        try:
            # Whoever else waits for the same file must not lose it because one of them runs out of time.
            return await asyncio.shield(reading)
        except FetchError as error:
            # Each of them gets an error of its own, for each is told where its own journey ended.
            raise copy(error) from error

    async def _read(self, origin: str, known: Robots | None) -> Robots:
        try:
            robots = Robots(await _read_robots(self._reader, origin), self._now() + ROBOTS_LAST)
        except FetchError:
            if known is None:
                raise
            robots = Robots(known.text, self._now() + ROBOTS_RETRY)
        self.fresh[origin] = robots
        return robots


async def _allows(rules: Rules, text: str, url: str) -> bool:
    return rules.allows(url) if len(text) < _LONG_ROBOTS else await asyncio.to_thread(rules.allows, url)


def _take_note(reading: asyncio.Task[Robots]) -> None:
    """Of an error that nobody may be waiting for any more."""
    if not reading.cancelled():
        reading.exception()


async def _read_robots(reader: Client, origin: str) -> str:
    """The text; empty where the site has none (RFC 9309, section 2.3.1.3). Raises FetchError where none can tell."""
    try:
        fetched = await reader.fetch(f"{origin}/robots.txt")
    except BadRedirect:
        return ""
    except FetchError as error:
        return _text_all_the_same(error, origin)
    if fetched.status >= 500 or _asks_to_wait(fetched):
        raise _unreachable(fetched)
    return read_text(fetched.body) if 200 <= fetched.status < 300 else ""


def _asks_to_wait(fetched: Fetched) -> bool:
    """Too many requests leave us free to go on (RFC 9309, section 2.3.1.3), but not if we are told until when."""
    return fetched.status == HTTPStatus.TOO_MANY_REQUESTS and bool(fetched.retry_after)


def _text_all_the_same(error: FetchError, origin: str) -> str:
    """What counts of a file that could not be read whole. Raises FetchError, which blames the page for nothing."""
    if error.status is not None and 400 <= error.status < 500:
        return ""
    if isinstance(error, TooLarge) and error.beginning:
        return read_text(error.beginning)
    if not error.url.startswith(f"{origin}/"):
        # It is another site that is not there.
        raise RobotsUnreachable("robots_unreachable") from error
    if not isinstance(error, _NOBODY_THERE):
        error.message = RobotsUnreachable.default_message
    raise error


def _unreachable(fetched: Fetched) -> RobotsUnreachable:
    error = RobotsUnreachable(
        "robots_unreachable",
        f"The site’s server failed to say what machines may read ({fetched.status}), so the page was left alone.",
    )
    error.status, error.retry_after = fetched.status, fetched.retry_after
    return error

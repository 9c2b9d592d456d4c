"""Fetching that nothing can hurt: every hop through the guard, all of them within one bound of time."""

import asyncio
import functools
import ssl
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType, TracebackType
from typing import NamedTuple, Self

from stories.web import guard
from stories.web.connection import default_tls
from stories.web.cookies import Cookies
from stories.web.errors import AddressRefused, BadRedirect, FetchError, NameUnresolved, TimedOut
from stories.web.exchange import Answer, Exchange, Grow
from stories.web.fetched import Exchanged, Fetched
from stories.web.guard import Target
from stories.web.limits import Limits
from stories.web.redirects import next_url, refuse_downgrade, refused_redirect
from stories.web.resolver import Resolver

__all__ = ["Client", "Fetched", "Limits", "Permit"]

#: Asked before every request, redirects included; raises where it may not be made.
Permit = Callable[[Target], Awaitable[None]]

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_NAME_LOOKUPS_AT_ONCE = 32


class Client:
    """Fetches a batch: `async with Client(user_agent=…) as client: fetched = await client.fetch(url)`.

    `allowed` names the hosts and ports at which loopback may be read, `trusted` the origins that may be anywhere.
    `resolver` and `tls` stand in for the system's: who can be found, and which authorities are trusted.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        limits: Limits | None = None,
        allowed: Collection[tuple[str, int]] = (),
        trusted: Collection[str] = (),
        resolver: Resolver | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        if not user_agent or not user_agent.isascii() or not user_agent.isprintable():
            raise ValueError("user_agent must be printable ASCII, and not empty")
        self._limits = limits or Limits()
        self._lookups = ThreadPoolExecutor(_NAME_LOOKUPS_AT_ONCE, thread_name_prefix="name-lookup")
        self._check = functools.partial(
            guard.check_url, resolver=resolver, allowed=frozenset(allowed), trusted=frozenset(trusted)
        )
        self._exchange = functools.partial(
            Exchange, limits=self._limits, user_agent=user_agent, tls=tls or default_tls()
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A look-up that hangs is the operating system's to end: nobody waits for it here.
        self._lookups.shutdown(wait=False, cancel_futures=True)

    async def fetch(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        copy_of: str = "",
        permit: Permit | None = None,
        grow: Grow | None = None,
    ) -> Fetched:
        """What the server says at this address, redirects followed. Raises FetchError.

        `permit` is asked before each request, and `grow` told how large the body is about to be; what they raise
        ends the journey.

        `etag` and `last_modified` are those of the copy at hand: where it is still good, the answer is
        `not_modified`. If `copy_of` says which address that copy came from, no other is asked about it.
        """
        started = time.monotonic()
        conditions = _conditions(etag=etag, last_modified=last_modified)
        exchange = functools.partial(self._exchange, grow=grow) if grow else self._exchange
        journey = _Journey(self._find, permit or _permit_all, exchange, self._limits.redirects)
        try:
            async with asyncio.timeout(self._limits.total_seconds):
                answer = await journey.travel(url, conditions, copy_of)
        except FetchError as error:
            error.url = error.url or journey.url or url
            raise
        except TimeoutError as error:
            raise self._too_late(journey.looking_up, journey.url) from error
        return Fetched(
            url=url,
            final_url=journey.url,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            redirects=tuple(journey.redirects),
            elapsed_ms=round((time.monotonic() - started) * 1000),
            exchanges=tuple(journey.exchanges),
        )

    async def post(
        self, url: str, *, body: bytes, content_type: str, headers: Mapping[str, str] = NO_HEADERS
    ) -> Fetched:
        """What the server says to `body`. It is sent once: to no other address, and not again. Raises FetchError."""
        return await self._send("POST", url, body, {**headers, "Content-Type": content_type})

    async def put(
        self, url: str, *, body: bytes, content_type: str, headers: Mapping[str, str] = NO_HEADERS
    ) -> Fetched:
        """As `post`, with the method that a server takes twice for once (RFC 9110, section 9.2.2)."""
        return await self._send("PUT", url, body, {**headers, "Content-Type": content_type})

    async def get(self, url: str, *, headers: Mapping[str, str]) -> Fetched:
        """What the server says to whoever shows these headers: to no other address. Raises FetchError."""
        return await self._send("GET", url, None, dict(headers))

    async def _send(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> Fetched:
        started = time.monotonic()
        looking_up: _LookUp | None = _LookUp(url, started)
        try:
            async with asyncio.timeout(self._limits.total_seconds):
                target, looking_up = await self._find(url), None
                answer = await self._exchange(target).send(method, body, headers)
        except FetchError as error:
            error.url = url
            raise
        except TimeoutError as error:
            raise self._too_late(looking_up, url) from error
        return Fetched(
            url=url,
            final_url=target.url,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            redirects=(),
            elapsed_ms=round((time.monotonic() - started) * 1000),
            exchanges=(answer.exchanged,),
        )

    async def _find(self, url: str) -> Target:
        """The guard's answer, in a thread where it must wait for a name to be looked up."""
        if guard.is_literal(url):
            return self._check(url)
        return await asyncio.get_running_loop().run_in_executor(self._lookups, self._check, url)

    def _too_late(self, looking_up: "_LookUp | None", url: str) -> NameUnresolved | TimedOut:
        """No site is to blame whose name took most of the time to look up: that depends on who keeps the directory."""
        error: NameUnresolved | TimedOut
        seconds = self._limits.total_seconds
        if looking_up and time.monotonic() - looking_up.began > seconds / 2:
            error = NameUnresolved("dns", "The site’s name could not be looked up in time.")
            error.url = looking_up.url
        else:
            error = TimedOut("timeout", f"The site did not answer within {seconds:g} seconds.")
            error.url = url
        return error


class _LookUp(NamedTuple):
    """Of the name in an address; it began at this time of `time.monotonic`."""

    url: str
    began: float


class _Journey:
    """From one address over all those it redirects to."""

    def __init__(
        self,
        find: Callable[[str], Awaitable[Target]],
        permit: Permit,
        exchange: Callable[[Target], Exchange],
        max_redirects: int,
    ) -> None:
        self._find = find
        self._permit = permit
        self._exchange = exchange
        self._max_redirects = max_redirects
        self._cookies = Cookies()
        self._seen: set[tuple[str, str]] = set()
        self.redirects: list[tuple[int, str]] = []
        self.exchanges: list[Exchanged] = []
        self.url = ""
        self.looking_up: _LookUp | None = None

    async def travel(self, url: str, conditions: dict[str, str], copy_of: str) -> Answer:
        target = await self._look_up(url)
        while True:
            self.url, cookie = target.url, self._cookies.header_for(target.url)
            self._seen.add((target.url, cookie))
            await self._permit(target)
            is_asked = copy_of in ("", target.url)
            answer = await self._exchange(target).ask(conditions if is_asked else {}, cookie=cookie)
            self.exchanges.append(answer.exchanged)
            if not answer.leads_to:
                return answer
            self._cookies.take(answer.headers, target.url)
            target = await self._follow(target, answer)

    async def _look_up(self, url: str) -> Target:
        self.looking_up = _LookUp(url, time.monotonic())
        target = await self._find(url)
        self.looking_up = None
        return target

    async def _follow(self, target: Target, answer: Answer) -> Target:
        address = next_url(target.url, answer.leads_to)
        try:
            following = await self._look_up(address)
        except AddressRefused as refusal:
            refusal.url = address
            raise refused_redirect(refusal) from refusal
        refuse_downgrade(target, following)
        if (following.url, self._cookies.header_for(following.url)) in self._seen:
            raise BadRedirect("redirect_loop", "The site sends us round in a circle.")
        if len(self.redirects) >= self._max_redirects:
            raise BadRedirect(
                "too_many_redirects", f"The site sends us on more than {self._max_redirects} times."
            )
        self.redirects.append((answer.status, following.url))
        return following


async def _permit_all(_target: Target) -> None:
    """For what nobody asks machines about."""


def _conditions(*, etag: str, last_modified: str) -> dict[str, str]:
    """Only what can be sent back as it came; without it the page is read in full, which is never wrong."""
    # A star asks whether there is any page at all (RFC 9110, section 13.1.2).
    given = {"If-None-Match": "" if etag == "*" else etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in given.items() if value and value.isascii() and value.isprintable()}

"""One request to one checked target, and its answer, within bounds of bytes; no redirect is followed."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace

import aiohttp
from aiohttp.client_middlewares import ClientHandlerType
from yarl import URL

from stories.web.connection import Wire, open_connector
from stories.web.decoding import ACCEPTED, CappedDecoder
from stories.web.errors import AddressRefused, ConnectionReset, FetchError, ProtocolBroken, TooLarge
from stories.web.fetched import Exchanged
from stories.web.guard import Target
from stories.web.header_fields import HeaderFields, header, header_list, read_headers
from stories.web.limits import Limits
from stories.web.redirects import REDIRECTS
from stories.web.translation import LIBRARY_ERRORS, translate

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_MAX_HEADER_FIELDS = 256
#: Told how large a body is about to be; may raise.
Grow = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: HeaderFields
    exchanged: Exchanged
    body: bytes = b""

    @property
    def leads_to(self) -> str:
        """Where the answer sends us on to; a redirect without an address is an answer like any other."""
        return header(self.headers, "location") if self.status in REDIRECTS else ""


class Exchange:
    """Asks a target once. Raises FetchError, with the status where one came."""

    def __init__(
        self,
        target: Target,
        *,
        limits: Limits,
        user_agent: str,
        tls: ssl.SSLContext,
        grow: Grow = lambda _size: None,
    ) -> None:
        self._target = target
        self._limits = limits
        self._grow = grow
        self._headers = {"User-Agent": user_agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED}
        self._tls = tls
        self._wire = Wire(target)

    async def ask(self, conditions: dict[str, str], *, cookie: str = "") -> Answer:
        """`conditions` are the headers that make the request conditional; a 304 to any other breaks the rules."""
        headers = {**conditions, "Cookie": cookie} if cookie else conditions
        return await self._exchange("GET", headers, is_conditional=bool(conditions))

    async def send(self, method: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        return await self._exchange(method, headers, body=body, is_conditional=False)

    async def _exchange(
        self, method: str, headers: dict[str, str], *, is_conditional: bool, body: bytes | None = None
    ) -> Answer:
        status = None
        address = _request_url(self._target)
        try:
            async with (
                self._open_session() as session,
                session.request(
                    method, address, headers=headers, data=body, allow_redirects=False
                ) as response,
            ):
                status = response.status
                _refuse_impossible_status(status, is_conditional=is_conditional)
                return await self._read(response)
        except FetchError as error:
            error.status = status
            raise
        except LIBRARY_ERRORS as error:
            meaning = self._meaning(error)
            meaning.status = status
            raise meaning from error
        finally:
            await self._wire.hang_up()

    def _open_session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=open_connector(self._wire, tls=self._tls),
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            auto_decompress=False,
            trust_env=False,
            max_line_size=self._limits.header_bytes,
            max_field_size=self._limits.header_bytes,
            max_headers=_MAX_HEADER_FIELDS,
            middlewares=(self._ask_once,),
        )

    async def _ask_once(
        self, request: aiohttp.ClientRequest, handler: ClientHandlerType
    ) -> aiohttp.ClientResponse:
        """aiohttp repeats a GET whose connection broke; when to ask again is for the schedule to decide."""
        try:
            return await handler(request)
        except LIBRARY_ERRORS as error:
            raise self._meaning(error) from error

    async def _read(self, response: aiohttp.ClientResponse) -> Answer:
        fields = read_headers(response.raw_headers, max_bytes=self._limits.header_bytes)
        answer = Answer(response.status, fields, _exchanged(response, fields))
        if answer.leads_to or answer.status == 304:
            return answer
        return replace(answer, body=await self._read_body(response, fields))

    async def _read_body(self, response: aiohttp.ClientResponse, fields: HeaderFields) -> bytes:
        decoder = CappedDecoder(
            header_list(fields, "content-encoding"), max_bytes=self._limits.decoded_bytes, grow=self._grow
        )
        if self._limits.raw_bytes < self._limits.decoded_bytes:
            self._refuse_too_large(response.content_length or 0)
        self._wire.watch(response.content)
        raw_bytes = 0
        async for data in response.content.iter_any():
            raw_bytes += len(data)
            self._refuse_too_large(raw_bytes)
            decoder.feed(data)
            self._wire.fail_if_broken()
        if self._wire.failure is not None:
            raise ConnectionReset("connection_reset") from self._wire.failure
        return decoder.finish()

    def _refuse_too_large(self, raw_bytes: int) -> None:
        if raw_bytes > self._limits.raw_bytes:
            raise TooLarge("raw_too_large", f"The page is larger than {self._limits.raw_bytes:,} bytes.")

    def _meaning(self, error: BaseException) -> FetchError:
        if self._wire.is_overspent:
            return TooLarge("raw_too_large", "The site’s server sends more than any page needs.")
        return translate(self._wire.failure or error)


def _exchanged(response: aiohttp.ClientResponse, fields: HeaderFields) -> Exchanged:
    sent, answered = response.request_info, response.version or aiohttp.HttpVersion11
    return Exchanged(
        url=str(sent.real_url),
        request_line=f"{sent.method} {sent.real_url.raw_path_qs} HTTP/1.1",
        request_headers=tuple(sent.headers.items()),
        status_line=f"HTTP/{answered.major}.{answered.minor} {response.status} {_phrase(response)}".rstrip(),
        headers=fields,
    )


def _phrase(response: aiohttp.ClientResponse) -> str:
    """A phrase may hold any byte, and means nothing (RFC 9112, section 4)."""
    return "".join(letter for letter in response.reason or "" if letter.isascii() and letter.isprintable())


def _request_url(target: Target) -> URL:
    """The address as aiohttp reads it, which must be as it was checked."""
    url = URL(target.url, encoded=True)
    if (url.scheme, url.raw_host, url.port) != (target.scheme, target.host, target.port):
        raise AddressRefused("bad_url", "The address can be read in two ways.")
    return url


def _refuse_impossible_status(status: int, *, is_conditional: bool) -> None:
    if status < 200:
        raise ProtocolBroken(
            "bad_status", f"The site’s server gave the status {status}, which answers nothing."
        )
    if status == 304 and not is_conditional:
        raise ProtocolBroken(
            "unasked_304", "The site’s server says that nothing changed since a copy that we did not mention."
        )

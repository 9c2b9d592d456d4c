"""A connection that leads to one checked target and nowhere else, and counts what comes over it.

aiohttp asks a resolver for names only, so literal addresses are held to the target where sockets are made. One
connection serves one request: nothing that a server sends too late can pass for the answer to another question.
"""

import asyncio
import contextlib
import errno
import socket
import ssl
from dataclasses import dataclass
from functools import cache
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

from stories.web.errors import AddressRefused
from stories.web.guard import Target

# Small reads keep what a parser can be made to build from one of them small, too.
_READ_BYTES = 64 * 1024
# Certificates, headers, interim answers, chunk sizes and extensions belong to no body, so that no bound of a body
# holds them, yet they cost us time. Honest ones are small, or small beside their content.
_WRAPPING_BYTES = 1024 * 1024
# Turns of the event loop; an aborted transport takes two or three.
_TURNS_TO_CLOSE = 10


class Wire:
    """The connection of one request: opens sockets to its target, and knows how they fare."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.failure: OSError | None = None
        self.is_overspent = False
        self._received_bytes = 0
        self._sockets: list[socket.socket] = []
        self._connection: _Lasting | None = None
        self._body: aiohttp.StreamReader | None = None

    def open_socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        """A socket for one of the target's checked addresses. Raises AddressRefused for any other."""
        family, kind, protocol, _, peer = info
        if str(peer[0]) not in self.target.addresses or peer[1] != self.target.port:
            raise AddressRefused("not_checked", f"{peer[0]} is not an address that was checked.")
        # How the address before it failed is no matter once the next one is tried.
        self.failure = None
        made = _MeteredSocket(self, family, kind, protocol)
        self._sockets.append(made)
        return made

    def connected(self, connection: Connection) -> None:
        """aiohttp lets go of a connection as soon as the last byte has come; this does not."""
        self._connection = _Lasting(connection.protocol, connection.transport)

    def watch(self, body: aiohttp.StreamReader) -> None:
        """From here on what comes in is this body."""
        self._body = body

    def fail_if_broken(self) -> None:
        """Tell the body that nothing more will come of it.

        aiohttp tells of framing that breaks in the middle to whom waits for headers; who reads a body waits on.
        """
        body, connection = self._body, self._connection
        if body is None or connection is None or connection.protocol is None:
            return
        error = connection.protocol.exception()
        if error is not None and body.exception() is None and not body.is_eof():
            body.set_exception(error)

    async def hang_up(self) -> None:
        """Close at once, and let go of what was read: a closed transport stays until garbage is searched for."""
        await self._close()
        self._connection = self._body = None
        self._sockets.clear()

    async def _close(self) -> None:
        """A farewell, as TLS has it, would leave it to the server how long we keep the line."""
        if self._connection is not None and self._connection.transport is not None:
            # One that is closed already has forgotten its TLS (asyncio before Python 3.11.3).
            with contextlib.suppress(AttributeError):
                self._connection.transport.abort()
        # A TLS transport that was closed twice no longer hears abort(); the end of its socket it hears.
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for _ in range(_TURNS_TO_CLOSE):
            if all(each.fileno() == -1 for each in self._sockets):
                return
            await asyncio.sleep(0)

    def count(self, received: int) -> None:
        """Raises OSError where there is more wrapping than content."""
        self._received_bytes += received
        body_bytes = 0 if self._body is None else self._body.total_bytes
        if self._received_bytes > _WRAPPING_BYTES + 2 * body_bytes:
            self.is_overspent = True
            raise OSError(errno.EMSGSIZE, "more wrapping than content")
        asyncio.get_running_loop().call_soon(self.fail_if_broken)


@dataclass(frozen=True, slots=True)
class _Lasting:
    protocol: ResponseHandler | None
    transport: asyncio.Transport | None


class _MeteredSocket(socket.socket):
    """A socket that counts, and remembers a reset: after one, a body without a length looks complete."""

    def __init__(self, wire: Wire, family: int, kind: int, protocol: int) -> None:
        super().__init__(family, kind, protocol)
        self._wire = wire

    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        try:
            data = super().recv(min(bufsize, _READ_BYTES), flags)
        except ConnectionError as error:
            self._wire.failure = error
            raise
        self._wire.count(len(data))
        return data

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0, /) -> int:
        try:
            received = super().recv_into(buffer, min(nbytes or len(buffer), _READ_BYTES), flags)
        except ConnectionError as error:
            self._wire.failure = error
            raise
        self._wire.count(received)
        return received


class _PinnedResolver(AbstractResolver):
    """Answers with the addresses that were checked, so that a name looked up twice cannot change its mind."""

    def __init__(self, target: Target) -> None:
        self._target = target

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Both families of addresses, whichever is asked for: the socket is made for what comes back."""
        del family
        if (host, port) != (self._target.host, self._target.port):
            raise AddressRefused("not_checked", f"{host} is not a name that was checked.")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._target.addresses
        ]

    async def close(self) -> None:
        """Nothing is held."""


@cache
def default_tls() -> ssl.SSLContext:
    """The system's authorities; made once, for loading them takes long."""
    return make_tls()


def make_tls(*, authorities: str | None = None) -> ssl.SSLContext:
    """Certificates are verified, and only names that are meant as names of sites count (RFC 9525, section 2).

    `authorities` is a file with those that are trusted instead of the system's.
    """
    context = ssl.create_default_context(cafile=authorities)
    # RFC 8996. Some builds of Python leave it to the system, of which some still take TLS 1.0.
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.hostname_checks_common_name = False
    # From Python 3.13 on certificates without the key of who issued them are refused; browsers take them.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


class _WireConnector(aiohttp.TCPConnector):
    def __init__(self, wire: Wire, *, tls: ssl.SSLContext) -> None:
        super().__init__(
            resolver=_PinnedResolver(wire.target),
            socket_factory=wire.open_socket,
            ssl=tls,
            use_dns_cache=False,
            force_close=True,
        )
        self._wire = wire

    async def connect(
        self, req: aiohttp.ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        connection = await super().connect(req, traces, timeout)
        self._wire.connected(connection)
        return connection


def open_connector(wire: Wire, *, tls: ssl.SSLContext) -> aiohttp.TCPConnector:
    return _WireConnector(wire, tls=tls)

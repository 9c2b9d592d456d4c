"""The server itself: it listens, reads a request, and lets the route of its path answer."""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

PAGE = "<html><body><p>The council met on Tuesday — and adjourned.</p></body></html>".encode()
ETAG = '"council-1"'
LAST_MODIFIED = "Tue, 14 May 2024 09:00:00 GMT"


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    headers: dict[str, str]


class Connection:
    """One visitor, as a route sees it."""

    def __init__(self, wire: socket.socket, server: "MisbehavingServer") -> None:
        self.wire = wire
        self.server = server

    def send(self, *pieces: bytes | str) -> None:
        for piece in pieces:
            self.wire.sendall(piece.encode() if isinstance(piece, str) else piece)

    def wait(self, seconds: float) -> bool:
        """Whether the server may go on after this while; it may not when the test is over."""
        return not self.server.stopping.wait(seconds)

    def reset(self) -> None:
        """Close with RST instead of FIN."""
        self.wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Route = Callable[[Connection, Request], None]
ROUTES: dict[str, Route] = {}


def route(path: str) -> Callable[[Route], Route]:
    def register(function: Route) -> Route:
        ROUTES[path] = function
        return function

    return register


class MisbehavingServer:
    """`with MisbehavingServer() as server:` serves ROUTES, and what `serve` adds, at `server.url(path)`."""

    def __init__(self, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.host = host
        self.requests: list[Request] = []
        self.stopping = threading.Event()
        self._tls = tls
        self._routes = dict(ROUTES)
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._listener = socket.create_server((self.host, 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        # Closing alone would not wake the thread that waits in accept().
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._acceptor.join()
        self._listener.close()
        for thread in self._threads:
            thread.join(timeout=5)

    @property
    def allowed(self) -> tuple[tuple[str, int], ...]:
        return ((self.host, self.port), ("localhost", self.port))

    def url(self, path: str, *, host: str = "") -> str:
        return f"{'https' if self._tls else 'http'}://{host or self.host}:{self.port}{path}"

    def serve(self, path: str, function: Route) -> str:
        """Add a route of a test's own; its address."""
        self._routes[path] = function
        return self.url(path)

    def serve_bytes(self, path: str, *pieces: bytes | str) -> str:
        return self.serve(path, lambda visitor, _: visitor.send(*pieces))

    def visits(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def _accept(self) -> None:
        while not self.stopping.is_set():
            try:
                wire, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(wire,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, wire: socket.socket) -> None:
        wire.settimeout(120)
        # A visitor that hangs up, or does not trust our certificate, is what many tests are about.
        with contextlib.suppress(OSError), wire, self._spoken(wire) as spoken:
            request = _read_request(spoken)
            if request is None:
                return
            self.requests.append(request)
            answer = self._routes.get(request.path.partition("?")[0], _not_found)
            answer(Connection(spoken, self), request)

    def _spoken(self, wire: socket.socket) -> socket.socket:
        return wire if self._tls is None else self._tls.wrap_socket(wire, server_side=True)


def _read_request(wire: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        received = wire.recv(4096)
        if not received:
            return None
        data += received
        if data.startswith(b"\x16"):
            # A visitor that speaks TLS to a server that does not.
            wire.sendall(respond("400 Bad Request"))
            return None
    first, *lines = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(first.split(" ")[1], headers)


def respond(
    status: str, body: bytes = b"", headers: dict[str, str] | None = None, *, length: int | None = None
) -> bytes:
    """A whole answer; `length` is what it claims to hold."""
    fields = {"Content-Type": "text/html; charset=utf-8"} | (headers or {})
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields.items())]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(status: str, location: str) -> bytes:
    return respond(status, headers={"Location": location})


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


CHUNKED = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
UNTIL_CLOSE = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def _not_found(visitor: Connection, _: Request) -> None:
    visitor.send(respond("404 Not Found", b"<p>No such page.</p>"))

"""A server on loopback that breaks one rule per path, byte by byte, so that no library tidies up behind it."""

import base64
import contextlib
import gzip
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import brotli
from backports import zstd

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


# Well-behaved


@route("/page")
def _page(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, {"ETag": ETAG, "Last-Modified": LAST_MODIFIED}))


@route("/conditional")
def _conditional(visitor: Connection, request: Request) -> None:
    if request.headers.get("if-none-match") == ETAG:
        visitor.send(f"HTTP/1.1 304 Not Modified\r\nETag: {ETAG}\r\n\r\n")
        return
    visitor.send(respond("200 OK", PAGE, {"ETag": ETAG}))


@route("/conditional-by-date")
def _conditional_by_date(visitor: Connection, request: Request) -> None:
    if request.headers.get("if-modified-since") == LAST_MODIFIED:
        visitor.send("HTTP/1.1 304 Not Modified\r\n\r\n")
        return
    visitor.send(respond("200 OK", PAGE, {"Last-Modified": LAST_MODIFIED}))


@route("/chunked")
def _chunked(visitor: Connection, _: Request) -> None:
    visitor.send(CHUNKED, chunk(PAGE[:20]), chunk(PAGE[20:]), "0\r\n\r\n")


@route("/until-close")
def _until_close(visitor: Connection, _: Request) -> None:
    visitor.send(UNTIL_CLOSE, PAGE)


@route("/early-hints")
def _early_hints(visitor: Connection, _: Request) -> None:
    visitor.send(
        "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n", respond("200 OK", PAGE)
    )


# Statuses

STATUSES = {
    "/not-found": "404 Not Found",
    "/gone": "410 Gone",
    "/forbidden": "403 Forbidden",
    "/unauthorised": "401 Unauthorized",
    "/server-error": "500 Internal Server Error",
    "/bad-gateway": "502 Bad Gateway",
    "/odd-status": "999 Request denied",
}
for _path, _status in STATUSES.items():
    ROUTES[_path] = lambda visitor, _, status=_status: visitor.send(respond(status, b"<p>Sorry.</p>"))


@route("/too-many-requests")
def _too_many_requests(visitor: Connection, _: Request) -> None:
    visitor.send(respond("429 Too Many Requests", b"<p>Slow down.</p>", {"Retry-After": "120"}))


@route("/unavailable")
def _unavailable(visitor: Connection, _: Request) -> None:
    visitor.send(respond("503 Service Unavailable", headers={"Retry-After": "Wed, 15 May 2024 09:00:00 GMT"}))


@route("/empty")
def _empty(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK"))


@route("/same-etag-new-body")
def _same_etag_new_body(visitor: Connection, _: Request) -> None:
    body = b"<p>Visit %d.</p>" % len(visitor.server.visits("/same-etag-new-body"))
    visitor.send(respond("200 OK", body, {"ETag": ETAG}))


@route("/always-304")
def _always_304(visitor: Connection, _: Request) -> None:
    visitor.send("HTTP/1.1 304 Not Modified\r\n\r\n")


@route("/switching")
def _switching(visitor: Connection, _: Request) -> None:
    visitor.send(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n", PAGE
    )


# Connections


@route("/reset")
def _reset(visitor: Connection, _: Request) -> None:
    visitor.reset()


@route("/hang-up")
def _hang_up(visitor: Connection, _: Request) -> None:
    """Says nothing."""


@route("/reset-in-length")
def _reset_in_length(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, length=5000))
    visitor.wait(0.05)
    visitor.reset()


@route("/reset-until-close")
def _reset_until_close(visitor: Connection, _: Request) -> None:
    visitor.send(UNTIL_CLOSE, PAGE)
    visitor.wait(0.05)
    visitor.reset()


@route("/slow-headers")
def _slow_headers(visitor: Connection, _: Request) -> None:
    visitor.send("HTTP/1.1 200 OK\r\n")
    number = 0
    while visitor.wait(0.02):
        number += 1
        visitor.send(f"X-Wait-{number}: a moment\r\n")


@route("/slow-body")
def _slow_body(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", length=10_000))
    while visitor.wait(0.02):
        visitor.send("z")


@route("/silent")
def _silent(visitor: Connection, _: Request) -> None:
    visitor.wait(120)


# Redirects


@route("/moved")
def _moved(visitor: Connection, _: Request) -> None:
    visitor.send(redirect("301 Moved Permanently", "/page"))


@route("/moved-308")
def _moved_308(visitor: Connection, _: Request) -> None:
    visitor.send(redirect("308 Permanent Redirect", "/moved"))


@route("/found")
def _found(visitor: Connection, _: Request) -> None:
    visitor.send(redirect("302 Found", "page?from=found#top"))


@route("/found-then-moved")
def _found_then_moved(visitor: Connection, _: Request) -> None:
    visitor.send(redirect("307 Temporary Redirect", "/moved"))


@route("/moved-to-conditional")
def _moved_to_conditional(visitor: Connection, _: Request) -> None:
    visitor.send(redirect("301 Moved Permanently", "/conditional"))


@route("/loop-a")
def _loop_a(visitor: Connection, _: Request) -> None:
    visitor.send(redirect("302 Found", "/loop-b"))


@route("/loop-b")
def _loop_b(visitor: Connection, _: Request) -> None:
    visitor.send(redirect("302 Found", "/loop-a"))


@route("/on-and-on")
def _on_and_on(visitor: Connection, request: Request) -> None:
    number = int(request.path.partition("?")[2] or 0)
    visitor.send(redirect("302 Found", f"/on-and-on?{number + 1}"))


@route("/down-the-stairs")
def _down_the_stairs(visitor: Connection, request: Request) -> None:
    """Redirects as often as its query says."""
    number = int(request.path.partition("?")[2])
    visitor.send(redirect("302 Found", f"/down-the-stairs?{number - 1}" if number > 1 else "/page"))


@route("/nowhere")
def _nowhere(visitor: Connection, _: Request) -> None:
    visitor.send(respond("302 Found", b"<p>Somewhere else.</p>"))


@route("/redirect")
def _redirect(visitor: Connection, request: Request) -> None:
    """To the address that the query holds, in base64."""
    encoded = request.path.partition("?")[2]
    visitor.send(
        "HTTP/1.1 302 Found\r\nLocation: ", base64.urlsafe_b64decode(encoded), "\r\nContent-Length: 0\r\n\r\n"
    )


def redirect_path(location: str | bytes) -> str:
    raw = location.encode() if isinstance(location, str) else location
    return f"/redirect?{base64.urlsafe_b64encode(raw).decode()}"


# Sizes


@route("/endless-body")
def _endless_body(visitor: Connection, _: Request) -> None:
    visitor.send(UNTIL_CLOSE)
    while visitor.wait(0):
        visitor.send(b"x" * 65_536)


@route("/endless-chunks")
def _endless_chunks(visitor: Connection, _: Request) -> None:
    visitor.send(CHUNKED)
    while visitor.wait(0):
        visitor.send(chunk(b"x") * 10_000)


@route("/endless-interim")
def _endless_interim(visitor: Connection, _: Request) -> None:
    while visitor.wait(0):
        visitor.send("HTTP/1.1 103 Early Hints\r\n\r\n" * 1000)


@route("/endless-chunk-extension")
def _endless_chunk_extension(visitor: Connection, _: Request) -> None:
    visitor.send(CHUNKED, "5;")
    while visitor.wait(0):
        visitor.send("x" * 65_536)


@route("/endless-header")
def _endless_header(visitor: Connection, _: Request) -> None:
    visitor.send("HTTP/1.1 200 OK\r\nX-Long: ")
    while visitor.wait(0):
        visitor.send("x" * 65_536)


@route("/endless-headers")
def _endless_headers(visitor: Connection, _: Request) -> None:
    visitor.send("HTTP/1.1 200 OK\r\n")
    while visitor.wait(0):
        visitor.send("X-More: and more\r\n" * 1000)


@route("/huge-headers")
def _huge_headers(visitor: Connection, _: Request) -> None:
    """Each of them within bounds, and all of them not."""
    visitor.send(respond("200 OK", PAGE, {f"X-Filler-{number}": "x" * 1000 for number in range(100)}))


@route("/claims-a-terabyte")
def _claims_a_terabyte(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, length=10**12))


@route("/flood-of-answers")
def _flood_of_answers(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE), "HTTP/1.1 204 No Content\r\n\r\n" * 100_000)


# Content codings


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "identity": bytes,
}
for _name, _pack in CODINGS.items():
    ROUTES[f"/coded-{_name}"] = lambda visitor, _, name=_name, pack=_pack: visitor.send(
        respond("200 OK", pack(PAGE), {"Content-Encoding": name})
    )


@route("/coded-bare-deflate")
def _coded_bare_deflate(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", bare_deflate(PAGE), {"Content-Encoding": "deflate"}))


@route("/gzip-bomb")
def _gzip_bomb(visitor: Connection, _: Request) -> None:
    """About a kilobyte for each megabyte, and no end to them."""
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    visitor.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
    while visitor.wait(0):
        visitor.send(packer.compress(bytes(1_000_000)))


@route("/nested-coding")
def _nested_coding(visitor: Connection, _: Request) -> None:
    body = gzip.compress(gzip.compress(PAGE))
    visitor.send(respond("200 OK", body, {"Content-Encoding": "gzip, gzip"}))


@route("/nested-coding-in-two-lines")
def _nested_coding_in_two_lines(visitor: Connection, _: Request) -> None:
    body = brotli.compress(gzip.compress(PAGE))
    visitor.send(respond("200 OK", body, {"Content-Encoding": "gzip", "content-encoding": "br"}))


@route("/unknown-coding")
def _unknown_coding(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, {"Content-Encoding": "sdch"}))


@route("/wrong-coding")
def _wrong_coding(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, {"Content-Encoding": "gzip"}))


@route("/gone-in-wrong-coding")
def _gone_in_wrong_coding(visitor: Connection, _: Request) -> None:
    visitor.send(respond("410 Gone", PAGE, {"Content-Encoding": "gzip"}))


@route("/half-a-gzip")
def _half_a_gzip(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", gzip.compress(PAGE)[:-12], {"Content-Encoding": "gzip"}))


# Framing


@route("/length-too-long")
def _length_too_long(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, length=len(PAGE) + 100))


@route("/length-too-short")
def _length_too_short(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, length=len(PAGE) - 30))


@route("/length-negative")
def _length_negative(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, length=-1))


@route("/length-twice")
def _length_twice(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, {"content-length": "10"}))


@route("/length-and-chunked")
def _length_and_chunked(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", chunk(PAGE) + b"0\r\n\r\n", {"Transfer-Encoding": "chunked"}))


@route("/bad-chunk-size")
def _bad_chunk_size(visitor: Connection, _: Request) -> None:
    visitor.send(CHUNKED, chunk(PAGE))
    visitor.wait(0.05)
    visitor.send("zz\r\nnot a number\r\n")
    visitor.wait(0.3)


@route("/bad-chunk-end")
def _bad_chunk_end(visitor: Connection, _: Request) -> None:
    visitor.send(CHUNKED, "5\r\nlonger than five\r\n0\r\n\r\n")


@route("/chunks-cut-off")
def _chunks_cut_off(visitor: Connection, _: Request) -> None:
    visitor.send(CHUNKED, chunk(PAGE))


@route("/chunked-gzip-transfer")
def _chunked_gzip_transfer(visitor: Connection, _: Request) -> None:
    visitor.send(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", chunk(gzip.compress(PAGE)), "0\r\n\r\n"
    )


@route("/not-http")
def _not_http(visitor: Connection, _: Request) -> None:
    visitor.send("SSH-2.0-OpenSSH_9.7\r\n")


@route("/http-0.9")
def _http_09(visitor: Connection, _: Request) -> None:
    visitor.send(PAGE)


# Header injection


@route("/carriage-return-in-header")
def _carriage_return_in_header(visitor: Connection, _: Request) -> None:
    visitor.send("HTTP/1.1 200 OK\r\nX-Note: one\rSet-Cookie: two\r\nContent-Length: 2\r\n\r\nok")


@route("/null-in-header")
def _null_in_header(visitor: Connection, _: Request) -> None:
    visitor.send('HTTP/1.1 200 OK\r\nETag: "a\0b"\r\nContent-Length: 2\r\n\r\nok')


@route("/control-in-header")
def _control_in_header(visitor: Connection, _: Request) -> None:
    visitor.send('HTTP/1.1 200 OK\r\nETag: "a\x1b[2Jb"\r\nContent-Length: 2\r\n\r\nok')


@route("/space-in-header-name")
def _space_in_header_name(visitor: Connection, _: Request) -> None:
    visitor.send("HTTP/1.1 200 OK\r\nX Note: one\r\nContent-Length: 2\r\n\r\nok")


@route("/two-locations")
def _two_locations(visitor: Connection, _: Request) -> None:
    visitor.send("HTTP/1.1 302 Found\r\nLocation: /page\r\nLocation: /empty\r\nContent-Length: 0\r\n\r\n")


@route("/latin-1-header")
def _latin_1_header(visitor: Connection, _: Request) -> None:
    visitor.send(b"HTTP/1.1 200 OK\r\nX-Town: Z\xfcrich\r\nContent-Length: 2\r\n\r\nok")

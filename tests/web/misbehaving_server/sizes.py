"""More than anybody wants: bodies, headers and answers without end."""

from tests.web.misbehaving_server.server import (
    CHUNKED,
    PAGE,
    UNTIL_CLOSE,
    Connection,
    Request,
    chunk,
    respond,
    route,
)


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

"""What a server ought to answer, with which the other paths are compared."""

from tests.web.misbehaving_server.server import (
    CHUNKED,
    ETAG,
    LAST_MODIFIED,
    PAGE,
    UNTIL_CLOSE,
    Connection,
    Request,
    chunk,
    respond,
    route,
)


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

"""Statuses and validators that say little, too much, or what is not so."""

from tests.web.misbehaving_server.server import ETAG, PAGE, ROUTES, Connection, Request, respond, route

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

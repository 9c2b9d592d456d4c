"""Connections that are dropped, or on which hardly anything comes."""

from tests.web.misbehaving_server.server import PAGE, UNTIL_CLOSE, Connection, Request, respond, route


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

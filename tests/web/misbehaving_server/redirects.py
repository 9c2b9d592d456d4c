"""Redirects in a ring, without end, to nowhere, and to whatever address a test likes."""

import base64

from tests.web.misbehaving_server.server import Connection, Request, redirect, respond, route


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

"""Sites that show a page only to who brings back what they set on the way."""

import pytest

from stories.web.errors import BadRedirect
from tests.web.conftest import Fetch
from tests.web.misbehaving_server import PAGE, Connection, MisbehavingServer, Request, respond


def sends_on(location: str, cookie: str) -> bytes:
    return respond("302 Found", headers={"Location": location, "Set-Cookie": cookie})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_page_that_wants_its_cookie_back_is_read(
    server: MisbehavingServer, fetch: Fetch, host: str
) -> None:
    def answer(visitor: Connection, request: Request) -> None:
        knows_us = request.headers.get("cookie") == "seen=1"
        visitor.send(respond("200 OK", PAGE) if knows_us else sends_on("/wall", "seen=1; Path=/; HttpOnly"))

    server.serve("/wall", answer)

    for _ in range(2):
        assert fetch(server.url("/wall", host=host)).body == PAGE

    # What was set for one journey is not known on the next.
    assert [request.headers.get("cookie") for request in server.visits("/wall")] == [None, "seen=1"] * 2


def test_no_other_site_is_told(server: MisbehavingServer, fetch: Fetch) -> None:
    server.serve_bytes("/away", sends_on(server.url("/page", host="localhost"), "seen=1; Path=/"))

    fetch("/away")

    (request,) = server.visits("/page")
    assert "cookie" not in request.headers


@pytest.mark.parametrize(
    ("cookie", "reason"),
    [("seen=1", "redirect_loop"), ("seen={}", "too_many_redirects"), ("seen=\xff", "redirect_loop")],
)
def test_a_site_that_is_never_content_is_left(
    server: MisbehavingServer, fetch: Fetch, cookie: str, reason: str
) -> None:
    def answer(visitor: Connection, _request: Request) -> None:
        visitor.send(sends_on("/wall", cookie.format(len(server.requests))))

    server.serve("/wall", answer)

    with pytest.raises(BadRedirect) as refused:
        fetch("/wall")

    assert refused.value.reason == reason
    assert len(server.requests) <= 6

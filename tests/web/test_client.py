"""Every way in which a server can misbehave, done to us by a real one."""

import asyncio
import threading
from collections.abc import Callable, Collection

import pytest

from stories.web.client import Client, Limits
from stories.web.errors import (
    AddressRefused,
    BadRedirect,
    ConnectionRefused,
    ConnectionReset,
    FetchError,
    NameUnresolved,
    ProtocolBroken,
    TimedOut,
)
from stories.web.resolver import Resolver
from tests.ports import find_free_port
from tests.web.conftest import LONGEST_SECONDS, Fetch
from tests.web.misbehaving_server import (
    ETAG,
    LAST_MODIFIED,
    PAGE,
    STATUSES,
    MisbehavingServer,
    redirect,
    redirect_path,
)

QUICK = Limits(total_seconds=0.3)
SMALL = Limits(total_seconds=LONGEST_SECONDS, raw_bytes=200_000, decoded_bytes=400_000)


class TestAnswers:
    def test_a_page_comes_with_all_that_is_known_of_it(self, server: MisbehavingServer, fetch: Fetch) -> None:
        fetched = fetch("/page")

        assert (fetched.status, fetched.body) == (200, PAGE)
        assert fetched.url == fetched.final_url == server.url("/page")
        assert (fetched.etag, fetched.last_modified) == (ETAG, LAST_MODIFIED)
        assert fetched.content_type == "text/html; charset=utf-8"
        assert ("content-length", str(len(PAGE))) in fetched.headers
        assert not fetched.redirects
        assert 0 <= fetched.elapsed_ms < 1000 * LONGEST_SECONDS

    def test_what_is_written_down_of_it_is_without_the_page(self, fetch: Fetch) -> None:
        """asyncio does so with whatever `asyncio.run` returns: a page of 20 MB took another 100."""
        assert "council met" not in repr(fetch("/page"))

    def test_what_was_said_on_the_way_is_told(self, server: MisbehavingServer, fetch: Fetch) -> None:
        server.serve_bytes("/sent-on", redirect("301 Moved for good", "/odd?part=1"))
        server.serve_bytes("/odd", b"HTTP/1.1 200 Fi\xffne\r\nContent-Length: 2\r\n\r\nhi")

        redirected, answered = fetch("/sent-on").exchanges

        assert redirected.url == server.url("/sent-on")
        assert redirected.request_line == "GET /sent-on HTTP/1.1"
        assert redirected.status_line == "HTTP/1.1 301 Moved for good"
        assert ("location", "/odd?part=1") in redirected.headers
        assert ("User-Agent", "tests (+https://newsroom.example/bot)") in answered.request_headers
        assert answered.url == server.url("/odd?part=1")
        assert answered.request_line == "GET /odd?part=1 HTTP/1.1"
        assert answered.status_line == "HTTP/1.1 200 Fine"

    @pytest.mark.parametrize("path", ["/chunked", "/until-close", "/early-hints"])
    def test_honest_framing_is_read(self, fetch: Fetch, path: str) -> None:
        assert fetch(path).body == PAGE

    @pytest.mark.parametrize(("path", "status"), STATUSES.items())
    def test_any_status_is_an_answer(self, fetch: Fetch, path: str, status: str) -> None:
        fetched = fetch(path)

        assert fetched.status == int(status[:3])
        assert fetched.body == b"<p>Sorry.</p>"

    @pytest.mark.parametrize(
        ("path", "status", "retry_after"),
        [("/too-many-requests", 429, "120"), ("/unavailable", 503, "Wed, 15 May 2024 09:00:00 GMT")],
    )
    def test_retry_after_is_handed_on(self, fetch: Fetch, path: str, status: int, retry_after: str) -> None:
        fetched = fetch(path)

        assert (fetched.status, fetched.retry_after) == (status, retry_after)

    def test_an_empty_body_is_an_answer(self, fetch: Fetch) -> None:
        assert fetch("/empty").body == b""

    def test_a_redirect_to_nowhere_is_an_answer(self, fetch: Fetch) -> None:
        assert fetch("/nowhere").status == 302

    def test_a_header_that_is_not_utf_8_is_read_as_latin_1(self, fetch: Fetch) -> None:
        assert ("x-town", "Zürich") in fetch("/latin-1-header").headers

    def test_the_server_learns_who_asks(self, server: MisbehavingServer, fetch: Fetch) -> None:
        fetch("/page")

        headers = server.requests[0].headers
        assert headers["user-agent"] == "tests (+https://newsroom.example/bot)"
        assert headers["host"] == f"127.0.0.1:{server.port}"
        assert headers["accept-encoding"] == "gzip, deflate, br, zstd"
        assert not {"cookie", "authorization", "referer", "if-none-match"} & headers.keys()

    def test_no_cookie_is_kept(self, server: MisbehavingServer) -> None:
        server.serve_bytes("/cookie", "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")

        async def fetch_twice() -> None:
            async with Client(user_agent="tests", allowed=server.allowed) as client:
                await client.fetch(server.url("/cookie"))
                await client.fetch(server.url("/cookie"))

        asyncio.run(fetch_twice())

        assert ["cookie" in visit.headers for visit in server.visits("/cookie")] == [False, False]

    def test_no_proxy_is_taken_from_the_environment(
        self, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")

        assert fetch("/page").status == 200


class TestConditions:
    def test_the_same_etag_is_not_modified(self, fetch: Fetch) -> None:
        fetched = fetch("/conditional", etag=ETAG)

        assert fetched.not_modified
        assert (fetched.status, fetched.body, fetched.etag) == (304, b"", ETAG)

    def test_a_star_is_no_name_of_a_copy(self, server: MisbehavingServer, fetch: Fetch) -> None:
        fetch("/page", etag="*")

        assert "if-none-match" not in server.requests[0].headers

    def test_the_same_date_is_not_modified(self, fetch: Fetch) -> None:
        assert fetch("/conditional-by-date", last_modified=LAST_MODIFIED).not_modified

    def test_another_etag_is_a_new_body(self, fetch: Fetch) -> None:
        fetched = fetch("/conditional", etag='"council-0"')

        assert not fetched.not_modified
        assert fetched.body == PAGE

    def test_the_same_etag_with_a_new_body_is_a_new_body(self, fetch: Fetch) -> None:
        first, second = fetch("/same-etag-new-body"), fetch("/same-etag-new-body", etag=ETAG)

        assert first.etag == second.etag
        assert first.body != second.body

    def test_not_modified_that_nobody_asked_for_is_not_believed(self, fetch: Fetch) -> None:
        with pytest.raises(ProtocolBroken) as broken:
            fetch("/always-304")

        assert (broken.value.reason, broken.value.status) == ("unasked_304", 304)

    def test_conditions_travel_along_a_redirect(self, fetch: Fetch) -> None:
        fetched = fetch("/moved-to-conditional", etag=ETAG)

        assert fetched.not_modified
        assert fetched.is_permanently_moved

    def test_conditions_of_a_copy_are_told_only_to_where_it_came_from(
        self, server: MisbehavingServer, fetch: Fetch
    ) -> None:
        fetched = fetch("/moved-to-conditional", etag=ETAG, copy_of=server.url("/conditional"))

        assert fetched.not_modified
        assert "if-none-match" not in server.visits("/moved-to-conditional")[0].headers
        assert fetch("/conditional", etag=ETAG, copy_of=server.url("/page")).body == PAGE

    @pytest.mark.parametrize("etag", ['"a\r\nX-Injected: yes"', '"a\x00"', '"é"'])
    def test_an_etag_that_cannot_be_sent_back_is_not_sent(
        self, server: MisbehavingServer, fetch: Fetch, etag: str
    ) -> None:
        fetched = fetch("/page", etag=etag)

        assert fetched.status == 200
        assert not {"if-none-match", "x-injected"} & server.requests[0].headers.keys()


class TestRedirects:
    @pytest.mark.parametrize(
        ("path", "hops", "is_permanent"),
        [
            ("/moved", [(301, "/page")], True),
            ("/moved-308", [(308, "/moved"), (301, "/page")], True),
            ("/found", [(302, "/page?from=found")], False),
            ("/found-then-moved", [(307, "/moved"), (301, "/page")], False),
        ],
    )
    def test_a_redirect_is_followed_and_told(
        self,
        server: MisbehavingServer,
        fetch: Fetch,
        path: str,
        hops: list[tuple[int, str]],
        is_permanent: bool,
    ) -> None:
        fetched = fetch(path)

        assert fetched.redirects == tuple((status, server.url(hop)) for status, hop in hops)
        assert fetched.final_url == server.url(hops[-1][1])
        assert fetched.is_permanently_moved is is_permanent
        assert fetched.body == PAGE

    def test_five_redirects_are_followed(self, fetch: Fetch) -> None:
        assert len(fetch("/down-the-stairs?5").redirects) == 5

    def test_a_sixth_is_not(self, fetch: Fetch) -> None:
        with pytest.raises(BadRedirect) as refused:
            fetch("/down-the-stairs?6")

        assert refused.value.reason == "too_many_redirects"

    def test_an_endless_chain_ends(self, server: MisbehavingServer, fetch: Fetch) -> None:
        with pytest.raises(BadRedirect) as refused:
            fetch("/on-and-on")

        assert refused.value.reason == "too_many_redirects"
        assert len(server.requests) == 6

    @pytest.mark.parametrize("path", ["/loop-a", "/itself"])
    def test_a_loop_is_noticed(self, server: MisbehavingServer, fetch: Fetch, path: str) -> None:
        server.serve_bytes("/itself", redirect("302 Found", "/itself#again"))

        with pytest.raises(BadRedirect) as refused:
            fetch(path)

        assert refused.value.reason == "redirect_loop"

    @pytest.mark.parametrize(
        "location",
        [
            *(
                "http://169.254.169.254/latest/meta-data/",
                "http://10.0.0.1/",
                "http://[::1]/",
                "http://127.0.0.1/",
            ),
            *(
                "http://2130706433/",
                "http://0x7f.1/",
                "http://localhost/",
                "//127.0.0.1:22/",
                "file:///etc/passwd",
            ),
            *(
                "ftp://site.example/",
                "gopher://127.0.0.1:6379/_",
                "javascript:alert(1)",
                "data:text/html,hello",
            ),
            *(
                "http://user@8.8.8.8/",
                "http://8.8.8.8:25/",
                "http://[::ffff:127.0.0.1]/",
                "http://[fd00:ec2::254]/",
            ),
            *("http://[", "http://8.8.8.8\\@127.0.0.1/", "\\\\127.0.0.1\\share"),
        ],
    )
    def test_a_redirect_to_where_nobody_should_go_is_not_followed(
        self, server: MisbehavingServer, fetch: Fetch, location: str
    ) -> None:
        with pytest.raises(BadRedirect) as refused:
            fetch(redirect_path(location))

        assert refused.value.reason == "redirect_forbidden"
        assert len(server.requests) == 1

    @pytest.mark.parametrize(
        ("location", "sent"),
        [
            ("/a page", "/a%20page"),
            ("/füße", "/f%C3%BC%C3%9Fe"),
            (b"/f\xfc\xdfe", "/f%C3%BC%C3%9Fe"),
            ("/a%20page", "/a%20page"),
            ("/a%0d%0aX-Injected:%20yes", "/a%0d%0aX-Injected:%20yes"),
            (" /page ", "/page"),
            ("./b/../c", "/c"),
        ],
    )
    def test_an_untidy_location_is_understood(
        self, server: MisbehavingServer, fetch: Fetch, location: str | bytes, sent: str
    ) -> None:
        fetched = fetch(redirect_path(location))

        assert fetched.final_url == server.url(sent)
        assert server.requests[-1].path == sent
        assert "x-injected" not in server.requests[-1].headers

    def test_each_hop_is_asked_once(self, server: MisbehavingServer, fetch: Fetch) -> None:
        fetch("/moved-308")

        assert [request.path for request in server.requests] == ["/moved-308", "/moved", "/page"]


class TestConnections:
    def test_a_closed_port_is_refused(self, fetch: Fetch) -> None:
        port = find_free_port()

        async def run() -> None:
            async with Client(user_agent="tests", allowed=[("127.0.0.1", port)]) as client:
                await client.fetch(f"http://127.0.0.1:{port}/")

        with pytest.raises(ConnectionRefused) as refused:
            asyncio.run(run())

        assert not refused.value.permanent

    @pytest.mark.parametrize(
        ("path", "reason"),
        [
            ("/reset", "connection_reset"),
            ("/hang-up", "no_answer"),
            ("/reset-in-length", "connection_reset"),
            ("/reset-until-close", "connection_reset"),
        ],
    )
    def test_a_broken_connection_is_noticed(
        self, server: MisbehavingServer, fetch: Fetch, path: str, reason: str
    ) -> None:
        with pytest.raises(ConnectionReset) as broken:
            fetch(path)

        assert broken.value.reason == reason
        assert len(server.visits(path)) == 1

    @pytest.mark.parametrize("path", ["/slow-headers", "/slow-body", "/silent"])
    def test_a_slow_server_is_left(self, server: MisbehavingServer, fetch: Fetch, path: str) -> None:
        with pytest.raises(TimedOut) as late:
            fetch(path, limits=QUICK)

        assert late.value.url == server.url(path)

    def test_a_name_that_leads_nowhere_is_told_where_it_was_met(self, server: MisbehavingServer) -> None:
        server.serve_bytes("/away", redirect("302 Found", "http://site.example/there"))

        def resolver(name: str) -> list[str]:
            return ["127.0.0.1"] if name == "localhost" else []

        async def run() -> None:
            async with Client(user_agent="tests", allowed=server.allowed, resolver=resolver) as client:
                await client.fetch(server.url("/away", host="localhost"))

        with pytest.raises(NameUnresolved) as unresolved:
            asyncio.run(run())

        assert unresolved.value.url == "http://site.example/there"

    def test_all_hops_share_one_bound_of_time(self, server: MisbehavingServer, fetch: Fetch) -> None:
        for step in range(4):
            server.serve(
                f"/step-{step}",
                lambda visitor, _, step=step: (
                    visitor.wait(0.12) and visitor.send(redirect("302 Found", f"/step-{step + 1}"))
                ),
            )

        with pytest.raises(TimedOut):
            fetch("/step-0", limits=QUICK)

    def test_a_name_that_cannot_be_looked_up_is_told(self) -> None:
        def resolver(name: str) -> list[str]:
            raise OSError("no such name")

        with pytest.raises(NameUnresolved):
            _fetch_with(resolver, "http://site.example/")

    def test_a_look_up_that_hangs_is_left(self) -> None:
        release = threading.Event()

        def resolver(name: str) -> list[str]:
            release.wait(10)
            return []

        with pytest.raises(NameUnresolved) as late:
            _fetch_with(resolver, "http://site.example/", limits=QUICK, then=release.set)

        assert (late.value.reason, late.value.url) == ("dns", "http://site.example/")
        assert "in time" in late.value.message

    @pytest.mark.parametrize(("seconds", "blamed"), [(0.6, TimedOut), (0.0, NameUnresolved)])
    def test_whoever_had_most_of_the_time_is_named(
        self, server: MisbehavingServer, seconds: float, blamed: type[FetchError]
    ) -> None:
        there = redirect("302 Found", "http://site.example/there")
        server.serve("/away", lambda visitor, _: visitor.wait(seconds) and visitor.send(there))
        away = server.url("/away", host="localhost")
        release = threading.Event()

        def resolver(name: str) -> list[str]:
            if name != "localhost":
                release.wait(10)
            return ["127.0.0.1"]

        with pytest.raises(blamed) as late:
            limits = Limits(total_seconds=0.7)
            _fetch_with(resolver, away, limits=limits, allowed=server.allowed, then=release.set)

        assert late.value.url == (away if blamed is TimedOut else "http://site.example/there")

    def test_a_name_that_changes_its_mind_cannot_lead_inside(self, server: MisbehavingServer) -> None:
        answers = iter([["127.0.0.1"], ["10.0.0.1"]])

        async def run() -> int:
            async with Client(
                user_agent="tests", allowed=[("site.example", server.port)], resolver=lambda _: next(answers)
            ) as client:
                return (await client.fetch(f"http://site.example:{server.port}/page")).status

        assert asyncio.run(run()) == 200
        assert server.requests[0].headers["host"] == f"site.example:{server.port}"

    def test_loopback_is_refused_unless_named(self, server: MisbehavingServer) -> None:
        async def run() -> None:
            async with Client(user_agent="tests") as client:
                await client.fetch(server.url("/page"))

        with pytest.raises(AddressRefused):
            asyncio.run(run())

        assert not server.requests


def _fetch_with(
    resolver: Resolver,
    url: str,
    *,
    limits: Limits | None = None,
    allowed: Collection[tuple[str, int]] = (),
    then: Callable[[], None] = lambda: None,
) -> None:
    async def run() -> None:
        async with Client(user_agent="tests", resolver=resolver, limits=limits, allowed=allowed) as client:
            try:
                await client.fetch(url)
            finally:
                then()

    asyncio.run(run())


class TestClient:
    @pytest.mark.parametrize("user_agent", ["", "bot\r\nX-Injected: yes", "bot\x00", "böt"])
    def test_a_user_agent_that_cannot_be_sent_fails_at_once(self, user_agent: str) -> None:
        with pytest.raises(ValueError, match="user_agent"):
            Client(user_agent=user_agent)

    def test_one_client_fetches_many_at_once(self, server: MisbehavingServer) -> None:
        async def run() -> list[int]:
            async with Client(user_agent="tests", allowed=server.allowed) as client:
                fetched = await asyncio.gather(*(client.fetch(server.url("/page")) for _ in range(20)))
                return [each.status for each in fetched]

        assert asyncio.run(run()) == [200] * 20

    def test_a_bad_source_harms_no_other_in_its_batch(self, server: MisbehavingServer) -> None:
        paths = ["/page", "/reset", "/gzip-bomb", "/page", "/endless-headers", "/page"]

        async def run() -> list[object]:
            async with Client(user_agent="tests", allowed=server.allowed, limits=SMALL) as client:
                return await asyncio.gather(
                    *(client.fetch(server.url(path)) for path in paths), return_exceptions=True
                )

        outcomes = asyncio.run(run())

        assert [isinstance(outcome, FetchError) for outcome in outcomes] == [
            path != "/page" for path in paths
        ]

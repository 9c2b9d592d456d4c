"""Each way in which a server can misbehave has its outcome, its sentence for the editor, and its next try.

The server is the real misbehaving one of `tests/web`; what is tested is what the editor finds on the row.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from stories.models import Check, Source, Watch
from stories.watching.check import check_watches
from stories.watching.due import adopt_sources
from tests.factories import SourceFactory
from tests.watching.looking import CHALLENGE, Clock, page
from tests.web.misbehaving_server import MisbehavingServer, redirect, redirect_path, respond

HOUR, DAY = 3600, 86_400
TEXT = page("The ferry will not sail on Sundays from the first week of April.")
CHUNKED = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"


def typed(body: str | bytes, content_type: str, **headers: str) -> bytes:
    body = body.encode() if isinstance(body, str) else body
    return respond("200 OK", body, {"Content-Type": content_type, **headers})


#: What a path answers that the misbehaving server does not have itself.
ANSWERS: dict[str, bytes] = {
    "/soft-404": respond(
        "200 OK", b"<title>Page not found</title><h1>Page not found</h1><p>Nothing here.</p>"
    ),
    "/challenge-200": respond("200 OK", CHALLENGE.encode()),
    "/challenge-403": respond("403 Forbidden", CHALLENGE.encode()),
    "/challenge-503": respond("503 Service Unavailable", CHALLENGE.encode()),
    "/429-seconds": respond("429 Too Many Requests", b"<p>Slow down.</p>", {"Retry-After": "20000"}),
    "/429-date": respond("429 Too Many", b"<p>No.</p>", {"Retry-After": "Mon, 02 Mar 2026 19:00:00 GMT"}),
    "/429-past": respond("429 Too Many", b"<p>No.</p>", {"Retry-After": "Mon, 02 Mar 2020 19:00:00 GMT"}),
    "/503-absurd": respond("503 Unavailable", b"<p>No.</p>", {"Retry-After": "9" * 40}),
    "/503-nonsense": respond("503 Unavailable", b"<p>No.</p>", {"Retry-After": "when pigs fly"}),
    "/to-file": redirect("302 Found", "file:///etc/passwd"),
    "/to-metadata": redirect("302 Found", "http://169.254.169.254/latest/"),
    "/utf-7": typed("+ADw-script+AD4-alert(1)+ADw-/script+AD4- and so on", "text/html; charset=utf-7"),
    "/lying-charset": typed(TEXT.encode("latin-1"), "text/html; charset=utf-8"),
    "/no-charset": typed(TEXT, "text/html"),
    "/unknown-charset": typed(TEXT, "text/html; charset=klingon"),
    "/utf-16": typed(b"\xff\xfe" + TEXT.encode("utf-16-le"), "text/html; charset=utf-16"),
    "/byte-order-mark": typed(b"\xef\xbb\xbf" + TEXT.encode(), "text/html"),
    "/lone-surrogates": typed(b'{"said": "The ferry \\ud800 sails \\udfff on"}', "application/json"),
    "/a-million-tags": typed(b"<div>" * 90_000 + TEXT.encode(), "text/html"),
    "/entity-bomb": typed(
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        "<rss><channel><title>&b;</title></channel></rss>",
        "application/rss+xml",
    ),
    "/broken-pdf": typed(b"%PDF-1.7 and no more", "application/pdf"),
    "/archive": typed(b"PK\x03\x04", "application/zip"),
}

#: Path, outcome, reason, seconds to the next try.
WAYS: list[tuple[str, str, str, float]] = [
    ("/always-304", "failed", "unasked_304", 2 * HOUR),
    ("/empty", "failed", "empty", 2 * HOUR),
    ("/soft-404", "gone", "soft_404", 2 * HOUR),
    ("/challenge-200", "blocked", "challenge", 2 * HOUR),
    ("/challenge-403", "blocked", "challenge", 2 * HOUR),
    ("/challenge-503", "blocked", "challenge", 2 * HOUR),
    ("/unauthorised", "blocked", "unauthorised", 2 * HOUR),
    ("/forbidden", "blocked", "forbidden", 2 * HOUR),
    ("/not-found", "gone", "not_found", 2 * HOUR),
    ("/gone", "gone", "gone_for_good", 2 * HOUR),
    ("/gone-in-wrong-coding", "gone", "gone_for_good", 2 * HOUR),
    ("/429-seconds", "failed", "too_many_requests", 20_000),
    ("/429-date", "failed", "too_many_requests", 10 * HOUR),
    ("/429-past", "failed", "too_many_requests", 2 * HOUR),
    ("/503-absurd", "failed", "unavailable", DAY),
    ("/503-nonsense", "failed", "unavailable", 2 * HOUR),
    ("/server-error", "failed", "server_error", 2 * HOUR),
    ("/bad-gateway", "failed", "server_error", 2 * HOUR),
    ("/reset", "failed", "connection_reset", 2 * HOUR),
    ("/hang-up", "failed", "no_answer", 2 * HOUR),
    ("/reset-in-length", "failed", "connection_reset", 2 * HOUR),
    ("/loop-a", "failed", "redirect_loop", 2 * HOUR),
    ("/on-and-on", "failed", "too_many_redirects", 2 * HOUR),
    ("/nowhere", "failed", "redirect", 2 * HOUR),
    ("/to-file", "failed", "redirect_forbidden", 2 * HOUR),
    ("/to-metadata", "failed", "redirect_forbidden", 2 * HOUR),
    (redirect_path("http://127.0.0.1:1/"), "failed", "redirect_forbidden", 2 * HOUR),
    ("/slow-headers", "failed", "timeout", 2 * HOUR),
    ("/slow-body", "failed", "timeout", 2 * HOUR),
    ("/silent", "failed", "timeout", 2 * HOUR),
    ("/endless-body", "failed", "raw_too_large", 2 * HOUR),
    ("/endless-chunk-extension", "failed", "raw_too_large", 2 * HOUR),
    ("/gzip-bomb", "failed", "decoded_too_large", 2 * HOUR),
    ("/nested-coding", "failed", "nested_coding", 2 * HOUR),
    ("/wrong-coding", "failed", "wrong_coding", 2 * HOUR),
    ("/unknown-coding", "failed", "unknown_coding", 2 * HOUR),
    ("/length-too-long", "failed", "truncated", 2 * HOUR),
    ("/length-too-short", "failed", "bad_response", 2 * HOUR),
    ("/bad-chunk-size", "failed", "bad_response", 2 * HOUR),
    ("/length-and-chunked", "failed", "conflicting_length", 2 * HOUR),
    ("/two-locations", "failed", "bad_header", 2 * HOUR),
    ("/null-in-header", "failed", "bad_response", 2 * HOUR),
    ("/huge-headers", "failed", "headers_too_large", 2 * HOUR),
    ("/not-http", "failed", "bad_response", 2 * HOUR),
    ("/lying-charset", "unchanged", "first_copy", HOUR),
    ("/no-charset", "unchanged", "first_copy", HOUR),
    ("/unknown-charset", "unchanged", "first_copy", HOUR),
    ("/utf-16", "unchanged", "first_copy", HOUR),
    ("/byte-order-mark", "unchanged", "first_copy", HOUR),
    ("/utf-7", "unchanged", "first_copy", HOUR),
    ("/lone-surrogates", "unchanged", "first_copy", HOUR),
    ("/a-million-tags", "unchanged", "first_copy", HOUR),
    ("/entity-bomb", "failed", "dtd", 2 * HOUR),
    ("/broken-pdf", "failed", "broken_pdf", 2 * HOUR),
    ("/archive", "failed", "unknown_kind", 2 * HOUR),
]


@pytest.fixture
def server(settings: Any, db: None) -> Iterator[MisbehavingServer]:
    with MisbehavingServer() as running:
        for path, answer in ANSWERS.items():
            running.serve_bytes(path, answer)
        settings.WATCH_ALLOWED_PRIVATE = [f"{host}:{port}" for host, port in running.allowed]
        settings.WATCH_INTERVAL_SECONDS = HOUR
        settings.WATCH_RAW_BYTES, settings.WATCH_DECODED_BYTES = 600_000, 900_000
        yield running


def look_at(server: MisbehavingServer, path: str, clock: Clock) -> tuple[Source, Check]:
    source = SourceFactory(url=server.url(path))
    adopt_sources(now=clock())
    (check,) = check_watches(Watch.objects.filter(source=source), now=clock)
    return source, check


@pytest.mark.parametrize(("path", "outcome", "reason", "wait_seconds"), WAYS, ids=[way[0] for way in WAYS])
def test_what_an_editor_finds(server, path, outcome, reason, wait_seconds, settings):
    """Invariant 6."""
    if reason == "timeout":
        settings.WATCH_TOTAL_SECONDS = 0.5
    clock = Clock()

    source, check = look_at(server, path, clock)

    assert (check.outcome, check.reason) == (outcome, reason)
    assert check.explanation.endswith(".")
    watch = Watch.objects.get(source=source)
    wait = (watch.due_at - clock()).total_seconds()
    assert wait == pytest.approx(wait_seconds, rel=0.11)
    assert watch.lease is None


def test_a_new_body_under_the_same_etag_is_seen(server):
    clock = Clock()
    source, _first = look_at(server, "/same-etag-new-body", clock)
    clock.time = Watch.objects.get(source=source).due_at

    (check,) = check_watches(Watch.objects.filter(source=source), now=clock)

    assert check.outcome != "unchanged"
    assert check.explanation


def test_a_page_that_serves_two_texts_by_turns_harms_nobody(server):
    clock = Clock()
    server.serve(
        "/by-turns",
        lambda visitor, _request: visitor.send(
            respond("200 OK", page(f"Variant {len(visitor.server.requests) % 2} of it.").encode())
        ),
    )
    source, _first = look_at(server, "/by-turns", clock)

    for _ in range(4):
        clock.time = Watch.objects.get(source=source).due_at
        (check,) = check_watches(Watch.objects.filter(source=source), now=clock)
        assert check.outcome in ("unchanged", "changed", "noise")

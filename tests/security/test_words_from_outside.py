"""What a cited page, its server or somebody's webhook says is shown as what it is: text, wherever it is told of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.importing.work import work_on
from stories.models import Article, Check, Intake, Watch
from stories.watching.check import check_watches
from stories.watching.due import adopt_sources
from tests.alerting.receiver import receiver
from tests.factories import CitationFactory, ClaimFactory, EndpointFactory, SourceFactory, make_editor
from tests.security.answers import body_of
from tests.security.faults import faults_of
from tests.security.payloads import BREAKOUTS, LONG
from tests.web.misbehaving_server import MisbehavingServer, redirect, respond

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlogged")]

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LINE = "".join(BREAKOUTS[:9])
#: No longer than a headline may be.
HEAD = "".join(BREAKOUTS[:5])
IN_AN_ADDRESS = "\"><script data-planted>planted()</script>'onload=planted()"
_ESCAPED = (
    "<title>&lt;img data-planted src=x onerror=planted()&gt;</title>"
    "<p>The gate &lt;b data-planted&gt;opens&lt;/b&gt;. &lt;/textarea&gt;&lt;b data-planted&gt;</p>"
)
ANSWERS = {
    "/title": respond("200 OK", f"<title>{LONG}</title><h1>{LONG}</h1><p>The gate opens. {LONG}</p>".encode()),
    "/escaped": respond("200 OK", _ESCAPED.encode()),
    "/plain": respond("200 OK", LONG.encode(), {"Content-Type": "text/plain"}),
    "/json": respond("200 OK", b'{"title": "</script><b data-planted>", "a": "<b data-planted>The gate opens."}',
                     {"Content-Type": "application/json"}),
    "/refused": respond(f"403 {LINE}", LONG.encode(), {"Server": LINE, "WWW-Authenticate": LINE}),
    "/broken": respond(f"500 {LINE}", LONG.encode(), {"Retry-After": LINE}),
    "/type": respond("200 OK", LONG.encode(), {"Content-Type": f"text/{LINE}; charset={LINE}"}),
    "/coding": respond("200 OK", LONG.encode(), {"Content-Encoding": LINE, "ETag": LINE, "Last-Modified": LINE}),
    "/moved": redirect("301 Moved", f"/title?{IN_AN_ADDRESS}"),
    "/away": redirect("302 Found", f"https://{IN_AN_ADDRESS}.example/"),
    "/script": redirect("302 Found", "javascript:planted()"),
    "/no-http": LONG.encode(),
}  # fmt: skip
ROBOTS = f"User-agent: *\nDisallow: /nothing\nSitemap: {LINE}\nCrawl-delay: {LINE}\n".encode()


@pytest.fixture
def server(settings: Any) -> Iterator[MisbehavingServer]:
    with MisbehavingServer() as running:
        for path, answer in ANSWERS.items():
            running.serve_bytes(path, answer)
        running.serve_bytes("/robots.txt", respond("200 OK", ROBOTS, {"Content-Type": "text/plain"}))
        settings.WATCH_ALLOWED_PRIVATE = [f"{host}:{port}" for host, port in running.allowed]
        yield running


@pytest.fixture
def ruth(client: Client) -> Client:
    client.force_login(make_editor(username="ruth"))
    return client


def faults(answers: dict[str, Any]) -> dict[str, set[str]]:
    told = {name: faults_of(answer, body_of(answer)) for name, answer in answers.items()}
    return {name: wrong for name, wrong in told.items() if wrong}


def test_a_page_that_is_looked_at_to_be_cited_is_told_of_as_text(
    ruth: Client, server: MisbehavingServer
) -> None:
    """Before anything of it is kept."""
    ask = {"do": "look", "exact": "The gate opens."}

    answers = {
        path: ruth.post(reverse("desk_cite"), {**ask, "address": server.url(path)}) for path in ANSWERS
    }

    assert {answer.status_code for answer in answers.values()} == {200}
    assert faults(answers) == {}


def test_a_source_that_was_looked_at_is_told_of_as_text(ruth: Client, server: MisbehavingServer) -> None:
    claim, answers = ClaimFactory(), {}
    sources = {path: SourceFactory(url=server.url(path)) for path in ANSWERS}
    for source in sources.values():
        CitationFactory(claim=claim, source=source, exact="The gate opens.")
    adopt_sources(now=NOW)
    checks = list(check_watches(Watch.objects.order_by("pk"), now=lambda: NOW))

    for path, source in sources.items():
        answers[f"{path} desk"] = ruth.get(reverse("desk_source", args=[source.pk]))
        answers[f"{path} admin"] = ruth.get(reverse("admin:stories_source_change", args=[source.pk]))
        answers[f"{path} copies"] = ruth.get(reverse("desk_copies", args=[source.pk]))
        for copy in source.snapshots.all():
            answers[f"{path} copy"] = ruth.get(reverse("desk_copy", args=[source.pk, copy.pk]))
    for check in Check.objects.all():
        answers[f"check {check.pk}"] = ruth.get(reverse("admin:stories_check_change", args=[check.pk]))
    answers["sources"] = ruth.get(reverse("desk_sources"))
    answers["story"] = ruth.get(reverse("admin:stories_article_change", args=[Article.objects.get().pk]))

    assert len(checks) == len(ANSWERS)
    assert {answer.status_code for answer in answers.values()} == {200}
    assert faults(answers) == {}


def test_what_is_brought_in_from_elsewhere_is_told_of_as_text(
    ruth: Client, server: MisbehavingServer, settings: Any
) -> None:
    """A page, a feed, the captures of an archive, and what is none of them: found, taken in, and on its pages."""
    story = f"<article><h1>{escape(HEAD)}</h1>{LONG}<p>{escape(LONG)}</p><p>The gate opens. It is open.</p>"
    feed = f"<feed><title>{escape(HEAD)}</title><entry><id>1</id><title>{escape(HEAD)}</title>"
    feed += f"<content>{escape(story)}</content><author><name>{escape(LINE)}</name></author></entry></feed>"
    timemap = (
        f'<{server.url("/story")}?{quote(LINE)}>; rel="memento"; datetime="Sat, 02 Mar 2024 08:00:00 GMT"'
    )
    for path, body in {"/story": story, "/feed": feed, "/map": timemap}.items():
        server.serve_bytes(path, respond("200 OK", body.encode()))
    settings.ARCHIVE_TIMEMAP, settings.WATCH_HOST_GAP_SECONDS = f"{server.url('/map')}?", 0
    asked = [("address", path) for path in ("/story", "/title", "/refused")] + [
        ("feed", "/feed"),
        ("archive", "/story"),
    ]
    answers = {}

    for way, path in asked:
        add = reverse("admin:stories_intake_add")
        said = {"way": way, f"{way}-address": server.url(path), f"{way}-zone": "UTC"}
        assert ruth.post(add, said).status_code == 302
        intake = Intake.objects.latest("pk")
        while work_on(intake, now=timezone.now):
            pass
        answers[f"{way} {path}"] = ruth.get(intake.get_absolute_url())
        keys = [str(each.pk) for each in intake.stories.all()]
        ruth.post(intake.get_absolute_url(), {"_take": "1", "story": keys, "headline": HEAD, "zone": "UTC"})
        answers[f"{way} {path}, taken"] = ruth.get(intake.get_absolute_url())
    for article in Article.objects.all():
        answers[f"story {article.pk}"] = ruth.get(reverse("admin:stories_article_change", args=[article.pk]))
    answers["intakes"] = ruth.get(reverse("admin:stories_intake_changelist"))

    assert Article.objects.exists()
    assert {answer.status_code for answer in answers.values()} == {200}
    assert faults(answers) == {}


@pytest.mark.parametrize("status", [200, 302, 400, 500])
def test_what_a_webhook_answers_is_told_as_text(ruth: Client, settings: Any, status: int) -> None:
    ruth_herself = make_editor(username="ruth-of-hooks")
    ruth.force_login(ruth_herself)
    with receiver(settings) as hook:
        hook.status, hook.answer = status, LONG.encode()
        hook.headers = {"Location": f"/{IN_AN_ADDRESS}", "Content-Type": f"text/{LINE}", "X-Odd": LINE}
        endpoint = EndpointFactory(person=ruth_herself, address=hook.url(f"/{LINE[:60]}".replace(" ", "%20")))

        answer = ruth.post(reverse("desk_endpoint_test", args=[endpoint.pk]), follow=True)

    assert hook.received
    assert faults({"answer": answer, "list": ruth.get(reverse("desk_endpoints"))}) == {}

"""What every answer tells the browser: nothing runs that is not ours, nobody frames it, nothing is guessed."""

import re

import pytest
from django.urls import reverse

from tests.factories import make_chief, make_editor, make_reporter

pytestmark = pytest.mark.django_db

PUBLIC_POLICY = {
    "default-src": "'none'",
    "script-src": "'nonce-…'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
INLINE = re.compile(r"<script(?![^>]* nonce=\"{{ request.csp_nonce }}\")[^>]*>|<style|\sstyle=|\son\w+=")
NONCE = re.compile(r"'nonce-([A-Za-z0-9+/]{22}==)'")


def policy_of(response):
    parts = response["Content-Security-Policy"].split("; ")
    return {name: NONCE.sub("'nonce-…'", rest) for name, _, rest in (part.partition(" ") for part in parts)}


def nonces_of(response):
    return NONCE.findall(response["Content-Security-Policy"]), set(
        re.findall(r'nonce="([^"]*)"', response.content.decode())
    )


@pytest.mark.parametrize("address", ["/", "/corrections/", "/desk/login/", "/none/"])
def test_a_public_page_runs_what_carries_its_nonce_and_nothing_else(client, address):
    assert policy_of(client.get(address)) == PUBLIC_POLICY


def test_the_desk_has_the_policy_of_the_public_pages(client):
    client.force_login(make_reporter())

    assert policy_of(client.get(reverse("desk_inbox"))) == PUBLIC_POLICY


@pytest.mark.parametrize(
    "name", ["admin:index", "admin:stories_article_add", "admin:stories_source_changelist"]
)
def test_the_admin_adds_what_its_theme_needs_and_nothing_else(client, name):
    client.force_login(make_chief())

    policy = policy_of(client.get(reverse(name)))

    assert policy == {**PUBLIC_POLICY, "script-src": "'nonce-…' 'unsafe-eval'"}


def test_a_feed_runs_nothing_at_all(client):
    assert policy_of(client.get("/corrections.atom"))["script-src"] == ""


def test_a_nonce_is_used_once(client, bridge):
    """The page is rendered once and kept; its nonce is not."""
    answers = [client.get("/stories/bridge/") for _ in range(3)]

    told = [nonces_of(answer) for answer in answers]
    assert all(header == list(page) for header, page in told)
    assert len({header[0] for header, _ in told}) == 3


def test_a_browser_that_has_the_page_keeps_the_policy_that_came_with_it(client, bridge):
    page = client.get("/stories/bridge/")

    unchanged = client.get("/stories/bridge/", headers={"if-none-match": page["ETag"]})

    assert unchanged.status_code == 304
    assert "Content-Security-Policy" not in unchanged


@pytest.mark.parametrize(
    "address", ["/", "/none/", "/robots.txt", "/corrections.json", "/record/leaves", "/admin/"]
)
def test_every_answer_has_the_headers_that_need_no_thought(client, address):
    answer = client.get(address)

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_a_card_may_be_shown_by_other_sites(client, bridge):
    assert client.get("/stories/bridge/card.png")["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_file_has_the_same_headers_and_styles_a_page_in_a_sandbox_too(client):
    answer = client.get("/static/stories/base.css")

    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    answer.close()


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "/static/stories/base.css"},
        {"path": "/static/stories/base.css", "HTTP_RANGE": "bytes=9999999-"},
        {"path": "/static/stories/base.css", "HTTP_IF_MODIFIED_SINCE": "Fri, 31 Dec 2100 00:00:00 GMT"},
        {"path": "/static/stories/base.css", "method": "POST"},
        {"path": "/corrections"},
        {"path": "/", "HTTP_HOST": "elsewhere.example"},
    ],
)
def test_what_is_answered_before_any_page_is_made_is_framed_by_nobody_either(client, asked):
    """A file or what is refused of it, the way to an address with its slash, another host."""
    answer = client.generic(**{"method": "GET", **asked})
    answer.close()

    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Permissions-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_no_template_of_ours_has_a_script_without_the_nonce_or_a_style_within():
    """Mail is read where no policy reaches, and needs its styles within."""
    from tests.test_house import ROOT

    texts = {
        path: path.read_text(encoding="utf-8")
        for path in (ROOT / "templates").rglob("*.html")
        if path.parent.name != "email"
    }
    wrong = [
        f"{path.relative_to(ROOT)}: {found}"
        for path, text in texts.items()
        for found in re.findall(
            r"<script(?![^>]* nonce=\"{{ request.csp_nonce }}\")[^>]*>|<style|\sstyle=|\son\w+=", text
        )
    ]

    assert wrong == []


def test_an_editor_is_told_nothing_else_than_a_chief(client):
    client.force_login(make_editor())

    assert "unsafe-inline" not in client.get("/admin/")["Content-Security-Policy"]


def test_each_script_of_the_themes_carries_the_nonce_of_its_page(client):
    client.force_login(make_chief())

    [header], told = nonces_of(client.get(reverse("admin:stories_article_add")))
    page = client.get(reverse("admin:stories_article_add")).content.decode()

    assert told == {header}
    assert re.findall(r"<script(?![^>]* nonce=)[^>]*>", page) == []

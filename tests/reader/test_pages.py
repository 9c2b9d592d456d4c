"""What every public page has in common."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.template.loader import get_template

from stories.models import Update
from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory, make_editor
from tests.nonces import without_nonce
from tests.reader.telling import START, publish, rewrite, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/stories/none/",
        "/stories/draft/",
        "/stories/draft/changes/",
        "/stories/draft/changes.atom",
        "/stories/draft/versions/1/",
        "/stories/bridge/versions/0/",
        "/stories/bridge/versions/5/",
        "/stories/bridge/compare/1/5/",
        "/stories/bridge/compare/1/99999999999999999999999999/",
        "/stories/bridge/compare/1/2/?before=77",
    ],
)
def test_what_is_not_published_is_not_there(client, bridge, address):
    ArticleFactory(slug="draft")

    response = client.get(address)

    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/stories/bridge/",
        "/stories/bridge/changes/",
        "/stories/bridge/versions/1/",
        "/stories/bridge/compare/1/4/",
        "/stories/bridge/as-of/",
        "/stories/bridge/as-of/?at=2026-03-03",
        "/corrections/",
        "/corrections/policy/",
    ],
)
def test_every_page_has_one_heading_landmarks_a_language_and_no_script_of_its_own(read, bridge, address):
    page = read(address)

    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert all(f"<{tag}" in page for tag in ("header", "nav", "main", "footer"))
    assert '<html lang="en">' in page
    scripts = set(re.findall(r"<script([^>]*)>", page))
    own = ' src="/static/stories/reader.js" data-own-time="{when}, your time ({zone})" defer'
    assert scripts <= {' type="application/ld+json"', own}
    assert not re.search(r"\sstyle=|\son\w+=", page)
    identifiers = re.findall(r'\sid="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize("address", ["/stories/bridge/", "/stories/bridge/changes.atom", "/corrections.atom"])
def test_a_reader_who_has_the_page_gets_no_second_copy(client, bridge, address):
    tag = client.get(address)["ETag"]

    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    publish(rewrite(bridge, dek="Else."), "Else.", at=START + timedelta(days=9), kind="correction")
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/stories/bridge/", "/stories/bridge/changes/", "/corrections/"])
def test_a_page_for_everybody_is_the_same_for_everybody(client, bridge, address):
    anonymous = client.get(address)
    client.force_login(make_editor())
    signed_in = client.get(address)

    assert without_nonce(anonymous.content) == without_nonce(signed_in.content)
    assert "Cookie" not in anonymous["Vary"] + signed_in["Vary"]
    assert not signed_in.cookies


def test_a_failure_is_told_in_the_same_design_without_a_request():
    page = get_template("500.html").render()

    assert "Something went wrong on our side" in page
    assert "stories/base.css" in page


def test_each_version_is_dated_in_its_own_zone(read):
    article = ArticleFactory(slug="bridge")
    publish_article(article, by=None, now=START, stated_at=START, stated_zone="Asia/Tokyo")
    publish(rewrite(article, body="It is closed."), "Closed.", at=START + timedelta(days=1))

    story, compared = read("/stories/bridge/"), read("/stories/bridge/compare/1/2/")

    assert text_of(story).count("March 3, 2026, 2 a.m. JST") == 2
    assert "Version 1 March 3, 2026, 2 a.m. JST" in text_of(compared)
    assert "Version 2 March 3, 2026, noon EST" in text_of(compared)


def test_every_page_has_the_same_answer_to_when_readers_saw_a_version(read):
    article = ArticleFactory(slug="bridge")
    seen_at = START - timedelta(days=20)
    update = Update(article=article, note="Closed.", stated_at=seen_at, stated_zone="Asia/Tokyo")
    publish_article(article, updates=[update], by=None, now=START)

    with time_machine.travel(START, tick=False):
        front = read("/")
    changes, version = read("/stories/bridge/changes/"), read("/stories/bridge/versions/1/")
    feed = read("/stories/bridge/changes.atom")

    assert "2 weeks ago" in front
    assert "no changes since Feb. 11, 2026, 2 a.m. JST" in text_of(changes)
    assert "Readers saw it from Feb. 11, 2026, 2 a.m. JST" in text_of(version)
    assert "<published>2026-02-10T17:00:00+00:00</published>" in feed


def test_the_zone_of_the_newsroom_is_used_where_none_is_stated(read):
    article = ArticleFactory(slug="old")
    publish_article(article, by=None, now=START, stated_at=START)

    assert "March 2, 2026, noon EST" in read("/stories/old/changes/")


def test_what_asks_for_the_icon_of_a_feed_where_browsers_look_is_led_to_it(client):
    """A page names its icon; JSON cannot."""
    answer = client.get("/favicon.ico")

    assert answer.status_code == 302
    assert re.search(r"stories/favicon[.\w]*\.svg$", answer["Location"])

"""The feeds are Atom that a reader of feeds takes without complaint (RFC 4287, RFC 5829)."""

import re
from datetime import timedelta

import feedparser
import pytest

from tests.factories import ArticleFactory
from tests.reader.telling import START, publish, rewrite

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def feed(client):
    def parsed(address):
        response = client.get(address)
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        result = feedparser.parse(response.content)
        assert not result.bozo, result.get("bozo_exception")
        assert result.version == "atom10"
        return result

    return parsed


def test_a_storys_feed_has_every_version_with_its_kind(feed, bridge):
    result = feed("/stories/bridge/changes.atom")

    assert [(entry.tags[0].term, entry.tags[0].label) for entry in result.entries] == [
        ("correction", "Correction"),
        ("update", "Update"),
        ("minor", "Minor edit"),
        ("first", "First published"),
    ]
    assert result.feed.title == "Changes: The bridge may close on Monday"
    assert result.feed.updated == "2026-03-04T18:00:00+00:00"


def test_an_entry_has_a_fixed_id_and_the_links_of_its_version(feed, bridge):
    before = feed("/stories/bridge/changes.atom").entries[1]
    publish(rewrite(bridge, headline="Else"), "Else.", at=START + timedelta(days=9))

    entry = feed("/stories/bridge/changes.atom").entries[2]

    assert entry == before
    assert entry.id == f"tag:127.0.0.1,2026-03-02:story/{bridge.pk}/version/3"
    assert {link.rel: link.href for link in entry.links} == {
        "alternate": f"{SITE}/stories/bridge/versions/3/",
        "version-history": f"{SITE}/stories/bridge/changes/",
        "predecessor-version": f"{SITE}/stories/bridge/versions/2/",
    }


def test_an_entry_tells_the_note_and_the_difference(feed, bridge):
    content = feed("/stories/bridge/changes.atom").entries[0].content[0]

    assert content.type == "text/html"
    assert "The headline was too sure." in content.value
    assert "<del>closes</del><ins>may close</ins>" in content.value


def test_a_minor_edit_does_not_move_the_feeds_own_time(feed, bridge):
    before = feed("/stories/bridge/changes.atom").feed.updated
    publish(rewrite(bridge, body=f"{bridge.body}!"), at=START + timedelta(days=9), is_minor=True)

    assert feed("/stories/bridge/changes.atom").feed.updated == before


def test_a_back_dated_entry_says_when_it_was_recorded(feed):
    """Invariant 9."""
    publish(ArticleFactory(slug="old"), "Late.", at=START, stated_at=START - timedelta(days=30))

    entry = feed("/stories/old/changes.atom").entries[0]

    assert (entry.published, entry.updated) == ("2026-01-31T17:00:00+00:00", "2026-03-02T17:00:00+00:00")
    assert "recorded here" in entry.content[0].value


def test_a_feeds_own_time_is_when_its_last_entry_was_recorded(feed):
    """RFC 4287 4.2.15: one who follows it looks there first, and a back-dated entry is news all the same."""
    earlier = START - timedelta(days=30)
    publish(ArticleFactory(slug="old"), "Late.", at=START, stated_at=earlier, kind="correction")

    updated = [feed(address).feed.updated for address in ("/stories/old/changes.atom", "/corrections.atom")]

    assert updated == ["2026-03-02T17:00:00+00:00"] * 2


def test_the_corrections_feed_has_the_notes_of_all_stories(feed, bridge):
    result = feed("/corrections.atom")

    assert [entry.title for entry in result.entries] == ["Correction: The bridge may close on Monday"]
    assert result.entries[0].link == f"{SITE}/stories/bridge/changes/#version-4"
    assert result.feed.updated == result.entries[0].updated


def test_a_feed_without_entries_is_still_a_feed_and_always_the_same(feed):
    assert feed("/corrections.atom").entries == []
    assert feed("/corrections.atom").feed.updated == "1970-01-01T00:00:00+00:00"


@pytest.mark.parametrize("address", ["/stories/bridge/changes.atom", "/corrections.atom"])
def test_a_feed_answers_readers_only(client, bridge, address):
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_what_asks_for_the_icon_of_a_feed_where_browsers_look_is_led_to_it(client):
    """A page names its icon; JSON cannot."""
    answer = client.get("/favicon.ico")

    assert answer.status_code == 302
    assert re.search(r"stories/favicon[.\w]*\.svg$", answer["Location"])

"""The feeds as JSON Feed 1.1, held against a validator for version 1 and what 1.1 added to it."""

import json

import pytest

from tests.factories import ArticleFactory
from tests.reader.telling import START, publish

pytestmark = pytest.mark.django_db

ADDRESSES = ["/stories/bridge/changes.json", "/corrections.json"]
SINCE_1_1 = {"authors", "language"}


@pytest.fixture
def feed(client):
    def parsed(address):
        response = client.get(address)
        assert response["Content-Type"] == "application/feed+json; charset=utf-8"
        return json.loads(response.content)

    return parsed


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_validator_takes_the_feed(feed, bridge, address):
    # Not above: it makes its grammars of addresses when it is imported, and every process collects this file.
    import jsonfeedvalidator

    read = feed(address)

    as_version_1 = {name: value for name, value in read.items() if name not in SINCE_1_1}
    assert jsonfeedvalidator.validate_feed(as_version_1) == []
    assert jsonfeedvalidator.validate_feed({**as_version_1, "items": [{}]}) != []
    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert read["authors"] == [{"name": "The Newsroom", "url": "http://127.0.0.1:8000"}]


def test_both_formats_tell_the_same(feed, client, bridge):
    import feedparser

    atom = feedparser.parse(client.get("/stories/bridge/changes.atom").content)
    items = feed("/stories/bridge/changes.json")["items"]

    assert [(item["id"], item["title"], item["url"], item["date_modified"]) for item in items] == [
        (entry.id, entry.title, entry.link, entry.updated) for entry in atom.entries
    ]
    assert [item["tags"] for item in items][:2] == [["Correction"], ["Update"]]
    assert "<del>closes</del><ins>may close</ins>" in items[0]["content_html"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_hub_is_named_where_the_newsroom_has_one(client, feed, settings, bridge, address):
    settings.WEBSUB_HUB = "https://hub.example/"

    assert feed(address)["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    assert (
        '<link rel="hub" href="https://hub.example/"'
        in client.get(address.replace("json", "atom")).content.decode()
    )


def test_text_of_other_scripts_is_written_as_it_is(client):
    publish(ArticleFactory(slug="ship", headline="السفينة تصل"), at=START)

    assert "السفينة تصل" in client.get("/stories/ship/changes.json").content.decode()

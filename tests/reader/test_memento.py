"""A story as of a time, asked for by a Memento client that knows nothing of us (RFC 7089)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.http import http_date
from memento_client import MementoClient

from tests.factories import ArticleFactory
from tests.reader.telling import START, publish, tell_bridge_story

SITE = "http://127.0.0.1:8000"
STORY = f"{SITE}/stories/bridge/"
#: When each of the four versions of the bridge story was published.
TIMES = [START, START + timedelta(minutes=35), START + timedelta(days=1), START + timedelta(days=2, hours=1)]


def _version(number):
    return f"{STORY}versions/{number}/"


@pytest.mark.django_db(transaction=True)
def test_a_memento_client_finds_the_version_of_a_time(live_server, settings):
    settings.SITE_URL = live_server.url
    tell_bridge_story()
    story = f"{live_server.url}/stories/bridge/"

    with MementoClient() as client:
        told = client.get_memento_info(story, TIMES[2].replace(tzinfo=None) + timedelta(hours=3))

    assert told["original_uri"] == story
    assert told["timegate_uri"] == f"{story}timegate/"
    found = {name: memento["uri"] for name, memento in told["mementos"].items()}
    assert found == {
        "closest": [f"{story}versions/3/"],
        "first": [f"{story}versions/1/"],
        "last": [f"{story}versions/4/"],
        "prev": [f"{story}versions/2/"],
        "next": [f"{story}versions/4/"],
    }
    assert told["mementos"]["closest"]["datetime"] == TIMES[2].replace(tzinfo=None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "number"),
    [
        (TIMES[0] - timedelta(days=9), 1),
        (TIMES[0], 1),
        (TIMES[1] - timedelta(seconds=1), 1),
        (TIMES[1], 2),
        (TIMES[3] + timedelta(days=900), 4),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), 4),
    ],
)
def test_the_timegate_leads_to_the_version_that_was_live(client, bridge, at, number):
    response = client.get("/stories/bridge/timegate/", headers={"Accept-Datetime": http_date(at.timestamp())})

    assert (response.status_code, response["Location"]) == (302, _version(number))
    assert response["Vary"] == "accept-datetime"
    assert f'<{STORY}>; rel="original"' in response["Link"]


@pytest.mark.django_db
def test_the_timegate_leads_to_the_newest_version_where_no_time_is_asked_for(client, bridge):
    assert client.get("/stories/bridge/timegate/")["Location"] == _version(4)


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["", "yesterday", "2026-03-02T17:00:00Z", "Thu, 99 May 2007 20:35:00 GMT"])
def test_the_timegate_refuses_what_is_no_date_and_says_what_is(client, bridge, wanted):
    response = client.get("/stories/bridge/timegate/", headers={"Accept-Datetime": wanted})

    assert response.status_code == 400
    assert b"Thu, 31 May 2007 20:35:00 GMT" in response.content
    assert response["Vary"] == "accept-datetime"


@pytest.mark.django_db
def test_the_timemap_lists_every_version_with_its_time(client, bridge):
    response = client.get("/stories/bridge/timemap/")

    assert response["Content-Type"] == "application/link-format; charset=utf-8"
    lines = response.content.decode().split(",\n")
    dates = [http_date(at.timestamp()) for at in TIMES]
    assert lines == [
        f'<{STORY}>; rel="original"',
        f'<{STORY}timegate/>; rel="timegate"',
        f'<{STORY}timemap/>; rel="self"; type="application/link-format"; from="{dates[0]}"; until="{dates[3]}"',
        f'<{_version(1)}>; rel="first memento"; datetime="{dates[0]}"',
        f'<{_version(2)}>; rel="memento"; datetime="{dates[1]}"',
        f'<{_version(3)}>; rel="memento"; datetime="{dates[2]}"',
        f'<{_version(4)}>; rel="last memento"; datetime="{dates[3]}"',
    ]


@pytest.mark.django_db
def test_a_version_says_which_time_it_is_of(client, bridge):
    response = client.get("/stories/bridge/versions/2/")

    assert response["Memento-Datetime"] == http_date(TIMES[1].timestamp())
    assert f'<{_version(1)}>; rel="first prev memento"' in response["Link"]
    assert f'<{_version(3)}>; rel="next memento"' in response["Link"]
    assert f'<{_version(4)}>; rel="last memento"' in response["Link"]


@pytest.mark.django_db
def test_the_story_as_it_stands_is_no_memento_and_says_where_its_past_is(client, bridge):
    response = client.get("/stories/bridge/")

    assert "Memento-Datetime" not in response
    assert f'<{STORY}timegate/>; rel="timegate"' in response["Link"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["timegate", "timemap"])
def test_a_story_never_published_has_no_past(client, name):
    ArticleFactory(slug="draft")

    assert client.get(f"/stories/draft/{name}/").status_code == 404


@pytest.mark.django_db
def test_a_back_dated_first_version_is_of_the_time_that_readers_saw_it(client):
    """Invariant 9."""
    seen_at = START - timedelta(days=30)
    publish(ArticleFactory(slug="old"), at=START, stated_at=seen_at)

    assert client.get("/stories/old/versions/1/")["Memento-Datetime"] == http_date(seen_at.timestamp())

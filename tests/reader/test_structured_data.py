"""JSON-LD and Open Graph, read by parsers that know nothing of us."""

from datetime import timedelta

import extruct
import pytest
from pyld import jsonld

from tests.factories import ArticleFactory
from tests.reader.telling import START, publish

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
STORY = f"{SITE}/stories/bridge/"
SCHEMA = "https://schema.org/"


@pytest.fixture
def article(client):
    """The NewsArticle of a page, as extruct finds it."""

    def found(address):
        page = client.get(address).content.decode()
        (data,) = extruct.extract(page, syntaxes=["json-ld"], base_url=SITE)["json-ld"]
        return data

    return found


def test_the_story_tells_its_facts(article, bridge):
    data = article("/stories/bridge/")

    assert {name: data[name] for name in ("@type", "headline", "url", "version", "description")} == {
        "@type": "NewsArticle",
        "headline": "The bridge may close on Monday",
        "url": STORY,
        "version": 4,
        "description": "Nobody can cross.",
    }
    assert data["datePublished"] == "2026-03-02T17:00:00+00:00"
    assert data["dateModified"] == "2026-03-04T18:00:00+00:00"
    assert data["author"] == [{"@type": "Person", "name": "Ines Okafor"}]
    assert data["archivedAt"] == f"{STORY}versions/4/"


def test_the_story_tells_its_corrections(article, bridge):
    assert article("/stories/bridge/")["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "The headline was too sure.",
            "datePublished": "2026-03-04T18:00:00+00:00",
            "url": f"{STORY}changes/#version-4",
        }
    ]


def test_the_story_tells_what_it_rests_on_and_where_that_is_kept(article, bridge):
    (cited,) = article("/stories/bridge/")["citation"]

    assert (cited["@type"], cited["name"]) == ("CreativeWork", "Notice 14")
    assert cited["url"].startswith("https://port.example/notices/")
    assert cited["archivedAt"] == f"{STORY}versions/4/#sources"


def test_the_publisher_says_how_it_corrects(article, bridge):
    publisher = article("/stories/bridge/")["publisher"]

    assert publisher["@type"] == "NewsMediaOrganization"
    assert publisher["correctionsPolicy"] == f"{SITE}/corrections/policy/"


def test_an_old_version_tells_what_was_known_then(article, bridge):
    data = article("/stories/bridge/versions/2/")

    assert (data["version"], data["headline"]) == (2, "The bridge closes on Monday")
    assert "correction" not in data
    # A minor edit is no date of change.
    assert data["dateModified"] == data["datePublished"]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ines Okafor and Ben Li", ["Ines Okafor", "Ben Li"]),
        ("Byron Katz", ["Byron Katz"]),
        ("", ["The Newsroom"]),
    ],
)
def test_authors_are_those_of_the_byline(article, bridge, byline, names):
    publish(ArticleFactory(slug="story", byline=byline))

    assert [author["name"] for author in article("/stories/story/")["author"]] == names


def test_json_ld_expands_to_terms_of_schema_org_alone(article, bridge):
    data = {**article("/stories/bridge/"), "@context": {"@vocab": SCHEMA}}

    (expanded,) = jsonld.expand(data)

    assert expanded["@type"] == [f"{SCHEMA}NewsArticle"]
    assert {name for name in expanded if not name.startswith("@")} == {
        f"{SCHEMA}{name}"
        for name in (
            *(
                "url",
                "mainEntityOfPage",
                "headline",
                "datePublished",
                "dateModified",
                "version",
                "archivedAt",
            ),
            *("author", "publisher", "description", "citation", "correction"),
        )
    }


def test_open_graph_tells_the_same(client, bridge):
    page = client.get("/stories/bridge/").content.decode()

    (graph,) = extruct.extract(page, syntaxes=["opengraph"], base_url=SITE)["opengraph"]

    told = dict(graph["properties"])
    assert told["og:type"] == "article"
    assert told["og:title"] == "The bridge may close on Monday"
    assert told["og:description"] == "Nobody can cross."
    assert told["article:modified_time"] == "2026-03-04T18:00:00+00:00"


def test_a_retracted_story_says_so_to_every_machine(article, client, bridge):
    assert "creativeWorkStatus" not in article("/stories/bridge/")
    publish(bridge, "We withdraw it.", at=START + timedelta(days=9), kind="retraction")

    data = article("/stories/bridge/")

    assert data["creativeWorkStatus"] == "Retracted"
    assert data["correction"][0]["text"] == "We withdraw it."
    assert "creativeWorkStatus" not in article("/stories/bridge/versions/4/")
    feeds = [client.get(f"/stories/bridge/changes.{name}").content.decode() for name in ("atom", "json")]
    assert all("Retracted: The bridge may close on Monday" in feed for feed in feeds)
    assert all("Retraction: The bridge may close on Monday" in feed for feed in feeds)

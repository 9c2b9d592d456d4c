"""What search engines are told is here."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from stories.reader import sitemaps
from tests.factories import ArticleFactory
from tests.reader.telling import START, publish, rewrite, with_headline_of_before

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@pytest.fixture
def read_xml(client):
    def parsed(address):
        response = client.get(address)
        assert response["Content-Type"] == "application/xml; charset=utf-8"
        return ElementTree.fromstring(response.content)

    return parsed


def _locations(root):
    return [element.text for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def _files(read_xml):
    """The addresses of the files that the index names, that of news at the end."""
    return [address.removeprefix(SITE) for address in _locations(read_xml("/sitemap.xml"))]


def test_every_published_story_is_listed_with_its_last_change(read_xml, bridge):
    ArticleFactory(slug="draft")
    *_, last, _news = _files(read_xml)

    root = read_xml(last)

    assert _locations(root) == [f"{SITE}/stories/bridge/"]
    assert [element.text for element in root.iter() if element.tag.endswith("lastmod")] == [
        "2026-03-04T13:00:00-05:00"
    ]


def test_each_story_stays_in_the_file_of_its_first_version(read_xml, monkeypatch):
    monkeypatch.setattr(sitemaps, "VERSIONS_A_FILE", 1)
    first, second = ArticleFactory(slug="first"), ArticleFactory(slug="second")
    publish(second)
    publish(first)
    publish(rewrite(second, dek="Said anew."), "It is said anew.", at=START + timedelta(days=1))

    *_, one, two, three, news = _files(read_xml)

    assert news == "/sitemap-news.xml"
    assert _locations(read_xml(one)) == [f"{SITE}/stories/second/"]
    assert _locations(read_xml(two)) == [f"{SITE}/stories/first/"]
    assert _locations(read_xml(three)) == [f"{SITE}/"]


def test_a_newsroom_that_has_published_nothing_has_a_file_that_names_the_front_page(read_xml):
    assert _files(read_xml)[0] == "/sitemap-stories-1.xml"
    assert _locations(read_xml("/sitemap-stories-1.xml")) == [f"{SITE}/"]


@pytest.mark.parametrize("page", [0, 99_999, "9" * 30])
def test_a_part_that_is_not_there_is_not_found(client, bridge, page):
    assert client.get(f"/sitemap-stories-{page}.xml").status_code == 404


def test_news_are_what_was_first_published_in_the_last_two_days(read_xml, time_machine):
    time_machine.move_to(START + timedelta(days=3))
    publish(ArticleFactory(slug="yesterday"), at=START)
    today = with_headline_of_before(ArticleFactory(slug="today"), "Ferry & bridge\x0b")
    publish(today, at=START + timedelta(days=2))

    root = read_xml("/sitemap-news.xml")

    assert _locations(root) == [f"{SITE}/stories/today/"]
    (news,) = root.iter(f"{NEWS}news")
    assert news.find(f"{NEWS}title").text == "Ferry & bridge\ufffd"
    assert news.find(f"{NEWS}publication_date").text == "2026-03-04T12:00:00-05:00"
    assert news.find(f"{NEWS}publication/{NEWS}name").text == "The Newsroom"


def test_crawlers_may_read_what_readers_see(client):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /desk/" in text
    assert f"Sitemap: {SITE}/sitemap.xml" in text

"""What a page says of its story."""

import json
from datetime import UTC, datetime

import pytest

from stories.text.page_facts import PageFacts, read_page_facts

STORY = {
    "@type": "NewsArticle",
    "headline": "Bridge closed: what to know",
    "description": "Commuters take the ferry.",
    "author": [{"@type": "Person", "name": "Ines Duarte"}, {"name": "Ann Li"}],
    "datePublished": "2024-03-02T08:00:00Z",
    "dateModified": "2024-03-03T15:24:00-05:00",
}


def page(*, head: str = "", body: str = "", story: object = None) -> str:
    script = f'<script type="application/ld+json">{json.dumps(story)}</script>' if story else ""
    return f"<html><head>{head}{script}</head><body>{body}</body></html>"


def test_a_story_in_json_ld_is_read():
    facts = read_page_facts(page(story={"@graph": [{"@type": "WebSite"}, STORY]}))

    assert facts.headline == "Bridge closed: what to know"
    assert facts.byline == "By Ines Duarte and Ann Li"
    assert facts.published_at == datetime(2024, 3, 2, 8, tzinfo=UTC)
    assert facts.modified_at == datetime(2024, 3, 3, 20, 24, tzinfo=UTC)


def test_a_publisher_is_no_byline():
    story = {**STORY, "author": {"@type": "NewsMediaOrganization", "name": "The Post"}}

    assert read_page_facts(page(story=story)).byline == ""


def test_the_headline_is_the_one_that_readers_see():
    body = "<h1>Site</h1><article><h1>Bridge <em>closes</em></h1></article>"

    assert read_page_facts(page(body=body, story=STORY)).headline == "Bridge closes"


def test_a_description_is_the_dek_only_where_readers_see_it():
    shown = page(body="<p>Commuters take the ferry.</p>", story=STORY)

    assert read_page_facts(shown).dek == "Commuters take the ferry."
    assert read_page_facts(page(story=STORY)).dek == ""


def test_open_graph_is_read_where_there_is_nothing_better():
    head = (
        '<meta property="og:title" content="Bridge closes"><meta name="author" content="Ines Duarte">'
        '<meta property="article:published_time" content="2024-03-02T08:00:00+00:00">'
    )

    facts = read_page_facts(page(head=head))

    assert (facts.headline, facts.byline) == ("Bridge closes", "By Ines Duarte")
    assert facts.published_at == datetime(2024, 3, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize("told", ["2024-03-02", "yesterday", 7, None, "24:99"])
def test_what_is_no_moment_is_not_told(told):
    assert read_page_facts(page(story={**STORY, "datePublished": told})).published_at is None


def test_the_address_of_another_site_is_not_the_pages_own():
    head = '<link rel="canonical" href="{}">'
    url = "https://news.example/a?utm_source=x"

    assert read_page_facts(page(head=head.format("/a")), url=url).address == "https://news.example/a"
    assert read_page_facts(page(head=head.format("https://evil.example/")), url=url).address == url


@pytest.mark.parametrize("broken", ["{", "[" * 100_000, '[1, null, "x", {"@type": [7]}]'])
def test_broken_data_is_passed_over(broken):
    html = f'<script type="application/ld+json">{broken}</script><h1>Bridge</h1>'

    assert read_page_facts(html).headline == "Bridge"


def test_a_page_that_is_nested_without_end_says_nothing():
    assert read_page_facts("<div>" * 5_000) == PageFacts()

"""Editors find everything from every page, and lists by the same door."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import ArticleFactory, CitationFactory, ClaimFactory, SourceFactory, UpdateFactory


def find(client, **asked):
    return client.get(reverse("admin:find"), asked)


def test_every_page_of_the_admin_has_a_box_that_leads_there(desk_of_ruth):
    html = desk_of_ruth.get(reverse("admin:stories_article_changelist")).content.decode()

    assert f'action="{reverse("admin:find")}"' in html
    assert 'name="q"' in html


def test_what_is_found_is_shown_by_kind_with_its_words_marked(desk_of_ruth):
    claim = ClaimFactory(text="The ferry <b>waits</b>.")
    SourceFactory(title="Ferry office")

    html = find(desk_of_ruth, q="ferry").content.decode()

    assert "The <mark>ferry</mark> &lt;b&gt;waits&lt;/b&gt;." in html
    assert "<mark>Ferry</mark> office" in html
    assert reverse("admin:stories_claim_change", args=[claim.pk]) in html
    assert f"in “{claim.article.headline}”" in html


def test_a_kind_is_shown_a_page_at_a_time(desk_of_ruth):
    story = ArticleFactory()
    for number in range(23):
        ClaimFactory(article=story, text=f"ferry {number}")

    first = find(desk_of_ruth, q="ferry", kind="claim")
    last = find(desk_of_ruth, q="ferry", kind="claim", p="2")

    assert (first.content.count(b"<li class"), last.content.count(b"<li class")) == (20, 3)
    assert b'rel="next"' in first.content
    assert "all 23" in find(desk_of_ruth, q="ferry").content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "\0", "kind": "x", "state": "x", "since": "2024-13-40", "until": "x", "p": "-1"},
        {"q": "ferry", "kind": "claim", "p": "99999"},
        {"q": "x" * 10_000},
        {"kind": "article", "p": "٣"},
        {"q": "x", "until": "9999-12-31", "since": "0001-01-01"},
    ],
)
def test_an_address_that_makes_no_sense_is_still_answered(asked, desk_of_ruth):
    ClaimFactory(text="ferry")

    assert find(desk_of_ruth, **asked).status_code == 200


def test_what_was_not_found_says_how_to_go_on(desk_of_ruth):
    assert "can be found here" in find(desk_of_ruth).content.decode()
    assert "Nothing says “ferry”" in find(desk_of_ruth, q="ferry").content.decode()
    for asked in ({"state": "live"}, {"kind": "claim"}):
        narrowed = find(desk_of_ruth, q="ferry", **asked).content.decode()
        assert "Nothing of that kind, state or time contains “ferry”" in narrowed
        assert "Search everything for it" in narrowed


def test_what_belongs_to_it_hides_no_older_text_that_says_it(desk_of_ruth, monkeypatch):
    monkeypatch.setattr("stories.searching.search.MOST_WEIGHED", 2)
    source = SourceFactory(title="Ferry office")
    CitationFactory.create_batch(2, source=source)

    html = find(desk_of_ruth, q="ferry").content.decode()

    assert "Nothing says" not in html
    assert "set an earlier day, to see the others" in html


def test_the_page_asks_as_many_queries_for_much_as_for_little(desk_of_ruth):
    CitationFactory(exact="ferry")
    find(desk_of_ruth, q="ferry")
    with CaptureQueriesContext(connection) as few:
        find(desk_of_ruth, q="ferry")
    for _ in range(4):
        CitationFactory(exact="ferry")

    with CaptureQueriesContext(connection) as many:
        find(desk_of_ruth, q="ferry")

    assert len(many) == len(few)


def test_the_first_hits_come_up_while_one_types(desk_of_ruth):
    SourceFactory(title="Ferry office")

    html = desk_of_ruth.get(reverse("admin:search"), {"s": "ferr", "extended": "1"}).content.decode()
    gone = desk_of_ruth.get(
        reverse("admin:search"), {"s": "nothing like it", "extended": "1"}
    ).content.decode()

    assert "Ferry office" in html
    assert f"{reverse('admin:find')}?q=ferr" in html
    assert "Ferry office" not in gone


def test_of_very_many_the_first_hits_do_not_pass_for_all(desk_of_ruth, monkeypatch):
    monkeypatch.setattr("stories.searching.search.MOST_WEIGHED", 2)
    SourceFactory.create_batch(3, title="Ferry office")

    html = desk_of_ruth.get(reverse("admin:search"), {"s": "ferr", "extended": "1"}).content.decode()

    assert "At least 2 found" in html


def test_of_very_many_it_is_told_once_and_each_kind_leads_on(desk_of_ruth, monkeypatch):
    monkeypatch.setattr("stories.searching.search.MOST_WEIGHED", 4)
    SourceFactory.create_batch(3, title="Ferry office")
    ClaimFactory.create_batch(2, text="The ferry waits.")

    html = find(desk_of_ruth, q="ferry").content.decode()
    of_a_kind = find(desk_of_ruth, q="waits", kind="claim").content.decode()

    assert html.count("Very many texts match that.") == 1
    assert "Claims: look further" in html
    assert "Sources: look further" in html
    assert "Very many" not in of_a_kind


def test_the_first_hits_say_that_older_texts_may_answer_where_none_of_the_newest_does(
    desk_of_ruth, monkeypatch
):
    monkeypatch.setattr("stories.searching.search.MOST_WEIGHED", 2)
    source = SourceFactory(title="Ferry office")
    CitationFactory.create_batch(2, source=source)

    html = desk_of_ruth.get(reverse("admin:search"), {"s": "ferr", "extended": "1"}).content.decode()

    assert "None of the newest 500 texts that have to do with it says it itself" in html
    assert f"{reverse('admin:find')}?q=ferr" in html


@pytest.mark.parametrize(
    ("noun", "typed"),
    [
        ("article", "bodyw"),
        ("claim", "claimword tunnel"),
        ("citation", "passageword office"),
        ("source", "pub"),
        ("update", "noteword tunnel"),
    ],
)
def test_a_list_is_searched_by_the_same_door(noun, typed, desk_of_ruth):
    article = ArticleFactory(headline="The tunnel", body="bodyword")
    claim = ClaimFactory(article=article, text="claimword")
    CitationFactory(
        claim=claim, source=SourceFactory(title="Office", note="met in the pub"), exact="passageword"
    )
    UpdateFactory(article=article, note="noteword")
    UpdateFactory(note="another")

    page = desk_of_ruth.get(reverse(f"admin:stories_{noun}_changelist"), {"q": typed})

    assert page.context["cl"].result_count == 1


def test_a_search_in_a_list_is_never_an_error(desk_of_ruth):
    for typed in ('"', "NEAR(", "\0", "a:*", "-", "'", "%"):
        page = desk_of_ruth.get(reverse("admin:stories_article_changelist"), {"q": typed})
        assert page.status_code == 200

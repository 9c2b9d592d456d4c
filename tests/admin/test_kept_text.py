"""What a browser keeps of a form: when it may forget it, and how it differs."""

import json

import pytest
from django.urls import reverse

from tests.admin.forms import form_of
from tests.factories import ArticleFactory


def change(article):
    return reverse("admin:stories_article_change", args=[article.pk])


def test_a_save_names_what_the_browser_may_forget(desk_of_ruth):
    url = change(ArticleFactory())

    saved = desk_of_ruth.post(url, form_of(desk_of_ruth, url, kept="abc-123"))
    refused = desk_of_ruth.post(url, form_of(desk_of_ruth, url, headline="", kept="abc-124"))
    strange = desk_of_ruth.post(url, form_of(desk_of_ruth, url, kept="abc; path=/"))

    assert saved.cookies["kept_saved"].value == "abc-123"
    assert saved.cookies["kept_saved"]["path"] == "/admin/"
    assert "kept_saved" not in refused.cookies
    assert "kept_saved" not in strange.cookies


def test_a_page_that_was_refused_goes_on_with_what_was_kept(desk_of_ruth):
    url = change(ArticleFactory())

    answer = desk_of_ruth.post(url, form_of(desk_of_ruth, url, headline="", kept="abc-124"))

    assert 'name="kept" value="abc-124"' in answer.content.decode()


def test_who_was_signed_out_is_told_once_and_not_for_each_script_that_asked(client, db):
    asked = [{"Sec-Fetch-Mode": "cors"}, {"Sec-Fetch-Mode": "navigate"}, {"Sec-Fetch-Mode": "cors"}]

    for headers in asked:
        answer = client.post(reverse("admin:stories_article_add"), headers=headers)

    assert client.get(answer.url, follow=True).content.decode().count("You had been signed out") == 1


def test_differences_are_by_words(desk_of_ruth):
    pairs = [["It closes on Monday.", "It closes on Tuesday."], ["", "New."]]

    answer = desk_of_ruth.post(
        reverse("admin:text_differences"), json.dumps(pairs), content_type="application/json"
    )

    assert answer.json()[0][0] == ["equal", "It closes on "]
    assert answer.json()[1] == [["insert", "New."]]


@pytest.mark.parametrize("body", ["", "{}", '[["a"]]', "[[1, 2]]", "[" + '["a", "b"],' * 200 + '["a", "b"]]'])
def test_other_than_pairs_of_texts_is_refused(body, desk_of_ruth):
    answer = desk_of_ruth.post(reverse("admin:text_differences"), body, content_type="application/json")

    assert answer.status_code == 403


def test_save_and_publish_leads_to_the_panel(desk_of_ruth):
    article = ArticleFactory()
    url = change(article)

    answer = desk_of_ruth.post(
        url, form_of(desk_of_ruth, url, body="New.", stories_article_save_and_publish="1")
    )

    article.refresh_from_db()
    assert article.body == "New."
    assert answer["Location"] == reverse("admin:stories_article_publish", args=[article.pk])


def test_of_many_long_pairs_those_past_the_bound_of_one_are_told_as_replaced(desk_of_ruth):
    before = "It closes. " * 900
    pairs = [[before, f"{before}No. {number}"] for number in range(100)]

    answer = desk_of_ruth.post(
        reverse("admin:text_differences"), json.dumps(pairs), content_type="application/json"
    )

    assert answer.json()[0][-1] == ["insert", "No. 0"]
    assert answer.json()[-1] == [["delete", pairs[-1][0]], ["insert", pairs[-1][1]]]

"""The front page and the corrections list what was published, the latest first."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.factories import ArticleFactory
from tests.reader.telling import START, publish, rewrite

pytestmark = pytest.mark.django_db


def test_an_empty_front_page_says_that_nothing_is_published(read):
    ArticleFactory()

    assert "Nothing is published yet" in read("/")


def test_the_front_page_lists_the_latest_change_first(read, bridge):
    newer = ArticleFactory(slug="ferry", headline="The ferry is full")
    publish(newer, at=START + timedelta(days=5))

    with time_machine.travel(START + timedelta(days=6), tick=False):
        page = read("/")

    assert page.index("The ferry is full") < page.index("The bridge may close on Monday")
    assert "1 day ago" in page
    assert "3 days ago" in page
    assert "Updated 2 times" in page
    assert re.findall(r'class="kind kind--(\w+)"', page) == ["first", "correction"]


def test_a_minor_edit_does_not_bring_a_story_up(read, bridge):
    ferry = ArticleFactory(slug="ferry", headline="The ferry is full")
    publish(ferry, at=START + timedelta(days=3))
    publish(rewrite(bridge, body=f"{bridge.body}!"), at=START + timedelta(days=9), is_minor=True)

    page = read("/")

    assert page.index("The ferry is full") < page.index("The bridge may close on Monday")


def test_the_front_page_is_cut_into_pages(read):
    for number in range(21):
        publish(ArticleFactory(headline=f"Story number {number}"), at=START + timedelta(hours=number))

    assert "Story number 0<" not in read("/")
    assert "Story number 0<" in read("/?page=2")
    assert "Story number 0<" in read("/?page=99")


def test_corrections_are_listed_newest_first_with_their_story(read, bridge):
    page = read("/corrections/")

    assert "The headline was too sure." in page
    assert "The story now says what the repair costs." not in page
    assert re.findall(r'class="kind kind--(\w+)"', page) == ["correction"]
    assert '/stories/bridge/changes/#version-4"' in page


def test_without_corrections_the_page_says_so(read):
    assert "No correction has been needed yet" in read("/corrections/")


def test_corrections_are_cut_into_pages(read):
    article = ArticleFactory(slug="long")
    publish(article)
    for number in range(1, 32):
        rewrite(article, body=f"Text {number}.")
        publish(article, f"Wrong number {number}.", at=START + timedelta(hours=number), kind="correction")

    assert "Wrong number 1." not in read("/corrections/")
    assert "Wrong number 1." in read("/corrections/?page=2")


def test_more_corrections_than_are_counted_are_told_and_found_by_their_days(read, bridge, monkeypatch):
    monkeypatch.setattr("stories.reader.views.CorrectionsPaginator.most_counted", 0)

    page = read("/corrections/?kind=correction")

    assert "More than 0 found; set a start and an end date." in page
    assert "There are more. Set an earlier end date to see the older ones." in page


def test_the_policy_explains_every_kind_and_can_be_the_newsrooms_own(read, settings, tmp_path):
    ours = read("/corrections/policy/")
    own = tmp_path / "policy.md"
    own.write_text("We *never* err.<script>alert(1)</script>")
    settings.CORRECTIONS_POLICY = str(own)
    theirs = read("/corrections/policy/")

    kinds = ("Update", "Correction", "Clarification", "Editor’s note", "Retraction", "Minor edit")
    assert all(f"<strong>{kind}</strong>" in ours for kind in kinds)
    assert "<em>never</em> err." in theirs
    assert "alert(1)</script>" not in theirs


def test_the_page_of_an_empty_record_is_there(read):
    assert "0 entries" in read("/record/")

"""A story's changelog tells every version and update, with their times."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from stories.models import Update
from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory, make_editor
from tests.reader.telling import START, publish, rewrite, text_of

pytestmark = pytest.mark.django_db


def test_the_changelog_has_every_version_with_its_diff_and_the_minor_one_folded(read, bridge):
    """Invariant 4."""
    page = read("/stories/bridge/changes/")

    assert re.findall(r'id="version-(\d)"', page) == ["4", "3", "2", "1"]
    assert re.findall(r"entry__changes\"[^>]*?( open)?><summary>(.*?)<", page) == [
        (" open", "Headline changed, 2 words added, 1 removed."),
        (" open", "4 words added, 2 removed."),
        ("", "1 word added."),
    ]
    assert "It is <ins>very </ins>old." in page


def test_the_changelog_gives_the_time_with_its_zone_the_note_and_its_cause(read, bridge):
    page = read("/stories/bridge/changes/")
    words = text_of(page)

    assert (
        '<time datetime="2026-03-04T13:00:00-05:00" title="March 4, 2026, 18:00 UTC">March 4, 2026, 1 p.m. EST</time>'
    ) in page
    assert "The headline was too sure." in words
    assert "What its source changed Notice 14" in words
    assert "bridge <del>will</del><ins>may</ins> be closed" in page


def test_the_changelog_says_how_long_each_headline_was_live(read, bridge):
    page = read("/stories/bridge/changes/")

    assert "The bridge <del>closes</del><ins>may close</ins> on Monday" in page
    assert "live for 2 days, 1 hour" in page


def test_of_many_headlines_the_five_newest_stand_open(read, bridge):
    for day in range(5, 10):
        rewrite(bridge, headline=f"Bridge closed, day {day}")
        publish(bridge, "The headline counts the days.", at=START + timedelta(days=day))

    open_headlines, folded = read("/stories/bridge/changes/").split("2 earlier headlines</summary>")

    assert open_headlines.count("headlines__words") == len(range(5, 10))
    assert folded.count("headlines__words") == 1 + 1


def test_the_changelog_leads_to_the_story(read, bridge):
    assert '<a href="/stories/bridge/">Read the story</a>' in read("/stories/bridge/changes/")


def test_the_changelog_tells_the_history_of_each_claim(read, bridge):
    claim = bridge.claims.get()
    claim.text, claim.standing = "The bridge may close on Monday.", "corrected"
    claim.save()
    publish(bridge, "One claim was wrong.", at=START + timedelta(days=9), kind="correction")

    page = read("/stories/bridge/changes/")

    assert "The bridge <del>closes</del><ins>may close</ins> on Monday." in page
    assert "Corrected since version 5" in text_of(page)
    assert "Stands since version 1" in text_of(page)


def test_the_changelog_leaves_out_the_sentences_that_did_not_change(read):
    kept = "Nothing in this long sentence was changed by anybody at all. "
    article = ArticleFactory(slug="long", body=f"{kept}It is old. {kept}")
    publish(article)
    publish(rewrite(article, body=f"{kept}It is new. {kept}"), "New.", at=START + timedelta(hours=1))

    changes, compared = read("/stories/long/changes/"), read("/stories/long/compare/1/2/")

    assert "It is <del>old</del><ins>new</ins>." in changes
    assert "Nothing in this long sentence" not in changes
    assert "unchanged sentences left out" in changes
    assert compared.count("Nothing in this long sentence") == 2


def test_a_letter_that_looks_like_another_is_spelled_out_in_a_change(read):
    article = ArticleFactory(slug="quiet", body="A copy of it.")
    publish(article)
    publish(rewrite(article, body="A c\u043epy of it."), "Nothing.", at=START + timedelta(hours=1))

    assert "c\u043e⟨U+043E⟩py</ins>" in read("/stories/quiet/changes/")


def test_the_changelog_tells_a_back_dated_entry_and_a_text_that_nobody_recorded(read):
    """Invariant 9."""
    article = ArticleFactory(slug="old")
    times = {"at": START, "stated_at": datetime(2024, 5, 18, 19, 24, tzinfo=UTC)}
    publish(article, "New facts.", is_text_before_recorded=False, **times)

    words = text_of(read("/stories/old/changes/"))

    assert "Update May 18, 2024, 3:24 p.m. EDT" in words
    assert "Recorded here March 2, 2026, noon EST ." in words
    assert "The text before this update was not recorded here." in words


@pytest.mark.parametrize(
    ("precision", "said"), [("day", "May 18, 2024"), ("month", "May 2024"), ("year", "2024")]
)
def test_a_time_is_told_no_more_exactly_than_it_is_known(read, precision, said):
    article = ArticleFactory(slug="old")
    stated_at = datetime(2024, 5, 18, 19, 24, tzinfo=UTC)
    publish(article, "New facts.", stated_at=stated_at, stated_precision=precision)

    page = read("/stories/old/changes/")

    assert f"{said}</time>" in page
    assert "Recorded here " in page


def test_why_a_time_was_stated_after_the_fact_is_told(read, bridge):
    """Invariant 9."""
    at = START + timedelta(days=9)
    publish_article(
        rewrite(bridge, dek="More."),
        updates=[Update(article=bridge, note="More facts.")],
        by=make_editor(),
        now=at,
        stated_at=at - timedelta(hours=5),
        stated_zone="America/New_York",
        stated_because="It was on air first.",
    )

    assert "It was on air first." in text_of(read("/stories/bridge/changes/"))
    assert "It was on air first." in text_of(read("/stories/bridge/versions/5/"))

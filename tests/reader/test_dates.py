"""Every page says alike when readers saw a version, and in the zone in which it was stated."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from stories.models import Update
from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory
from tests.reader.telling import START, publish, rewrite, text_of

pytestmark = pytest.mark.django_db


def test_a_text_whose_first_time_nobody_knows_is_not_said_to_be_published_then(read):
    """Invariant 9."""
    article = ArticleFactory(slug="old")
    publish_article(article, by=None, now=START)

    words = text_of(read("/stories/old/"))

    assert "First recorded here March 2, 2026" in words
    assert "Published" not in words


def test_a_text_that_came_with_notes_is_not_said_to_be_the_first(read):
    """Invariant 9."""
    article = ArticleFactory(slug="old")
    publish(article, "New facts.", stated_at=datetime(2024, 5, 18, 19, 24, tzinfo=UTC))

    article_words, changes = text_of(read("/stories/old/")), text_of(read("/stories/old/changes/"))

    assert (
        "First recorded here March 2, 2026, noon EST · Updated May 18, 2024, 3:24 p.m. EDT" in article_words
    )
    assert "As readers saw it May 18, 2024, 3:24 p.m. EDT ." in changes
    assert "First published" not in article_words + changes


def test_each_version_is_dated_in_its_own_zone(read):
    article = ArticleFactory(slug="bridge")
    publish_article(article, by=None, now=START, stated_at=START, stated_zone="Asia/Tokyo")
    publish(rewrite(article, body="It is closed."), "Closed.", at=START + timedelta(days=1))

    story, compared = read("/stories/bridge/"), read("/stories/bridge/compare/1/2/")

    assert text_of(story).count("March 3, 2026, 2 a.m. JST") == 2
    assert "Version 1 March 3, 2026, 2 a.m. JST" in text_of(compared)
    assert "Version 2 March 3, 2026, noon EST" in text_of(compared)


def test_every_page_has_the_same_answer_to_when_readers_saw_a_version(read):
    article = ArticleFactory(slug="bridge")
    seen_at = START - timedelta(days=20)
    update = Update(article=article, note="Closed.", stated_at=seen_at, stated_zone="Asia/Tokyo")
    publish_article(article, updates=[update], by=None, now=START)

    with time_machine.travel(START, tick=False):
        front = read("/")
    changes, version = read("/stories/bridge/changes/"), read("/stories/bridge/versions/1/")
    feed = read("/stories/bridge/changes.atom")

    assert "2 weeks ago" in front
    assert "no changes since Feb. 11, 2026, 2 a.m. JST" in text_of(changes)
    assert "Readers saw it from Feb. 11, 2026, 2 a.m. JST" in text_of(version)
    assert "<published>2026-02-10T17:00:00+00:00</published>" in feed


def test_the_zone_of_the_newsroom_is_used_where_none_is_stated(read):
    article = ArticleFactory(slug="old")
    publish_article(article, by=None, now=START, stated_at=START)

    assert "March 2, 2026, noon EST" in read("/stories/old/changes/")

"""The pace of a source that is really read: it follows the age of what rests on it, and says why."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from stories.models import Article, Citation, Source
from stories.models.words import Pace
from stories.publishing.publish import publish_article
from tests.watching.looking import OTHER_PASSAGE, PASSAGE, REWORDED, CitedPage

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def settled(read_once: CitedPage, settings: Any) -> CitedPage:
    """A page cited ten days ago, read since then."""
    settings.WATCH_FRESH_DAYS = 1
    before = read_once.clock() - 10 * DAY
    make_old(read_once, before)
    return read_once


def make_old(cited: CitedPage, at: datetime) -> None:
    Source.objects.update(created_at=at)
    Citation.objects.update(created_at=at)
    Article.objects.update(saved_at=at)


def wait_of(cited: CitedPage) -> timedelta:
    due_at = cited.watch.due_at
    assert due_at is not None
    return due_at - cited.clock()


def test_a_source_cited_long_ago_is_looked_at_seldom(settled):
    settled.look()

    assert 9 * HOUR <= wait_of(settled) <= 10.1 * HOUR
    assert settled.watch.pace == Pace.SETTLED


def test_a_story_that_is_edited_makes_its_sources_young_again(settled):
    Article.objects.update(saved_at=settled.clock())

    settled.look()

    assert (wait_of(settled), settled.watch.pace) == (HOUR, Pace.FRESH)


def test_a_story_that_is_published_makes_its_sources_young_again(settled):
    publish_article(Article.objects.get(), by=None, now=settled.clock())
    make_old(settled, settled.clock() - 10 * DAY)

    settled.look()

    assert settled.watch.pace == Pace.FRESH


def test_a_page_that_has_changed_is_looked_at_often_again(settled):
    settled.put(REWORDED, OTHER_PASSAGE)

    settled.look()
    suspected = (wait_of(settled), settled.watch.pace)
    settled.look()

    assert suspected == (timedelta(seconds=60), Pace.CONFIRMING)
    assert (wait_of(settled), settled.watch.pace) == (HOUR, Pace.FRESH)


def test_an_editor_can_pin_the_interval_of_a_source(settled):
    settled.source.check_interval_seconds = 600
    settled.source.save()

    settled.look()

    assert (wait_of(settled).total_seconds(), settled.watch.pace) == (600, Pace.PINNED)


def test_a_page_that_cannot_be_read_is_given_time(settled):
    settled.site.put(settled.path, "No.", status=503)

    settled.looks(6)

    assert (wait_of(settled), settled.watch.pace) == (DAY, Pace.BACKING_OFF)


def test_sources_that_an_outage_made_due_together_do_not_stay_together(site, db, settings):
    """Invariant 2: all are checked once, and then drift apart."""
    settings.WATCH_INTERVAL_SECONDS = 3600
    pages = [CitedPage(site, f"/{number}") for number in range(8)]
    for page in pages:
        page.put(PASSAGE)
        page.clock.advance(days=3)

    checks = [page.look() for page in pages]

    assert len(checks) == 8
    waits = [wait_of(page) for page in pages]
    assert len(set(waits)) == 8
    assert all(HOUR / 2 <= wait <= HOUR for wait in waits)

"""What is counted, and what is not."""

from datetime import UTC, timedelta

import pytest

from stories.glance.busiest import busiest_stories
from stories.glance.passages import (
    CHANGED,
    UNATTACHED,
    UNREAD,
    UNWATCHED,
    VERIFIED,
    passages_by_level,
    share_of,
)
from stories.glance.scope import Scope, Sighted
from stories.glance.sources import failing_sources, sources_by_health
from stories.glance.times_to_update import spread_of, times_to_update
from stories.glance.updates import updates_by_week
from stories.glance.weeks import weeks_until
from stories.models import Source
from stories.models.words import UpdateKind
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    SourceFactory,
    UpdateFactory,
    UserFactory,
    WatchFactory,
    make_editor,
    make_reporter,
)
from tests.glance.scenes import DAY, HOUR, NOW, cite, find, note, publish, read

pytestmark = pytest.mark.django_db
ALL = Scope()
WEEKS = weeks_until(NOW, zone=UTC)
WEEK = timedelta(weeks=1)


def test_updates_count_by_kind_in_the_week_in_which_readers_saw_them():
    article = publish(ArticleFactory(), at=NOW - 3 * WEEK)
    publish(article, note(article, "correction"), note(article), at=NOW - WEEK)
    told_late = note(article, "correction", stated_at=NOW - 2 * WEEK, stated_zone="UTC")
    publish(article, told_late, at=NOW - HOUR)

    counts = [week.counts[UpdateKind.CORRECTION] for week in updates_by_week(ALL, WEEKS)]

    assert counts[-3:] == [1, 1, 0]
    assert [week.total for week in updates_by_week(ALL, WEEKS)][-2] == 2


def test_drafts_of_updates_and_those_from_before_the_weeks_do_not_count():
    article = publish(ArticleFactory(), at=NOW - 40 * WEEK)
    publish(article, note(article), at=NOW - 30 * WEEK)
    UpdateFactory(article=article)

    assert sum(week.total for week in updates_by_week(ALL, WEEKS)) == 0


def test_the_time_to_an_update_runs_from_the_change_that_caused_it():
    article = ArticleFactory()
    citation = cite(article)
    publish(article, at=NOW - WEEK)
    change = find(citation, "altered", at=NOW - 5 * HOUR)
    publish(article, note(article, caused_by=change), at=NOW - 2 * HOUR)
    publish(article, note(article), at=NOW - HOUR)

    spread = times_to_update(ALL, WEEKS)[-1].spread

    assert (spread.count, spread.median) == (1, 3 * HOUR)


def test_a_spread_tells_quartiles_and_of_nothing_there_is_none():
    spread = spread_of([hours * HOUR for hours in (9, 1, 3, 2, 4)])

    assert (spread.least, spread.lower, spread.median, spread.upper, spread.greatest) == (
        1 * HOUR,
        2 * HOUR,
        3 * HOUR,
        4 * HOUR,
        9 * HOUR,
    )
    assert spread_of([]) is None


def test_a_passage_is_verified_where_its_page_was_read_within_the_day_and_says_so():
    article = ArticleFactory()
    read(cite(article))
    read(cite(article), at=NOW - 25 * HOUR)
    read(cite(article), "missing")
    cite(article)
    cite(article, source__url=None)
    cite(article, source=None)
    publish(article)

    counts = passages_by_level(ALL, now=NOW)

    assert counts == {VERIFIED: 1, CHANGED: 1, UNREAD: 2, UNWATCHED: 1, UNATTACHED: 1}
    assert share_of(counts) == 0.25


def test_passages_of_stories_that_nobody_published_do_not_count():
    read(CitationFactory())

    counts = passages_by_level(ALL, now=NOW)

    assert sum(counts.values()) == 0
    assert share_of(counts) is None


def test_sources_count_once_and_merged_ones_as_what_they_were_merged_into():
    citation = CitationFactory()
    read(citation)
    SourceFactory(merged_into=citation.source)
    SourceFactory()

    assert sources_by_health(ALL) == {"good": 1, "suspected": 0, "ill": 0, "unknown": 1}


def test_a_source_fails_where_it_is_watched_and_could_not_be_read():
    failing = WatchFactory(outcome="blocked", checked_at=NOW).source
    WatchFactory(outcome="unchanged", checked_at=NOW)
    WatchFactory(outcome="gone", checked_at=NOW, source__is_watched=False)

    assert list(failing_sources(ALL)) == [failing]


def test_the_busiest_story_has_most_versions_and_changes_found():
    quiet, busy = ArticleFactory(), ArticleFactory(headline="Busy")
    citation = cite(busy)
    publish(quiet)
    publish(busy)
    publish(busy, note(busy), at=NOW - HOUR)
    find(citation, "altered")

    first, second = busiest_stories(ALL, since=WEEKS[0].begins_at)

    assert (first.headline, first.versions, first.changes) == ("Busy", 2, 1)
    assert (second.article_id, second.total) == (quiet.pk, 1)


def test_what_readers_had_long_before_it_was_recorded_makes_no_story_busy():
    publish(ArticleFactory(), stated_at=NOW - 90 * WEEK, stated_zone="UTC", stated_because="Imported.")

    assert busiest_stories(ALL, since=WEEKS[0].begins_at) == ()


def test_each_figure_keeps_to_the_scope():
    own, other = publish(ArticleFactory()), ArticleFactory()
    read(cite(other), "missing")
    publish(other, note(other))
    scope = Scope(frozenset({own.pk}))

    assert sum(week.total for week in updates_by_week(scope, WEEKS)) == 0
    assert sum(passages_by_level(scope, now=NOW).values()) == 0
    assert sum(sources_by_health(scope).values()) == 0
    assert [story.article_id for story in busiest_stories(scope, since=NOW - 2 * DAY)] == [own.pk]
    assert Source.objects.count() == 1


def test_an_editor_sees_all_a_reporter_their_own_and_others_nothing():
    reporter = make_reporter()
    own = ArticleFactory()
    own.reporters.add(reporter)
    ArticleFactory()

    assert Sighted(make_editor()).scope(["stories.view_source"]).is_everything
    assert Sighted(reporter).scope(["stories.view_source"]) == Scope(frozenset({own.pk}))
    assert Sighted(UserFactory()).scope(["stories.view_source"]) is None

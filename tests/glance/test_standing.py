"""What is asked of a whole large newsroom is counted by a task, and shown as it then was."""

from datetime import timedelta
from itertools import count

import pytest

from stories.glance import passages, sources
from stories.glance.kept import Kept
from stories.glance.standing import (
    FAILING,
    MANY_SOURCES,
    PASSAGES,
    QUOTES,
    SOURCES,
    count_again,
    standing_figures,
)
from stories.models import KeptFigure
from tests.factories import ArticleFactory, SourceFactory, WatchFactory
from tests.glance.scenes import NOW, cite, find, publish

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def large():
    return SourceFactory(pk=MANY_SOURCES)


def make_failing_quote():
    article = ArticleFactory()
    citation = cite(article)
    publish(article)
    return find(citation, "missing")


def test_a_small_newsroom_is_counted_for_whoever_looks():
    make_failing_quote()
    count_again(now=lambda: NOW)

    assert standing_figures(now=NOW) == {}


def test_the_first_who_looks_at_a_large_one_has_it_counted(large):
    verdict = make_failing_quote()
    lost = WatchFactory(outcome="gone", checked_at=NOW).source

    found = standing_figures(now=NOW)

    assert found[QUOTES] == Kept([verdict.pk], NOW)
    assert found[FAILING].value == {"count": 1, "first": [lost.pk]}
    assert sum(found[SOURCES].value.values()) == 3
    assert sum(found[PASSAGES].value.values()) == 1


def test_it_stands_as_it_was_counted_until_the_task_counts_again(large):
    first = make_failing_quote()
    standing_figures(now=NOW)
    second = make_failing_quote()

    meanwhile = standing_figures(now=LATER)[QUOTES]
    count_again(now=lambda: LATER)

    assert meanwhile == Kept([first.pk], NOW)
    assert standing_figures(now=LATER)[QUOTES] == Kept([second.pk, first.pk], LATER)


def test_what_took_long_to_count_is_counted_the_seldomer(large):
    count_again(now=clock(NOW, seconds=2))
    first = standing_figures(now=NOW)[FAILING]
    WatchFactory(outcome="gone", checked_at=NOW)

    count_again(now=lambda: NOW + timedelta(seconds=400))
    meanwhile = standing_figures(now=LATER)[FAILING]
    count_again(now=lambda: NOW + timedelta(seconds=600))

    assert meanwhile == first
    assert standing_figures(now=LATER)[FAILING].value["count"] == 1


def test_a_clock_that_was_set_back_holds_no_count_up(large):
    count_again(now=clock(NOW, seconds=2))
    before = NOW - timedelta(days=1)

    count_again(now=lambda: before)

    assert standing_figures(now=NOW)[FAILING].as_of == before


def clock(begins_at, *, seconds):
    """Goes on by as much each time that it is looked at."""
    moments = count()
    return lambda: begins_at + timedelta(seconds=seconds) * next(moments)


def test_it_is_read_in_the_order_in_which_it_is_shown(large):
    count_again(now=lambda: NOW)

    found = standing_figures(now=NOW)

    assert list(found[SOURCES].value) == list(sources.LEVELS)
    assert list(found[PASSAGES].value) == list(passages.LEVELS)


def test_nothing_is_kept_of_a_newsroom_that_is_small_again(large):
    count_again(now=lambda: NOW)
    large.delete()

    count_again(now=lambda: LATER)

    assert not KeptFigure.objects.exists()

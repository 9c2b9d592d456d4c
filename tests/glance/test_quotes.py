"""Quotes in live stories that no longer hold, as long as nobody has answered."""

import pytest

from stories.glance.quotes import passages_of, quotes_that_fail
from stories.glance.scope import Scope
from tests.factories import AlertFactory, ArticleFactory, SourceFactory
from tests.glance.scenes import HOUR, NOW, cite, find, note, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def quoting():
    """A published story with one passage."""
    article = ArticleFactory()
    citation = cite(article)
    publish(article)
    return citation


def fails():
    return quotes_that_fail(Scope())


@pytest.mark.parametrize("word", ["altered", "missing"])
def test_a_quote_fails_where_its_page_says_otherwise(quoting, word):
    verdict = find(quoting, word)

    assert fails() == [verdict.pk]


@pytest.mark.parametrize("word", ["verbatim", "unreadable"])
def test_a_quote_that_stands_or_cannot_be_read_does_not_fail(quoting, word):
    find(quoting, word)

    assert fails() == []


def test_the_last_confirmed_verdict_counts(quoting):
    find(quoting, "missing", at=NOW - 2 * HOUR)
    find(quoting, "verbatim")

    assert fails() == []


@pytest.mark.parametrize(
    ("state", "count"), [("open", 1), ("needs_update", 1), ("still_holds", 0), ("ignored", 0)]
)
def test_an_answer_that_lets_the_quote_stand_settles_it(quoting, state, count):
    verdict = find(quoting, "altered")
    AlertFactory(source=quoting.source, state=state).verdicts.add(verdict)

    assert len(fails()) == count


def test_an_update_because_of_it_settles_it(quoting):
    verdict = find(quoting, "altered")
    publish(quoting.article, note(quoting.article, caused_by=verdict), at=NOW)

    assert fails() == []


def test_a_drafts_passage_does_not_count():
    """Invariant 5."""
    find(cite(ArticleFactory()), "missing")
    article = publish(ArticleFactory())
    find(cite(article), "missing")

    assert fails() == []


def test_a_verdict_on_a_page_that_it_is_not_taken_from_any_more_does_not_count(quoting):
    find(quoting, "missing")
    quoting.source = SourceFactory()
    quoting.save()

    assert fails() == []


def test_a_retracted_story_quotes_nothing(quoting):
    find(quoting, "missing")
    publish(quoting.article, note(quoting.article, "retraction"), at=NOW)

    assert fails() == []


def test_no_more_than_enough_of_the_newest_are_looked_up(monkeypatch):
    monkeypatch.setattr("stories.glance.quotes._PASSAGES_AT_ONCE", 1)
    article = ArticleFactory()
    older, newer = cite(article), cite(article)
    publish(article)
    find(older, "altered")
    find(newer, "altered")

    assert passages_of(fails(), enough=1) == [newer.pk]
    assert passages_of(fails()) == [newer.pk, older.pk]

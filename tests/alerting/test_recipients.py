"""Who hears: the people of a story, or the editors; nobody who has left."""

import pytest

from stories.alerting.recipients import articles_heard_of_by, recipients_of
from stories.models import Article, User
from tests.factories import ArticleFactory, make_editor, make_reporter

pytestmark = pytest.mark.django_db


def story_of(*reporters: User) -> Article:
    article = ArticleFactory()
    article.reporters.set(reporters)
    return article


def test_each_reporter_is_paired_with_their_own_stories() -> None:
    ana, ben = make_reporter(), make_reporter()
    hers, both = story_of(ana), story_of(ana, ben)

    assert recipients_of([hers.pk, both.pk]) == {ana: {hers.pk, both.pk}, ben: {both.pk}}


def test_editors_hear_only_of_stories_that_have_nobody_else(editor: User, reporter: User) -> None:
    orphan, kept = story_of(make_reporter(is_active=False)), story_of(reporter)

    assert recipients_of([orphan.pk, kept.pk]) == {editor: {orphan.pk}, reporter: {kept.pk}}


def test_an_editor_who_reports_hears_of_both(editor: User) -> None:
    own, orphan = story_of(editor), story_of()

    assert recipients_of([own.pk, orphan.pk]) == {editor: {own.pk, orphan.pk}}


def test_where_everybody_has_left_nobody_hears() -> None:
    make_editor(is_active=False)

    assert recipients_of([story_of(make_reporter(is_active=False)).pk]) == {}


def test_a_reporter_may_be_told_of_their_own_stories_and_an_editor_of_all(
    editor: User, reporter: User
) -> None:
    own, _another = story_of(reporter), story_of()

    assert (articles_heard_of_by(reporter), articles_heard_of_by(editor)) == ({own.pk}, None)

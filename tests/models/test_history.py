"""The private trail: who, when, why; nothing for a save that changed nothing; no row without its trail."""

import pytest
from django.db import DatabaseError, connection
from django.test import RequestFactory
from simple_history.models import HistoricalRecords

from stories.models import Article, Update
from stories.models.history import acting_as
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    SourceFactory,
    UpdateFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "make", [ArticleFactory, ClaimFactory, SourceFactory, CitationFactory, UpdateFactory]
)
def test_each_tracked_noun_writes_a_row_when_it_is_made_and_when_it_is_deleted(make):
    thing = make()
    history = type(thing).history.filter(id=thing.pk)

    thing.delete()

    assert [row.history_type for row in history.order_by("history_id")] == ["+", "-"]


def test_a_save_that_changes_nothing_leaves_no_row():
    article = ArticleFactory()

    article.save()

    assert article.history.count() == 1


def test_a_change_leaves_a_row_with_its_reason():
    article = ArticleFactory(headline="Bridge closes")
    article.headline = "Bridge may close"
    article._change_reason = "the port authority took it back"

    article.save()

    latest = article.history.first()
    assert (latest.headline, latest.history_change_reason) == (
        "Bridge may close",
        "the port authority took it back",
    )


def test_a_change_back_to_earlier_words_is_a_change():
    article = ArticleFactory(headline="A")

    for headline in ("B", "A"):
        article.headline = headline
        article.save()

    assert [row.headline for row in article.history.all()] == ["A", "B", "A"]


def test_the_actors_name_outlives_the_account():
    user = UserFactory(username="ruth")
    article = ArticleFactory.build()
    article._history_user = user
    article.save()

    user.delete()

    row = article.history.get()
    assert (row.history_user, row.history_actor) == (None, "ruth")


def test_a_request_tells_who_acted():
    user = UserFactory(username="ruth")
    request = RequestFactory().get("/")
    request.user = user
    HistoricalRecords.context.request = request

    try:
        article = ArticleFactory()
    finally:
        del HistoricalRecords.context.request

    assert article.history.get().history_actor == "ruth"


def test_what_acts_without_a_person_is_named_for_as_long_as_it_acts():
    with acting_as("import"):
        article = ArticleFactory()
    article.headline = "Other words"
    article.save()

    assert [row.history_actor for row in article.history.all()] == ["", "import"]


def test_the_reporters_of_an_article_are_part_of_its_history():
    article = ArticleFactory()

    article.reporters.add(UserFactory())

    assert [row.reporters.count() for row in article.history.all()] == [1, 0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the trigger below is SQLite's")
def test_where_the_trail_cannot_be_written_the_change_is_not_written_either():
    article = ArticleFactory(headline="Bridge closes")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER no_trail BEFORE INSERT ON stories_historicalarticle "
            "BEGIN SELECT RAISE(ABORT, 'full'); END"
        )

    try:
        article.headline = "Bridge may close"
        with pytest.raises(DatabaseError):
            article.save()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER no_trail")

    assert Article.objects.get().headline == "Bridge closes"


def test_updates_are_not_changed_in_bulk_past_their_history():
    from stories.models.append_only import AppendOnlyError

    UpdateFactory()

    with pytest.raises(AppendOnlyError):
        Update.objects.update(note="something else")


def test_its_manager_is_of_one_class_however_often_it_is_read():
    assert type(Article.history) is type(Article.history)

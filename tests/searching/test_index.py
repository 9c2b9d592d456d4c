"""The index says what the rows say, whoever writes them and however."""

import time

import pytest
from django.db import connection
from django.db.migrations import AddField, AddIndex, CreateModel, Migration, RunSQL
from django.db.models import Index, TextField
from django.utils import timezone

from stories.models import Article, Claim, Searchable, Source, Version
from stories.models.migrating import CompareTexts, CountMoreValues, CreateModels
from stories.publishing.publish import publish_article
from stories.searching.index import (
    follow_after_migrating,
    is_laid,
    lay_search_triggers,
    lift_search_triggers,
)
from stories.searching.mending import Place, mend_in_steps, mend_index, rows_to_read, verify_index
from stories.searching.search import found_keys, search
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    SourceFactory,
    UpdateFactory,
    make_editor,
)

pytestmark = pytest.mark.django_db


def count(typed):
    return search(typed, person=make_editor()).total


def test_an_empty_newsroom_is_in_step():
    assert is_laid()
    assert verify_index() == 0


def test_every_way_of_writing_is_followed():
    article = ArticleFactory(body="first")
    Article.objects.filter(pk=article.pk).update(body="second")
    Claim.objects.bulk_create([Claim(article=article, text="third"), Claim(article=article, text="fourth")])
    Claim.objects.filter(text="fourth").delete()
    citation = CitationFactory(claim=ClaimFactory(article=article))
    Source.objects.filter(pk=citation.source_id).update(title="fifth")
    update = UpdateFactory(article=article, note="sixth")
    publish_article(article, updates=[update], by=None, now=timezone.now())

    assert [count(word) for word in ("first", "second", "third", "fourth", "fifth", "sixth")] == [
        0,
        1,
        1,
        0,
        1,
        1,
    ]
    assert verify_index() == 0


def test_a_deleted_story_takes_its_texts_along():
    citation = CitationFactory()
    citation.article.delete()

    assert list(Searchable.objects.values_list("kind", flat=True)) == ["source"]
    assert verify_index() == 0


def test_a_new_version_takes_the_place_of_the_one_before():
    article = ArticleFactory(body="first")
    publish_article(article, updates=[], by=None, now=timezone.now())
    article.body = "second"
    article.save()
    note = UpdateFactory.build(article=article, note="The text is another.")
    publish_article(article, updates=[note], by=None, now=timezone.now())

    assert (count("first"), count("second")) == (0, 1)
    assert verify_index() == 0


def parts():
    return set(Searchable.objects.filter(kind="article").values_list("part", "text"))


def test_a_working_copy_is_there_as_long_as_it_says_other_than_what_readers_have():
    article = ArticleFactory(dek="", byline="", body="first", slug="bridge")
    publish_article(article, updates=[], by=None, now=timezone.now())
    first = ("live", "\n\nfirst\nbridge")
    assert parts() == {first}

    Article.objects.update(body="second")
    assert parts() == {first, ("draft", "\n\nsecond\nbridge")}
    Article.objects.update(body="first")
    assert parts() == {first}
    assert verify_index() == 0


def test_how_a_browser_ended_the_lines_makes_no_other_text():
    article = ArticleFactory(body="first\n\nsecond")
    publish_article(article, updates=[], by=None, now=timezone.now())

    Article.objects.update(body="first\r\n\r\nsecond")

    assert [part for part, _text in parts()] == ["live"]


def test_what_was_written_twice_by_the_code_of_before_is_told_and_goes():
    article = ArticleFactory(body="first")
    publish_article(article, updates=[], by=None, now=timezone.now())
    row = Searchable.objects.get(kind="article")
    row.pk, row.part, row.state, row.is_public, row.at = None, "draft", "draft", False, article.saved_at
    row.save()

    assert (verify_index(), mend_index(), verify_index()) == (1, 1, 0)
    assert parts() == {("live", row.text)}


def test_a_list_finds_a_row_by_what_it_belongs_to_and_by_the_name_of_today():
    citation = CitationFactory(exact="passage", source__title="Port")
    article = citation.article
    article.headline = "The tunnel"
    article.save()

    assert [row["key"] for row in found_keys("tunnel passage port", kind="citation")] == [citation.pk]
    assert count("tunnel passage") == 0


def test_a_version_that_cannot_be_read_keeps_nothing_else_from_being_found():
    article = ArticleFactory()
    Version.objects.create(
        article=article, number=1, content="{ not JSON", digest="x", recorded_at=timezone.now()
    )

    assert verify_index() == 0
    assert count("harbour") == 1


def test_a_text_of_millions_of_words_is_saved_and_found():
    article = ArticleFactory(body=" ".join(f"word{number:x}" for number in range(200_000)))
    article.body += " end"
    article.save()

    assert count("word1f") == 1


def test_what_fell_out_of_step_is_counted_and_mended():
    ArticleFactory(body="kept")
    gone = ClaimFactory(text="gone")
    lift_search_triggers()
    gone.delete()
    Article.objects.update(body="changed")
    SourceFactory(title="unseen")
    Searchable.objects.filter(kind="nothing").delete()
    lay_search_triggers()

    assert verify_index() >= 4
    assert mend_index() >= 4
    assert verify_index() == 0
    assert [count(word) for word in ("kept", "gone", "changed", "unseen")] == [0, 0, 2, 1]


def test_who_breaks_off_keeps_what_was_mended_and_goes_on_behind_it(monkeypatch):
    monkeypatch.setattr("stories.searching.mending._AT_ONCE", 2)
    SourceFactory.create_batch(3)
    lift_search_triggers()
    Source.objects.update(title="renamed")
    lay_search_triggers()

    steps = mend_in_steps()
    done = next(step.done for step in steps if step.flaws)
    steps.close()

    assert verify_index() == 1
    assert rows_to_read(after=Place.parse(str(done))) == {"source": 1, "update": 0}
    assert sum(step.flaws for step in mend_in_steps(after=done)) == 1
    assert verify_index() == 0


def test_what_is_beyond_the_last_row_or_of_no_kind_is_told_and_goes():
    ArticleFactory()
    row = Searchable.objects.get()
    for kind, key, part in (
        ("article", 10**9, "live"),
        ("claim", 5, ""),
        ("article", row.key, "odd"),
        ("no", 1, ""),
    ):
        row.pk, row.kind, row.key, row.part = None, kind, key, part
        row.save()

    assert verify_index() == 4
    assert mend_index() == 4
    assert verify_index() == 0


def test_words_that_the_engine_lost_are_found_again():
    ArticleFactory(body="bridge")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "INSERT INTO stories_searchable_words (stories_searchable_words) VALUES ('delete-all')"
            )
        else:
            cursor.execute("UPDATE stories_searchable SET words = NULL")

    assert count("bridge") == 0
    flaws = verify_index()
    assert flaws >= 1
    mended = mend_index()
    # SQLite's own index is made anew whole, and nobody counts what it had lost.
    assert mended == (flaws if connection.vendor == "postgresql" else 0)
    assert count("bridge") == 1
    assert verify_index() == 0


def _plan(*operations):
    migration = Migration("0999_made_up", "stories")
    migration.operations = list(operations)
    return [(migration, False)]


@pytest.mark.parametrize(
    "operation",
    [
        AddIndex("article", Index(fields=["slug"], name="made_up")),
        CountMoreValues("searchable", "words", 500),
        AddField("Verdict", "made_up", TextField(db_default="")),
        CreateModels([CreateModel("MadeUp", [])]),
    ],
    ids=["an index", "statistics", "a table that is not searched", "new tables"],
)
def test_a_migration_that_changes_no_text_leaves_what_is_followed_as_it_is(operation):
    """Nor is any text compared, which takes minutes where there are a million."""
    lift_search_triggers()
    ArticleFactory(headline="unfollowed")
    flaws = verify_index()
    plan = _plan(operation)
    lay_search_triggers()

    lift_search_triggers(plan=plan)
    ArticleFactory(headline="followed")
    follow_after_migrating(plan=plan)

    assert is_laid()
    assert verify_index() == flaws > 0


@pytest.mark.parametrize(
    "operation",
    [RunSQL("SELECT 1"), CompareTexts(), AddField("Article", "made_up", TextField(db_default=""))],
    ids=str,
)
def test_what_was_written_while_a_table_was_changed_is_mended(operation):
    plan = _plan(operation)

    lift_search_triggers(plan=plan)
    ArticleFactory(headline="unfollowed")
    assert verify_index() > 0
    follow_after_migrating(plan=plan)

    assert verify_index() == 0


def test_what_was_written_since_a_migration_broke_off_is_mended_whatever_was_left_of_it():
    lift_search_triggers(plan=_plan(RunSQL("SELECT 1")))
    ArticleFactory(headline="unfollowed")
    left = _plan(AddIndex("article", Index(fields=["slug"], name="made_up")))

    lift_search_triggers(plan=left)
    follow_after_migrating(plan=left)

    assert is_laid()
    assert verify_index() == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite folds as it reads")
@pytest.mark.parametrize("marks", ["\u0301\u0327", "\u05b4\u05b0"])
def test_a_heap_of_marks_on_a_letter_does_not_keep_the_database_busy(marks):
    """In the square of their number it would be for two minutes, and not to be stopped."""
    began = time.monotonic()

    ArticleFactory(headline="Bridge closes", body=f"The gate {'a' + marks * 50_000} opens.")

    assert count("opens") == 1
    assert time.monotonic() - began < 30

"""Invariant 4, by the database itself: no statement changes or deletes what is published, whoever sends it."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from stories.models import Checkpoint, Update, User, Verdict, Version
from stories.models.triggers import lay_triggers, lift_triggers, missing_triggers
from stories.publishing.checkpoints import sign_checkpoint
from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory, CitationFactory, UpdateFactory, UserFactory, VerdictFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
TABLES = ("stories_version", "stories_update", "stories_leaf", "stories_checkpoint")


@pytest.fixture
def published(editor):
    article = ArticleFactory(slug="bridge")
    update = Update(article=article, note="The bridge opens again.", stated_at=NOW, stated_zone="UTC")
    version = publish_article(article, updates=[update], by=editor, now=NOW)
    sign_checkpoint(now=NOW)
    return version


def refused(sql, *parameters):
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        run(sql, *parameters)


def run(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def columns_of(table):
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


@pytest.mark.parametrize("table", TABLES)
def test_no_column_of_a_published_row_can_be_changed(published, table):
    for column in columns_of(table):
        other = {"sqlite": "'20391'", "postgresql": "NULL"}[connection.vendor]
        if not column.endswith("_by_id"):
            refused(f'UPDATE {table} SET "{column}" = {other} WHERE "{column}" IS NOT NULL')


@pytest.mark.parametrize("table", TABLES)
def test_no_published_row_can_be_deleted(published, table):
    refused(f"DELETE FROM {table}")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite empties a table by deleting its rows")
@pytest.mark.parametrize("table", TABLES)
def test_no_published_table_can_be_emptied(published, table):
    run("SET CONSTRAINTS ALL IMMEDIATE")  # What is pending would keep PostgreSQL from getting that far.

    refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
@pytest.mark.parametrize("table", TABLES)
def test_no_published_row_can_be_replaced(published, table):
    refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
def test_a_draft_cannot_take_the_place_of_a_published_update(published):
    draft = UpdateFactory()

    refused(
        "UPDATE OR REPLACE stories_update SET id = %s WHERE id = %s", published.updates.get().pk, draft.pk
    )


def test_a_draft_of_an_update_can_be_changed_and_deleted():
    draft = UpdateFactory(note="Draft.")

    draft.note = "A better draft."
    draft.save()
    draft.delete()

    assert not Update.objects.exists()


def test_an_account_that_goes_leaves_what_it_published(published, editor):
    User.objects.filter(pk=editor.pk).delete()

    version = Version.objects.get()
    assert (version.published_by, version.actor) == (None, editor.name)


def test_nobody_else_can_be_named_as_the_publisher(published):
    refused("UPDATE stories_version SET published_by_id = %s", UserFactory().pk)


def test_a_check_that_goes_leaves_the_update_that_it_caused():
    verdict = VerdictFactory(citation=CitationFactory())
    update = Update(article=verdict.citation.article, note="The source changed.", caused_by=verdict)
    publish_article(verdict.citation.article, updates=[update], by=None, now=NOW)

    Verdict.objects.all().delete()

    assert Update.objects.get().caused_by is None


def test_what_is_missing_of_the_guard_is_named_and_laid_again():
    lift_triggers()
    assert len(missing_triggers()) == 18

    lay_triggers()

    assert missing_triggers() == []


def test_a_table_that_a_migration_has_yet_to_make_is_not_said_to_be_unguarded():
    lift_triggers()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE stories_auditentry RENAME TO stories_not_yet")

    missing = missing_triggers()

    assert "stories_version_no_update" in missing
    assert not [name for name in missing if "auditentry" in name]


@pytest.mark.parametrize("gone", ["stories_auditentry", "stories_takedown"])
def test_after_going_back_some_migrations_every_table_that_is_there_is_guarded(published, gone):
    lift_triggers()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {gone} RENAME TO stories_not_yet")

    lay_triggers()

    assert missing_triggers() == []
    for table in TABLES:
        refused(f"DELETE FROM {table}")
    refused("UPDATE stories_version SET content = 'Other words.'")


def test_a_checkpoint_can_still_be_added(published):
    publish_article(ArticleFactory(), by=None, now=NOW)

    sign_checkpoint(now=NOW)

    assert [each.size for each in Checkpoint.objects.order_by("size")] == [2, 3]


def test_migrating_lays_them_again():
    lift_triggers()

    call_command("migrate", verbosity=0)

    assert missing_triggers() == []

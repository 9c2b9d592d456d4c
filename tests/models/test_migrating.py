"""A long table is migrated while others write to it."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from stories.models import Source
from stories.models.migrating import (
    AddIndexOfPostgresql,
    AddIndexWhileWritten,
    AddStatistics,
    CountMoreValues,
    UpdateInBatches,
)
from tests.factories import SourceFactory

NAME = "source_made_up"


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Source._meta.db_table)
    return {name for name, constraint in found.items() if constraint["index"]}


def apply(operation: Any, *, back: bool = False) -> None:
    before = ProjectState.from_apps(apps)
    after = before.clone()
    operation.state_forwards("stories", after)
    with connection.schema_editor(atomic=False) as editor:
        if back:
            operation.database_backwards("stories", editor, after, before)
        else:
            operation.database_forwards("stories", editor, before, after)


@pytest.mark.django_db(transaction=True)
def test_an_index_is_made_again_where_making_it_broke_off() -> None:
    operation = AddIndexWhileWritten("source", models.Index(fields=["title"], name=NAME))
    apply(operation)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pg_index SET indisvalid = FALSE WHERE indexrelid = %s::regclass", [NAME])

    apply(operation)

    assert NAME in indexes()
    apply(operation, back=True)
    assert NAME not in indexes()


@pytest.mark.django_db(transaction=True)
def test_every_row_is_handed_over_once_and_never_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stories.models.migrating._ROWS_AT_ONCE", 2)
    sources = {SourceFactory().pk for _ in range(5)}
    batches: list[list[int]] = []

    apply(UpdateInBatches("source", lambda rows: batches.append([row.pk for row in rows])))

    assert sorted(key for batch in batches for key in batch) == sorted(sources)
    assert max(map(len, batches)) == 2
    assert isinstance(UpdateInBatches("source", print), migrations.RunPython), "people are told to look at it"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no such statistics")
def test_statistics_of_columns_that_belong_together_are_kept_and_go_again() -> None:
    operation = AddStatistics("source", NAME, ["kind", "is_watched"])

    def there() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_statistic_ext WHERE stxname = %s", [NAME])
            return cursor.fetchone() is not None

    apply(operation)
    assert there()
    apply(operation, back=True)
    assert not there()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no such statistics")
def test_more_values_of_a_column_are_counted_and_as_many_as_usual_again() -> None:
    operation = CountMoreValues("source", "title", 500)

    def most() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                # As usual is -1, and nothing at all since PostgreSQL 17.
                "SELECT COALESCE(attstattarget, -1) FROM pg_attribute"
                " WHERE attname = 'title' AND attrelid = %s::regclass",
                [Source._meta.db_table],
            )
            return int(cursor.fetchone()[0])

    apply(operation)
    assert most() == 500
    apply(operation, back=True)
    assert most() == -1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such index")
def test_an_index_that_only_postgresql_has_is_made_again_where_making_it_broke_off() -> None:
    operation = AddIndexOfPostgresql("source", NAME, "(lower(title)) WHERE is_watched")

    apply(operation)
    apply(operation)

    assert NAME in indexes()
    apply(operation, back=True)
    assert NAME not in indexes()


def test_an_index_of_a_table_that_is_there_is_made_while_others_write_to_it() -> None:
    """By AddIndexWhileWritten, in a migration of which `atomic` is False."""
    waited_for = [
        f"{name}: {operation.index.name}"
        for (label, name), found in MigrationLoader(None).disk_migrations.items()
        if label == "stories"
        for operation in found.operations
        if isinstance(operation, migrations.AddIndex) and not _is_written_meanwhile(operation, found)
    ]

    assert waited_for == []


def _is_written_meanwhile(operation: migrations.AddIndex, migration: migrations.Migration) -> bool:
    new = {each.name_lower for each in migration.operations if isinstance(each, migrations.CreateModel)}
    is_new = operation.model_name.lower() in new
    return is_new or (isinstance(operation, AddIndexWhileWritten) and not migration.atomic)

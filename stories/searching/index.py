"""The index of words: triggers of the database keep it in step with the rows, in the same transaction.

History writes, bulk writes and whatever does not go through `save()` are followed too. Like those of the record, the
triggers are away while migrations run that may change a table; what was written meanwhile is mended at their end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import (
    AddIndex,
    AlterModelManagers,
    AlterModelOptions,
    CreateModel,
    Migration,
    RemoveIndex,
)
from django.db.migrations.operations.base import Operation

from stories.models.migrating import AddIndexOfPostgresql, CountMoreValues, CreateModels
from stories.searching.dialects import dialect_of, fit
from stories.searching.mending import mend_index
from stories.searching.statements import TEXTS, kind_of, let_go_of, write_of

_TABLE = "stories_searchable"
#: A plan of `migrate`: each migration, and whether it is taken back.
Plan: TypeAlias = Iterable[tuple[Migration, bool]]
#: What leaves every table that is there, and its triggers, as they are.
_ADDING = (
    AddIndex,
    AddIndexOfPostgresql,
    CountMoreValues,
    RemoveIndex,
    CreateModel,
    CreateModels,
    AlterModelOptions,
    AlterModelManagers,
)
#: What is looked at to tell whether a text has to be written again.
_SAID = {
    "stories_article": ("headline", "dek", "body", "byline", "slug", "saved_at"),
    "stories_claim": ("text", "standing", "article_id"),
    "stories_citation": ("exact", "article_id", "source_id", "claim_id", "created_at"),
    "stories_source": ("title", "url", "note", "is_watched", "merged_into_id", "created_at"),
    "stories_update": ("note", "version_id", "stated_at", "recorded_at", "article_id"),
    "stories_version": ("content",),
}


def lay_search_triggers(using: str = "default", **_signal: Any) -> None:
    """Keep the index in step from now on; nothing is done where it is kept so already."""
    connection = connections[using]
    if is_laid(using) or not _has_tables(connection):
        return
    with transaction.atomic(using=using):
        _run(connection, dialect_of(connection).prepare(connection))
        _run(connection, (statement for trigger in _triggers(connection) for statement in trigger))


def lift_search_triggers(using: str = "default", plan: Plan | None = None, **_signal: Any) -> None:
    """Leave the index as it is: for migrations (all that there may be, or `plan`) that may change a table."""
    connection = connections[using]
    if (plan is None or _may_change_tables(plan)) and _has_tables(connection):
        _run(connection, (dialect_of(connection).drop(name, table) for name, table in _names(connection)))


def follow_after_migrating(using: str = "default", plan: Plan = (), **_signal: Any) -> None:
    """Also what was written since a migration broke off, though none of what was left may change a table."""
    was_laid = is_laid(using)
    lay_search_triggers(using)
    if (not was_laid or _may_change_tables(plan)) and _has_tables(connections[using]):
        mend_index(using)


def _may_change_tables(plan: Plan) -> bool:
    """To compare every text takes minutes in a large newsroom: not for an index, or a table that is not searched."""
    return any(_may_change_texts(each) for migration, _ in plan for each in migration.operations)


def _may_change_texts(operation: Operation) -> bool:
    model = getattr(operation, "model_name", "").lower()
    is_elsewhere = model and f"stories_{model}" not in {_TABLE, *_SAID}
    return not is_elsewhere and not isinstance(operation, _ADDING)


def is_laid(using: str = "default") -> bool:
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(dialect_of(connection).listing)
        there = {name for (name,) in cursor.fetchall()}
    return {name for name, _ in _names(connection)} <= there


def _triggers(connection: BaseDatabaseWrapper) -> Iterable[list[str]]:
    dialect = dialect_of(connection)
    yield from dialect.own_triggers(_TABLE)
    for name, text in TEXTS.items():
        table = "stories_version" if name == "live" else f"stories_{kind_of(name)}"
        written = [fit(dialect, each) for each in _written(name, f"NEW.{text.key}")]
        after = [f"DELETE FROM {_TABLE} WHERE kind = '{kind_of(name)}' AND key = OLD.{text.key}"]
        if name == "live":
            after[0] += " AND part = 'live'"
            after += [fit(dialect, each) for each in _written(name, f"OLD.{text.key}")]
        yield dialect.trigger(table, "search_insert", "INSERT", "", written)
        yield dialect.trigger(table, "search_update", "UPDATE", dialect.changed(_SAID[table]), written)
        yield dialect.trigger(table, "search_delete", "DELETE", "", after)
    for parent, columns in (("article", ("headline", "created_at")), ("source", ("title", "url"))):
        again = [
            fit(dialect, write_of(name, f"{parent}_id", "NEW.id"))
            for name, text in TEXTS.items()
            if f"{parent}_id" in text.parents
        ]
        table = f"stories_{parent}"
        yield dialect.trigger(table, "search_rename", "UPDATE", dialect.changed(columns), again)


def _written(name: str, key: str) -> list[str]:
    """The text of this key, as its row says; a story's working copy goes by what readers have, too."""
    own = write_of(name, TEXTS[name].key, key)
    if name not in ("draft", "live"):
        return [own]
    draft = [write_of("draft", "id", key), let_go_of(key)]
    return draft if name == "draft" else [own, *draft]


def _names(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    nouns = [f"stories_{noun}" for noun in ("article", "version", "claim", "citation", "source", "update")]
    verbs = ("insert", "update", "delete")
    names = [(f"{table}_search_{verb}", table) for table in nouns for verb in verbs]
    renames = [(f"stories_{noun}_search_rename", f"stories_{noun}") for noun in ("article", "source")]
    return [*names, *renames, *((name, _TABLE) for name in dialect_of(connection).own_names)]


def _has_tables(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    return {_TABLE, *_SAID} <= tables


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

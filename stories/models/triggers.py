"""What is published is guarded by the database itself: it aborts every change of it, whoever asks.

The triggers are laid when migrations are done, and lifted before the next begin, because SQLite drops a table's
triggers with the table when a migration rebuilds it. They name every column that is there, later ones too.
What may still change: a reference to a person or a check that goes, and the text of a version whose takedown is in
the log, to exactly the tombstone that the takedown names. The audit log is guarded in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from stories.models.history import empty_in_history
from stories.models.takedown import NOTE_TAKEN_DOWN

_TAKEDOWN_TABLES = {"stories_takedown", "stories_leaf"}
_TAKEDOWN = (
    'EXISTS (SELECT 1 FROM stories_takedown JOIN stories_leaf ON stories_leaf."index" = stories_takedown.leaf_id '
    "WHERE stories_takedown.version_id = OLD.{version} AND stories_leaf.version_id = OLD.{version} "
    "AND stories_leaf.kind = 'takedown'{extra})"
)


@dataclass(frozen=True, slots=True)
class _Guard:
    """A table, which of its rows are published, and what a takedown may do to a column of them."""

    model: str
    published: str = "TRUE"
    taken_down: dict[str, str] = field(default_factory=dict)
    #: Which rows may go, whoever asks.
    may_go: str = "FALSE"
    #: Columns that tell a row, beside the key: putting another in its place is a change too.
    unique: Sequence[Sequence[str]] = ()


_GUARDS = (
    _Guard(
        "Version",
        taken_down={
            "content": _TAKEDOWN.format(version="id", extra=" AND stories_takedown.tombstone = NEW.content")
        },
        unique=[("article_id", "number")],
    ),
    _Guard(
        "Update",
        published="{row}.version_id IS NOT NULL",
        taken_down={
            "note": f"NEW.note = '{NOTE_TAKEN_DOWN}' AND {_TAKEDOWN.format(version='version_id', extra='')}"
        },
    ),
    _Guard(
        "Leaf",
        taken_down={"salt": f"NEW.salt = '' AND {_TAKEDOWN.format(version='version_id', extra='')}"},
        unique=[("update_id",)],
    ),
    _Guard("Checkpoint", unique=[("size",)]),
    _Guard("Takedown", unique=[("version_id",), ("leaf_id",)]),
    # Its address goes after a while, and the whole row if it was said when it was written that it would.
    _Guard("AuditEntry", taken_down={"address": "NEW.address = ''"}, may_go="{row}.kept_until < {now}"),
)


def lay_triggers(using: str = "default", **_signal: Any) -> None:
    """Guard every table of the record that is there; what guarded it before is replaced."""
    lift_triggers(using)
    connection = connections[using]
    _run(connection, _statements(connection))


def lift_triggers(using: str = "default", **_signal: Any) -> None:
    """Take the guard away: for migrations, and for whoever tests what happens without it."""
    connection = connections[using]
    _run(connection, [_dialect(connection).drop(name, table) for name, table in _names()])


def missing_triggers(using: str = "default") -> list[str]:
    """The triggers that should be there and are not; a table that migrations have yet to make needs none."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        cursor.execute(_dialect(connection).listing)
        there = {name for (name,) in cursor.fetchall()}
    return sorted(name for name, table in _names() if table in tables and name not in there)


def _names() -> list[tuple[str, str]]:
    tables = [apps.get_model("stories", guard.model)._meta.db_table for guard in _GUARDS]
    return [(f"{table}_no_{verb}", table) for table in tables for verb in ("insert", "update", "delete")]


def _statements(connection: BaseDatabaseWrapper) -> Iterable[str]:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        # After going back some migrations, what is there is guarded; without its tables there is no takedown.
        guards = [guard if tables >= _TAKEDOWN_TABLES else replace(guard, taken_down={}) for guard in _GUARDS]
        return [
            statement
            for guard in guards
            if apps.get_model("stories", guard.model)._meta.db_table in tables
            for statement in _guard_table(connection, cursor, guard)
        ]


def _guard_table(connection: BaseDatabaseWrapper, cursor: Any, guard: _Guard) -> list[str]:
    model = apps.get_model("stories", guard.model)
    table, key = model._meta.db_table, str(model._meta.pk.column)
    described = connection.introspection.get_table_description(cursor, table)
    columns = [column.name for column in described]
    dialect = _dialect(connection)
    allowed = " AND ".join(_unchanged(column, model, guard, dialect) for column in columns)
    published = guard.published.format(row="OLD")
    key_moved = f"NOT ({dialect.same(key)})"
    taken = " OR ".join(
        " AND ".join(f'there."{column}" = NEW."{column}"' for column in unique)
        for unique in [(key,), *guard.unique]
        if set(unique) <= set(columns)
    )
    there = (
        f'EXISTS (SELECT 1 FROM "{table}" AS there WHERE ({taken}) AND {guard.published.format(row="there")})'  # noqa: S608
    )
    return [
        *dialect.trigger(table, "insert", there),
        *dialect.trigger(table, "update", f"(({published}) AND NOT ({allowed})) OR {key_moved}"),
        *dialect.trigger(table, "delete", f"({published}) AND NOT {_may_go(guard, dialect)}"),
        *dialect.emptying(table, guard.published.format(row=f'"{table}"')),
    ]


def _may_go(guard: _Guard, dialect: _Sqlite | _Postgres) -> str:
    """NULL, where nothing was said, is not a yes."""
    return f"COALESCE({guard.may_go.format(row='OLD', now=dialect.now)}, FALSE)"


def _unchanged(column: str, model: type[models.Model], guard: _Guard, dialect: _Sqlite | _Postgres) -> str:
    """The condition under which this column of a published row stays what it has to be."""
    same = dialect.same(column)
    if column in guard.taken_down:
        return f"({same} OR ({guard.taken_down[column]}))"
    fields = {found.column: found for found in model._meta.concrete_fields}
    target = getattr(fields.get(column), "remote_field", None)
    if target is not None and target.on_delete in (models.SET_NULL, empty_in_history):
        return f'({same} OR NEW."{column}" IS NULL)'
    return f"({same})"


class _Sqlite:
    now = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
    listing = "SELECT name FROM sqlite_master WHERE type = 'trigger'"

    def same(self, column: str) -> str:
        return f'NEW."{column}" IS OLD."{column}"'

    def drop(self, name: str, _table: str) -> str:
        return f'DROP TRIGGER IF EXISTS "{name}"'

    def trigger(self, table: str, verb: str, refused: str) -> list[str]:
        return [
            f'CREATE TRIGGER "{table}_no_{verb}" BEFORE {verb.upper()} ON "{table}" WHEN {refused} '
            f"BEGIN SELECT RAISE(ABORT, 'what is published is written once: {table}'); END"
        ]

    def emptying(self, _table: str, _published: str) -> list[str]:
        return []  # SQLite empties a table by deleting its rows.


class _Postgres:
    now = "now()"
    listing = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"

    def same(self, column: str) -> str:
        return f'NEW."{column}" IS NOT DISTINCT FROM OLD."{column}"'

    def drop(self, name: str, table: str) -> str:
        verb = name.rpartition("_")[2]
        truncate = f'DROP TRIGGER IF EXISTS "{table}_no_truncate" ON "{table}";' if verb == "delete" else ""
        return f'{truncate} DROP TRIGGER IF EXISTS "{name}" ON "{table}"'

    def trigger(self, table: str, verb: str, refused: str) -> list[str]:
        result = "OLD" if verb == "delete" else "NEW"
        return [
            self._function(f"{table}_no_{verb}", table, refused, result),
            f'CREATE TRIGGER "{table}_no_{verb}" BEFORE {verb.upper()} ON "{table}" '
            f'FOR EACH ROW EXECUTE FUNCTION "{table}_no_{verb}"()',
        ]

    def emptying(self, table: str, published: str) -> list[str]:
        refused = f'EXISTS (SELECT 1 FROM "{table}" WHERE {published})'  # noqa: S608 - our own names
        return [
            self._function(f"{table}_no_truncate", table, refused, "NULL"),
            f'CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" '
            f'FOR EACH STATEMENT EXECUTE FUNCTION "{table}_no_truncate"()',
        ]

    def _function(self, name: str, table: str, refused: str, result: str) -> str:
        return (
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
            f"IF {refused} THEN RAISE EXCEPTION 'what is published is written once: {table}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {result}; END $$"
        )


def _dialect(connection: BaseDatabaseWrapper) -> _Sqlite | _Postgres:
    return _Sqlite() if connection.vendor == "sqlite" else _Postgres()


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

"""Migrations of long tables, while people and workers go on writing to them.

A migration with these has `atomic = False`: each is a step of its own, and may be begun again where it broke off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.models import Max, QuerySet

_ROWS_AT_ONCE = 10_000


class CreateModels(Operation):
    """Models that refer to each other, made at once: one by one, Django works out all of them anew for each."""

    def __init__(self, models: Sequence[migrations.CreateModel]) -> None:
        self.models = models

    def describe(self) -> str:
        return f"Create models {', '.join(each.name for each in self.models)}"

    def state_forwards(self, app_label: str, state: Any) -> None:
        # Whoever asks for it next has it worked out, once.
        state.__dict__.pop("apps", None)
        for each in self.models:
            each.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for each in self.models:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for each in reversed(self.models):
            each.database_backwards(app_label, schema_editor, from_state, to_state)


class CompareTexts(Operation):
    """Have the triggers of the search laid anew and its index compared with all texts, as after a table was changed.

    For a release whose triggers write other texts than those of before; taken back, the new code lays its own.
    """

    def describe(self) -> str:
        return "Compare the index of words with all texts"

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No table is another."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Done behind the migrations, where no table is locked."""

    database_backwards = database_forwards


class AddIndexWhileWritten(migrations.AddIndex):
    """As AddIndex; PostgreSQL lets others write to the table meanwhile."""

    atomic = False

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        # What broke off leaves an index behind: on PostgreSQL one that nothing is looked up in.
        name = schema_editor.quote_name(self.index.name)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            schema_editor.add_index(model, self.index, concurrently=True)
        else:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
            super().database_forwards(app_label, schema_editor, from_state, to_state)


class UpdateInBatches(migrations.RunPython):
    """Hand all rows of a table to `update`, some thousand a transaction: what it writes, others soon write again.

    It is to write the same when it is given a row once more. Taken back, it leaves the rows as they are.
    """

    def __init__(self, model_name: str, update: Callable[[QuerySet[Any]], object]) -> None:
        super().__init__(self._update_all, migrations.RunPython.noop, atomic=False)
        self.model_name, self._update = model_name, update

    def _update_all(self, apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        rows = apps.get_model("stories", self.model_name)._base_manager.using(schema_editor.connection.alias)
        last = rows.aggregate(last=Max("pk"))["last"] or 0
        for first in range(0, last + 1, _ROWS_AT_ONCE):
            self._update(rows.filter(pk__gte=first, pk__lt=first + _ROWS_AT_ONCE))


class AddStatistics(migrations.RunPython):
    """Have PostgreSQL count which values of these columns come together, which it takes for independent else."""

    def __init__(self, model_name: str, name: str, columns: Sequence[str]) -> None:
        super().__init__(self._add, self._remove, atomic=False)
        self.model_name, self.name, self.columns = model_name, name, columns

    def describe(self) -> str:
        return f"Count how {', '.join(self.columns)} of {self.model_name} come together"

    def _add(self, apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        quote = schema_editor.quote_name
        table = quote(apps.get_model("stories", self.model_name)._meta.db_table)
        columns = ", ".join(map(quote, self.columns))
        name = quote(self.name)
        schema_editor.execute(f"CREATE STATISTICS IF NOT EXISTS {name} (mcv) ON {columns} FROM {table}")
        schema_editor.execute(f"ANALYZE {table}")

    def _remove(self, _apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP STATISTICS IF EXISTS {schema_editor.quote_name(self.name)}")


class CountMoreValues(migrations.RunPython):
    """Have PostgreSQL know so many of a column's most frequent values, or ten times as many words, in place of 100.

    What it does not know it takes for half as frequent as the rarest that it does: by a longer list, for rarer.
    """

    def __init__(self, model_name: str, column: str, most: int) -> None:
        super().__init__(self._count_more, self._count_as_usual, atomic=False)
        self.model_name, self.column, self.most = model_name, column, most

    def describe(self) -> str:
        return (
            f"Count the {self.most} most frequent values of {self.column} of {self.model_name} on PostgreSQL"
        )

    def _count_more(self, apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        self._count(apps, schema_editor, self.most)

    def _count_as_usual(self, apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        self._count(apps, schema_editor, -1)

    def _count(self, apps: Any, schema_editor: BaseDatabaseSchemaEditor, most: int) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        table = schema_editor.quote_name(apps.get_model("stories", self.model_name)._meta.db_table)
        column = schema_editor.quote_name(self.column)
        schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {most}")
        schema_editor.execute(f"ANALYZE {table}")


class AddIndexOfPostgresql(migrations.RunPython):
    """An index that only PostgreSQL has, in its own words; others write to the table meanwhile.

    What its expression says is counted at once: a database that knows nothing of it chooses as it happens.
    """

    def __init__(self, model_name: str, name: str, words: str) -> None:
        super().__init__(self._add, self._remove, atomic=False)
        self.model_name, self.name, self.words = model_name, name, words

    def describe(self) -> str:
        return f"Create index {self.name} of {self.model_name} on PostgreSQL"

    def _add(self, apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        self._remove(apps, schema_editor)
        quote = schema_editor.quote_name
        table = quote(apps.get_model("stories", self.model_name)._meta.db_table)
        schema_editor.execute(f"CREATE INDEX CONCURRENTLY {quote(self.name)} ON {table} {self.words}")
        schema_editor.execute(f"ANALYZE {table}")

    def _remove(self, _apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {schema_editor.quote_name(self.name)}")

"""Which migrations the old code survives: what only adds may come before the new code, what takes away after."""

from __future__ import annotations

from django.db.migrations import Migration
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AlterField,
    AlterUniqueTogether,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
    RunPython,
    RunSQL,
)
from django.db.migrations.operations.base import Operation
from django.db.models.fields import NOT_PROVIDED

from stories.models.migrating import AddIndexOfPostgresql, AddStatistics, CountMoreValues

_TAKING_AWAY = (RemoveField, RenameField, DeleteModel, RenameModel)
_TO_BE_READ = (AlterField, AddConstraint, AlterUniqueTogether, RunPython, RunSQL)
#: Python that writes no row.
_OF_NO_DATA = (AddIndexOfPostgresql, AddStatistics, CountMoreValues)


def what_old_code_misses(migration: Migration) -> list[str]:
    """What the code of before could not go on with once this is applied; nothing for one that only adds."""
    return [said for operation in migration.operations if (said := _breaks(operation))]


def what_wants_a_look(migration: Migration) -> list[str]:
    """What only a person can tell: whether data that the old code writes is still welcome."""
    return [
        each.describe()
        for each in migration.operations
        if isinstance(each, _TO_BE_READ) and not isinstance(each, _OF_NO_DATA)
    ]


def _breaks(operation: Operation) -> str:
    if isinstance(operation, _TAKING_AWAY):
        return operation.describe()
    if isinstance(operation, AddField) and not _is_filled_without_the_code(operation):
        return f"{operation.describe()}, which the old code leaves empty"
    return ""


def _is_filled_without_the_code(operation: AddField) -> bool:
    """Django drops a default from the database again: a column has to be nullable, or keep one there."""
    field = operation.field
    has_default = getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED
    return bool(field.null or field.many_to_many or has_default or getattr(field, "generated", False))

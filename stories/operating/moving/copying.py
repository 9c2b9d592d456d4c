"""Rows go over in PostgreSQL's own bulk format; one that it could not hold is named before it fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.management.color import no_style
from django.db import connections, models
from django.db.utils import DataError, IntegrityError

from stories.operating.moving.errors import MoveRefused
from stories.operating.moving.tables import columns_of, rows_of

Field = models.Field


def copy_rows(model: type[models.Model], *, source: str, target: str, on_row: Callable[[], None]) -> int:
    """Copy a table whole, and return how many rows it has. Raises MoveRefused for a row that cannot go over."""
    connection, fields, count = connections[target], columns_of(model), 0
    quoted = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    statement = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({quoted}) FROM STDIN"
    try:
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows_of(model, using=source):
                refuse_unfit(model, fields, row)
                copy.write_row(
                    [
                        field.get_db_prep_save(value, connection)
                        for field, value in zip(fields, row, strict=True)
                    ]
                )
                count += 1
                on_row()
    except (DataError, IntegrityError) as error:
        said = str(error).partition("\n")[0]
        raise MoveRefused(f"PostgreSQL does not take a row of {model._meta.db_table}: {said}") from error
    return count


def refuse_unfit(model: type[models.Model], fields: list[Field], row: tuple[Any, ...]) -> None:
    """SQLite holds a NUL in a text and a text that is too long; PostgreSQL holds neither."""
    for field, value in zip(fields, row, strict=True):
        why = _why_unfit(field, value)
        if why:
            key = row[fields.index(model._meta.pk)] if model._meta.pk in fields else "?"
            raise MoveRefused(f"{model._meta.db_table}, row {key}, {field.column}: {why}")


def _why_unfit(field: Field, value: Any) -> str:
    if isinstance(value, str):
        if "\0" in value:
            return "it has a NUL character, which PostgreSQL does not hold. Take it out first."
        if field.max_length and isinstance(field, models.CharField) and len(value) > field.max_length:
            return f"it has {len(value)} characters, and may have {field.max_length}. Shorten it first."
    elif isinstance(field, models.JSONField) and "\\u0000" in json.dumps(value):
        return "its JSON has a NUL character, which PostgreSQL does not hold. Take it out first."
    return ""


def reset_sequences(moved: list[type[models.Model]], *, target: str) -> None:
    """The next row gets a key above all that came over."""
    connection = connections[target]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), moved):
            cursor.execute(statement)

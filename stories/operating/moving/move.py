"""The move itself: all of it in one transaction of the other database, compared before it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.management import call_command
from django.db import connections, models, transaction
from django.db.utils import DatabaseError, IntegrityError

from stories.operating.moving.comparing import root_of_log, sum_of
from stories.operating.moving.copying import copy_rows, reset_sequences
from stories.operating.moving.errors import MoveRefused
from stories.operating.moving.refusals import (
    has_tables,
    refuse_at_work,
    refuse_filled,
    refuse_other_than_postgresql,
    refuse_unmigrated,
)
from stories.operating.moving.tables import MADE_BY_MIGRATIONS, count_of, moving_models
from stories.searching.index import lay_search_triggers, lift_search_triggers
from stories.searching.mending import mend_index

SOURCE, TARGET = "default", "moving-to"
#: Is told the name of a step, and of how many rows it is; and then of each row.
Begin = Callable[[str, int], Callable[[], None]]


@contextmanager
def target_at(settings_of_database: dict[str, Any]) -> Iterator[None]:
    """Another database beside ours, under the name `TARGET`, for as long as this lasts."""
    databases = {SOURCE: connections.settings[SOURCE], TARGET: settings_of_database}
    connections.settings[TARGET] = connections.configure_settings(databases)[TARGET]
    try:
        yield
    finally:
        connections[TARGET].close()
        del connections[TARGET], connections.settings[TARGET]


def move_newsroom(*, now: datetime, begin: Begin) -> dict[str, int]:
    """Copy every row into `TARGET`, and return how many each table has. Raises MoveRefused, and then nothing is moved.

    Nobody can write here meanwhile; the triggers that guard the record are there from the first row on.
    """
    refuse_at_work(now=now)
    refuse_unmigrated(SOURCE)
    refuse_other_than_postgresql(TARGET)
    if not has_tables(TARGET):
        call_command("migrate", database=TARGET, verbosity=0)
    refuse_unmigrated(TARGET)
    refuse_filled(TARGET)
    with transaction.atomic(using=SOURCE), transaction.atomic(using=TARGET):
        return _move(moving_models(), begin)


def _move(moving: list[type[models.Model]], begin: Begin) -> dict[str, int]:
    _empty_what_migrations_made()
    lift_search_triggers(TARGET)
    moved = {}
    for model in moving:
        on_row = begin(f"Copying {model._meta.db_table}", count_of(model, using=SOURCE))
        moved[model._meta.db_table] = copy_rows(model, source=SOURCE, target=TARGET, on_row=on_row)
    _look_references_up()
    reset_sequences(moving, target=TARGET)
    mend_index(TARGET)
    lay_search_triggers(TARGET)
    for model in moving:
        _compare(model, begin)
    if root_of_log(using=SOURCE) != root_of_log(using=TARGET):
        raise MoveRefused("The record has another root over there.")
    _count_values()
    return moved


def _look_references_up() -> None:
    """Now, and not when it is too late to say so."""
    try:
        with connections[TARGET].cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        said = str(error).partition("\n")[0]
        raise MoveRefused(f"A row refers to one that is not there: {said}.") from error


def _count_values() -> None:
    """PostgreSQL does so by itself, but later, and until then it reads as if the tables were empty."""
    try:
        with connections[TARGET].cursor() as cursor:
            cursor.execute("ANALYZE")
    except DatabaseError as error:
        said = str(error).partition("\n")[0]
        raise MoveRefused(f"PostgreSQL could not count its values: {said}.") from error


def _empty_what_migrations_made() -> None:
    with connections[TARGET].cursor() as cursor:
        for table in MADE_BY_MIGRATIONS:
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - our own names


def _compare(model: type[models.Model], begin: Begin) -> None:
    table = model._meta.db_table
    on_row = begin(f"Comparing {table}", count_of(model, using=SOURCE))
    here, there = sum_of(model, using=SOURCE, on_row=on_row), sum_of(model, using=TARGET)
    if here != there:
        raise MoveRefused(f"{table} is not the same over there: {here.rows} rows here, {there.rows} there.")

"""What has to be so before a newsroom moves: nobody writes, both schemas are this code's, the other side is empty."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from stories.models import Pulse
from stories.models.pulse import TICK
from stories.operating.half_migrated import IS_HALF_MIGRATED, WHAT_TO_DO, is_half_migrated
from stories.operating.moving.errors import MoveRefused
from stories.operating.moving.tables import MADE_BY_MIGRATIONS, count_of, moving_models

#: A worker that ticked so short a time ago is at work still.
RECENTLY = timedelta(minutes=2)
_BOOKKEEPING = {*MADE_BY_MIGRATIONS, "django_migrations"}


def refuse_at_work(*, now: datetime) -> None:
    last = Pulse.last_beat(TICK)
    if last and now - last < RECENTLY:
        seconds = int((now - last).total_seconds())
        raise MoveRefused(
            f"The newsroom is at work: a worker ticked {seconds} s ago. Stop the web server, the workers and beat, "
            "and wait for two minutes."
        )


def refuse_other_than_postgresql(alias: str) -> None:
    if connections[alias].vendor != "postgresql":
        raise MoveRefused("The address is like postgres://newsroom:password@db/newsroom.")
    try:
        connections[alias].ensure_connection()
    except DatabaseError as error:
        raise MoveRefused(f"The database cannot be reached: {error}") from error


def refuse_unmigrated(alias: str) -> None:
    if is_half_migrated(alias):
        raise MoveRefused(f"{IS_HALF_MIGRATED} {WHAT_TO_DO}")
    loader = MigrationLoader(connections[alias])
    if set(loader.graph.nodes) - set(loader.applied_migrations):
        raise MoveRefused("Migrations are missing: manage.py migrate, and then move.")


def has_tables(alias: str) -> bool:
    connection = connections[alias]
    with connection.cursor() as cursor:
        return bool(connection.introspection.table_names(cursor))


def refuse_filled(alias: str) -> None:
    """Only what migrations have made may be there."""
    for model in moving_models():
        if model._meta.db_table not in _BOOKKEEPING and (count := count_of(model, using=alias)):
            raise MoveRefused(
                f"The database is not empty: {model._meta.db_table} has {count} rows. Move into a new one (createdb)."
            )

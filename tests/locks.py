"""A table that somebody else has locked, as a migration, a VACUUM FULL or a forgotten psql does; and who waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection


@contextmanager
def locked(table: str) -> Iterator[None]:
    # By a connection of its own: a pool would lend the same one.
    with psycopg.connect(_own_database()) as another:
        another.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


def is_anybody_waiting() -> bool:
    with connection.cursor() as cursor:
        # Within a transaction it is told what was so at the first question, again and again.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        # In this database: other tests have others on the same server.
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def _own_database() -> str:
    """Of this worker of the tests."""
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    known = {word: str(connection.settings_dict[name]) for word, name in names.items()}
    return psycopg.conninfo.make_conninfo(**{word: value for word, value in known.items() if value})

"""The database: which one, how it is set, whether its schema is this code's, and whether its clock agrees."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from stories.operating.finding import Finding, warning, well, wrong
from stories.operating.half_migrated import IS_HALF_MIGRATED, WHAT_TO_DO, is_half_migrated

OLDEST_POSTGRESQL = 15
CLOCKS_MAY_DIFFER = timedelta(seconds=2)
#: In PostgreSQL's words `disk_full` and `insufficient_privilege`.
_DISK_FULL, _NOT_ALLOWED = "53100", "42501"


def examine_database() -> Iterator[Finding]:
    yield from _examine_postgresql() if connection.vendor == "postgresql" else _examine_sqlite()
    yield from _examine_schema()


def _examine_postgresql() -> Iterator[Finding]:
    version = int(_ask("SHOW server_version_num"))
    said = f"PostgreSQL {version // 10000}.{version % 10000}"
    if version // 10000 < OLDEST_POSTGRESQL:
        yield warning("database", f"{said} is old.", f"Move to PostgreSQL {OLDEST_POSTGRESQL} or later.")
    else:
        yield well("database", f"{said} answers.")
    if _ask("SHOW transaction_read_only") == "on":
        yield wrong(
            "database",
            "It takes no writes.",
            "Let DATABASE_URL name the primary, and not a replica; there, set default_transaction_read_only = off.",
        )
    else:
        yield from _examine_room()
    if _ask("SHOW server_encoding") != "UTF8":
        yield wrong("database", "It does not keep every letter.", "Make it anew with ENCODING 'UTF8'.")
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        if _ask(f"SHOW {name}") == "off":
            said = f"With {name} off, a power cut can take back what was published."
            yield warning("database", said, f"Set {name} = on in postgresql.conf.")
    before, theirs, after = timezone.now(), _ask("SELECT clock_timestamp()"), timezone.now()
    yield from compare_clocks(theirs, before, after)


def _examine_room() -> Iterator[Finding]:
    """Its disk may be another machine's. Small changes still find their place for a while, and readers are served."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # A megabyte, of which nothing is left.
            cursor.execute("CREATE TEMPORARY TABLE room ON COMMIT DROP AS SELECT generate_series(1, 30000)")
            transaction.set_rollback(True)
    except DatabaseError as error:
        if _is_lost():
            raise
        yield _why_not_written(error)


def _is_lost() -> bool:
    return connection.connection is None or connection.connection.closed


def _why_not_written(error: DatabaseError) -> Finding:
    why = str(error).partition("\n")[0]
    state = getattr(error.__cause__, "sqlstate", None)
    if state == _NOT_ALLOWED:
        return warning(
            "database",
            f"Whether its disk has room cannot be tried: {why}",
            "GRANT TEMPORARY ON DATABASE … TO …, with the names that DATABASE_URL has.",
        )
    remedy = (
        "Make room on the disk of PostgreSQL at once: until then little is saved, published or told."
        if state == _DISK_FULL
        else "Look for the cause in the log of PostgreSQL: until then little may be saved, published or told."
    )
    return wrong("database", f"It does not take what is written: {why}", remedy)


def compare_clocks(theirs: datetime, before: datetime, after: datetime) -> Iterator[Finding]:
    """Theirs was read between our two times, however long the question took."""
    gap = max(before - theirs, theirs - after)
    if gap > CLOCKS_MAY_DIFFER:
        said = f"The clock of the database and that of this machine differ by {gap.total_seconds():.0f} s."
        yield warning("clock", said, "Let NTP set both; times on the record come from these clocks.")
    else:
        yield well("clock", "The clocks of the database and of this machine agree.")


def _examine_sqlite() -> Iterator[Finding]:
    yield well("database", f"SQLite {_ask('SELECT sqlite_version()')} in one file.")
    if _ask("PRAGMA journal_mode") != "wal":
        yield warning(
            "database",
            "Its file is not in WAL mode: readers and writers wait for each other.",
            "Keep it on a local disk, which no network file system is, and start the newsroom again.",
        )
    yield from _examine_file()


def _examine_file() -> Iterator[Finding]:
    """What the folder allows, the file may refuse: a backup that root has copied into its place is root's."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TABLE room (bytes)")
            transaction.set_rollback(True)
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_READONLY:
            remedy = "Make room on its disk, or end what holds the file: until then little is saved or told."
            yield wrong("database", f"It does not take what is written: {error}", remedy)
            return
        file = connection.settings_dict["NAME"]
        yield wrong(
            "database", "It takes no writes.", f"chown it to the newsroom’s account, and chmod 600: {file}"
        )


def _examine_schema() -> Iterator[Finding]:
    loader = MigrationLoader(connection)
    missing = sorted(set(loader.graph.nodes) - set(loader.applied_migrations))
    replaced = {name for migration in loader.replacements.values() for name in migration.replaces}
    newer = set(loader.applied_migrations) - set(loader.disk_migrations) - replaced
    ours = sorted(name for label, name in newer if label == "stories")
    if is_half_migrated():
        yield wrong("schema", IS_HALF_MIGRATED, WHAT_TO_DO)
    elif missing:
        said = f"{len(missing)} migrations are not applied, {missing[0][1]} first."
        yield wrong("schema", said, "manage.py migrate")
    elif ours:
        said = f"The database is newer than this code: {ours[-1]}."
        yield warning("schema", said, "Run the version of the newsroom that migrated it, or a later one.")
    else:
        yield well("schema", "Every migration is applied.")


def _ask(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]

"""Whether PostgreSQL takes what is written: with a full disk readers are served, and only who writes finds out."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from stories.operating.examination import examine
from stories.operating.examining.database import examine_database
from stories.operating.finding import Finding, Level
from stories.operating.impatience import LONGEST_SECONDS, Patience

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's disk is that of DATA_DIR"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Of half a megabyte, on which this connection writes."""
    if os.getuid() != 0:
        pytest.skip("only root mounts a small file system")
    folder = Path("/run") / f"small-disk-{os.getpid()}"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)], capture_output=True, text=True
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.skip(mounted.stderr)
    try:
        shutil.chown(folder, "postgres")
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLESPACE small LOCATION '{folder}'")
            cursor.execute("SET temp_tablespaces = small")
            yield
            cursor.execute("RESET temp_tablespaces")
            cursor.execute("DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


@pytest.fixture
def while_it_is_tried() -> Iterator[Callable[[str], None]]:
    """Has PostgreSQL do something else first whenever a temporary table is to be filled."""

    def do(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE FUNCTION meddle() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN {statement}; END$$; "
                "CREATE EVENT TRIGGER meddling ON ddl_command_start WHEN TAG IN ('CREATE TABLE AS') "
                "EXECUTE FUNCTION meddle()"
            )

    yield do
    with connection.cursor() as cursor:
        cursor.execute("DROP EVENT TRIGGER meddling; DROP FUNCTION meddle()")


@pytest.fixture
def without_temporary_tables() -> Iterator[None]:
    """This connection acts for a role that reads, and makes none."""
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC; "
            "CREATE ROLE frugal; GRANT SELECT ON ALL TABLES IN SCHEMA public TO frugal; SET ROLE frugal"
        )
        yield
        cursor.execute(
            f"RESET ROLE; DROP OWNED BY frugal; DROP ROLE frugal; GRANT TEMPORARY ON DATABASE {name} TO PUBLIC"
        )


def of_writing() -> list[Finding]:
    """Of the tests' own PostgreSQL the doctor has other things to say, too."""
    said = [each for each in examine_database() if each.what == "database" and each.level > Level.WELL]
    return [each for each in said if "power cut" not in each.said]


def test_the_doctor_says_that_nothing_more_is_written(small_disk: None) -> None:
    (found,) = of_writing()

    assert found.level is Level.WRONG
    assert "No space left on device" in found.said
    assert "Make room" in found.remedy


def test_a_role_that_makes_no_temporary_tables_keeps_the_doctor_from_nothing_else(
    without_temporary_tables: None,
) -> None:
    (found,) = of_writing()

    assert found.level is Level.WARNING
    assert "permission denied to create temporary tables" in found.said
    assert "GRANT TEMPORARY" in found.remedy


def test_of_what_takes_too_long_to_be_written_no_full_disk_is_told(
    while_it_is_tried: Callable[[str], None],
) -> None:
    while_it_is_tried("PERFORM pg_sleep(60)")

    with Patience(spent_seconds=LONGEST_SECONDS - 1).at_a_question():
        (found,) = of_writing()

    assert found.level is Level.WRONG
    assert "statement timeout" in found.said
    assert "Make room" not in found.remedy


def test_a_connection_that_breaks_off_meanwhile_is_told_as_one(
    while_it_is_tried: Callable[[str], None],
) -> None:
    while_it_is_tried("PERFORM pg_terminate_backend(pg_backend_pid())")

    last = list(examine(now=timezone.now()))[-1]

    assert "The database does not answer" in last.said
    assert "Make room" not in last.remedy

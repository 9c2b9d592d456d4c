"""A disk of PostgreSQL that is full: readers are served, and only who writes finds out."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from stories.operating.examining.database import examine_database
from stories.operating.finding import Level

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(os.getuid() != 0, reason="only root mounts a small file system"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Of half a megabyte, on which this connection writes."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's disk is that of DATA_DIR")
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


def test_the_doctor_says_that_nothing_more_is_written(small_disk: None) -> None:
    said = [each.said for each in examine_database() if each.level is Level.WRONG]

    assert len(said) == 1
    assert "No space left on device" in said[0]

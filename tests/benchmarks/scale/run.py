"""Fill two databases, a newsroom and a hundredth of it, and hold what is asked of the one against the other."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from rich.console import Console

from tests.benchmarks.scale.compare import MOST_TIMES, Row, as_table, compare
from tests.benchmarks.scale.sizes import FULL, Sizes
from tests.services import start_postgresql

#: As on a machine of its own, rather than PostgreSQL's defaults, which are for a laptop; what is lost with the machine
#: is filled again, and nobody vacuums while it is.
_SERVER = {
    "shared_buffers": "2GB",
    "effective_cache_size": "12GB",
    "random_page_cost": "1.1",
    "max_wal_size": "16GB",
    "checkpoint_timeout": "30min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "default_toast_compression": "lz4",
}


def run(*, stories: int, share: float) -> None:
    console = Console()
    sizes = FULL.share(stories / FULL.stories)
    names = {"less": f"{share:.0%}", "all": f"{sizes.stories:,} stories"}
    with tempfile.TemporaryDirectory(prefix="newsroom-scale-") as name:
        folder = Path(name)
        # PostgreSQL's own account has to come through.
        folder.chmod(0o755)
        os.environ.update(DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="newsroom.settings", LOG_LEVEL="ERROR")
        with start_postgresql(folder / "postgresql", **_SERVER) as server:
            addresses = [_database(server, database) for database in names]
            for address, each in zip(addresses, (sizes.share(share), sizes), strict=True):
                _fill(address, each)
            rows = []
            for row in compare(*addresses):
                console.print(f"{row.name}: {row.small_ms:.0f} → {row.large_ms:.0f} ms")
                rows.append(row)
            console.print(as_table(rows, names))
            _tell_what_does_not_hold(console, rows)


def _database(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server.rpartition('/')[0]}/{name}"


def _fill(address: str, sizes: Sizes) -> None:
    counts = [f"--{name}={getattr(sizes, name)}" for name in ("stories", "sources", "trail", "alerts")]
    command = [sys.executable, "-m", "tests.benchmarks.scale", "fill", *counts]
    # What was signed is remembered beside the database, and neither of the two is a copy of the other. Of connections
    # there are as many as hands.
    folder = Path(os.environ["DATA_DIR"], address.rpartition("/")[2])
    environment = {**os.environ, "DATABASE_URL": address, "DATA_DIR": str(folder), "DATABASE_POOL_SIZE": "0"}
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def _tell_what_does_not_hold(console: Console, rows: list[Row]) -> None:
    compared = [row for row in rows if row.is_alike]
    kept = sum(row.times <= MOST_TIMES for row in compared)
    console.print(f"{kept} of {len(compared)} keep to twice; {len(rows) - len(compared)} show no page there.")
    for row in compared:
        if not row.holds:
            console.print(
                f"\n[bold]{row.name}[/bold], {row.times:.1f} times; its slowest query:\n{row.slowest}"
            )

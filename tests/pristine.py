"""An empty newsroom's database, migrated once and copied from then on: the migrations take longer than most tests."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_ROOMS = ("migrations", "models", "searching")
#: What an empty database comes of: migrations, and what is laid behind them (triggers, the index of words).
MADE_OF = (
    *(path for room in _ROOMS for path in sorted((ROOT / "stories" / room).glob("*.py"))),
    ROOT / "stories" / "apps.py",
    ROOT / "requirements" / "base.txt",
)


def copy_pristine(to: Path) -> None:
    """Put a migrated database without rows there, for SQLite. Whoever is first makes it, and the others wait."""
    with _kept("sqlite3") as kept:
        if not kept.exists():
            _make(kept)
        shutil.copyfile(kept, to)


def restore_pristine(address: str, programs: Path) -> None:
    """Make the same of the empty database there, for PostgreSQL, whose programs are in that folder."""
    with _kept(f"{version_of(programs)}.dump") as kept:
        if kept.exists():
            words = ["--no-owner", "--exit-on-error", f"--dbname={address}", kept]
            subprocess.run([programs / "pg_restore", *words], check=True)
            return
        with tempfile.TemporaryDirectory(prefix="newsroom-pristine-") as folder:
            _migrate(Path(folder), address)
        dump, new = [programs / "pg_dump", "--format=custom"], kept.with_suffix(".new")
        subprocess.run([*dump, f"--file={new}", address], check=True)
        new.replace(kept)


def version_of(programs: Path) -> str:
    """Of PostgreSQL, such as 17: programs of another may not read what one has written."""
    told = subprocess.run([programs / "initdb", "--version"], check=True, capture_output=True, text=True)
    return re.findall(r"\d+", told.stdout)[0]


@contextmanager
def _kept(kind: str) -> Iterator[Path]:
    """Where it is kept, for one process at a time; what was made of something else is gone."""
    folder = ROOT / ".pytest_cache" / "pristine"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{_digest()}.{kind}"
    with (folder / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for old in folder.glob(f"*.{kind}"):
            if old != kept:
                old.unlink()
        yield kept


def _digest() -> str:
    made_of = hashlib.sha256()
    for path in MADE_OF:
        made_of.update(path.name.encode() + path.read_bytes())
    return made_of.hexdigest()


def _make(kept: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="newsroom-pristine-") as folder:
        database = Path(folder) / "newsroom.sqlite3"
        _migrate(Path(folder), f"sqlite:///{database}")
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(database, kept.with_suffix(".new"))
        kept.with_suffix(".new").replace(kept)


def _migrate(folder: Path, address: str) -> None:
    own = {"DATA_DIR": str(folder), "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **own}, check=True)

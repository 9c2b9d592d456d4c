"""An empty newsroom's database, migrated once and copied from then on: the migrations take longer than most tests.

Only for SQLite, where a database is a file.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: What an empty database comes of; Django renews the rest whenever it migrates: permissions, triggers.
_MADE_OF = (*sorted((ROOT / "stories" / "migrations").glob("*.py")), ROOT / "requirements" / "base.txt")


def copy_pristine(to: Path) -> None:
    """Put a migrated database without rows there. Whoever is first makes it, and the others wait."""
    folder = ROOT / ".pytest_cache" / "pristine"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{_digest()}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for old in folder.glob("*.sqlite3"):
                old.unlink()
            _make(kept)
        shutil.copyfile(kept, to)


def _digest() -> str:
    made_of = hashlib.sha256()
    for path in _MADE_OF:
        made_of.update(path.name.encode() + path.read_bytes())
    return made_of.hexdigest()


def _make(kept: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="newsroom-pristine-") as folder:
        database = Path(folder) / "newsroom.sqlite3"
        own = {
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{database}",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **own}, check=True)
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(database, kept.with_suffix(".new"))
        kept.with_suffix(".new").replace(kept)

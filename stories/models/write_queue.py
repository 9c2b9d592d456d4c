"""Who writes to SQLite next: whoever has waited longest.

SQLite lets those who wait for its lock look again and again, and whoever looks at the right moment has it: of eight
who write without a pause, one may wait for more than a minute, and then fail. So those who begin a transaction stand
in a queue, which the kernel keeps; only the first of them looks.
"""

from __future__ import annotations

import fcntl
import os
import weakref
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any


def stand_in_line(*, connection: Any, **_signal: Any) -> None:
    """Have the transactions of a new connection wait for their turn, where its database is a file of SQLite."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return
    if not any(isinstance(each, WriteQueue) for each in connection.execute_wrappers):
        # First, because whoever wraps for a while takes the last away again.
        connection.execute_wrappers.insert(0, WriteQueue(Path(connection.settings_dict["NAME"])))


class WriteQueue:
    """Wraps what a connection executes. It is held while a transaction begins, and not until it ends."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}-queue")

    @cached_property
    def _file(self) -> int:
        """Only to be locked, so that whoever may read it can, whichever account has made it."""
        number = os.open(self._path, os.O_RDONLY | os.O_CREAT, 0o644)
        weakref.finalize(self, os.close, number)
        return number

    def __call__(self, execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        if not sql.startswith("BEGIN"):
            return execute(sql, *more)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            return execute(sql, *more)
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

"""The embedded broker: messages wait in a table of SQLite until somebody takes them.

It may be lost with all that it holds, for the rows of the database are the truth.
"""

import sqlite3
from json import dumps, loads
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import virtual

# The whole message is inserted or taken by one statement, so no two processes ever get the same one.
_TABLE = (
    "CREATE TABLE IF NOT EXISTS message (id INTEGER PRIMARY KEY, queue TEXT NOT NULL, told TEXT NOT NULL)"
)
_PUT = "INSERT INTO message (queue, told) VALUES (?, ?)"
_HAS = "SELECT id FROM message WHERE queue = ? ORDER BY id LIMIT 1"
_TAKE = "DELETE FROM message WHERE id = ? RETURNING told"
_PATIENCE_SECONDS = 20
_MOST_TRIES = 100


class Channel(virtual.Channel):
    """Queues come into being with their first message."""

    supports_fanout = False
    _broker: sqlite3.Connection | None = None
    _file: tuple[int, int] | None = None

    def _execute(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        path = self.connection.client.hostname.removeprefix("sqlite:///")
        # Where the file was deleted, those who still have it open would hear nothing from those who open the next.
        if self._broker is not None and _identity(path) != self._file:
            self._let_go()
        if self._broker is None:
            Path(path).touch()
            self._file = _identity(path)
            self._broker = _open(path)
        return self._broker.execute(statement, values).fetchall()

    def _put(self, queue: str, message: dict[str, Any], **_options: object) -> None:
        self._execute(_PUT, queue, dumps(message))

    def _get(self, queue: str, timeout: float | None = None) -> Any:  # noqa: ARG002 - kombu gives it
        for _ in range(_MOST_TRIES):
            first = self._execute(_HAS, queue)
            if not first:
                break
            if taken := self._execute(_TAKE, *first[0]):
                return loads(taken[0][0])
        raise Empty

    def _size(self, queue: str) -> int:
        return int(self._execute("SELECT count(*) FROM message WHERE queue = ?", queue)[0][0])

    def _purge(self, queue: str) -> int:
        return len(self._execute("DELETE FROM message WHERE queue = ? RETURNING id", queue))

    def close(self) -> None:
        super().close()  # type: ignore[no-untyped-call]
        self._let_go()

    def _let_go(self) -> None:
        if self._broker is not None:
            self._broker.close()
            self._broker = None


class Transport(virtual.Transport):
    """A worker takes a message for each free hand and sleeps then: with kombu's second, two hands do two a second."""

    Channel = Channel
    polling_interval = 0.2
    can_parse_url = True
    driver_type = driver_name = "sqlite"
    connection_errors = channel_errors = (sqlite3.Error, OSError)  # type: ignore[assignment]

    def driver_version(self) -> str:
        return sqlite3.sqlite_version


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _open(path: str) -> sqlite3.Connection:
    """Its messages need not survive a power cut."""
    broker = sqlite3.connect(
        path,
        timeout=_PATIENCE_SECONDS,
        isolation_level=None,
        # A pool of connections hands them from thread to thread, to one at a time.
        check_same_thread=False,
    )
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-500", _TABLE):
        broker.execute(statement)
    return broker

"""Each message twice, and out of order: what a broker may do that promises to deliver at least once.

It is done where messages enter the broker, which is the real one, for as long as a file says so: of the two copies,
either may come before those that wait already. The second is a message of its own to the broker, with the same task in
it.
"""

from __future__ import annotations

import json
import os
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

#: Of a newsroom: where to note the messages.
FILE = "FAULTS_SHUFFLED"


def shuffle_if_asked() -> None:
    if path := os.environ.get(FILE):
        chance = random.Random(f"{path} {os.getpid()}")
        _shuffle_redis(Path(path), chance)
        _shuffle_embedded(Path(path), chance)


def messages_sent(path: Path) -> int:
    """Without their copies."""
    return path.stat().st_size if path.exists() else 0


@contextmanager
def shuffling(path: Path) -> Iterator[None]:
    """From now on, and not afterwards, though a process may then be about to note its last message."""
    path.write_bytes(b"")
    _asked_by(path).touch()
    try:
        yield
    finally:
        _asked_by(path).unlink()


def is_shuffling(path: Path) -> bool:
    return _asked_by(path).exists()


def note(path: Path, count: int = 1) -> None:
    """So many messages more, each of which was sent twice."""
    with path.open("ab") as file:
        file.write(b"." * count)


def _asked_by(path: Path) -> Path:
    return path.with_name(f"{path.name}-now")


def _copies(message: dict[str, Any], path: Path) -> list[dict[str, Any]]:
    note(path)
    other = deepcopy(message)
    other["properties"]["delivery_tag"] = str(uuid.uuid4())
    return [message, other]


def _shuffle_redis(path: Path, chance: random.Random) -> None:
    from kombu.transport.redis import Channel

    put_once = Channel._put

    def put(self: Any, queue: str, message: dict[str, Any], **options: Any) -> None:
        if not is_shuffling(path):
            put_once(self, queue, message, **options)
            return
        key = self._q_for_pri(queue, self._get_message_priority(message, reverse=False))
        with self.conn_or_acquire() as client:
            for copy in _copies(message, path):
                # What is taken next stands at the right.
                push = client.lpush if chance.random() < 0.5 else client.rpush
                push(key, json.dumps(copy))

    Channel._put = put


def _shuffle_embedded(path: Path, chance: random.Random) -> None:
    from newsroom.broker import Channel

    put_once = Channel._put

    def put(self: Any, queue: str, message: dict[str, Any], **options: Any) -> None:
        if not is_shuffling(path):
            put_once(self, queue, message, **options)
            return
        for copy in _copies(message, path):
            # The lowest is taken next.
            self._execute(
                "INSERT INTO message (id, queue, told) VALUES (?, ?, ?)",
                chance.getrandbits(60),
                queue,
                json.dumps(copy),
            )

    Channel._put = put  # type: ignore[method-assign]

"""The threads of a worker take turns at what keeps the processor busy.

Python lets one thread at a time go on, and two that both have work to do hand over to each other at every system call:
1,000 pages that were the same, looked at in two threads, cost a third more than in one. So a thread that is at
work has the processor to itself, and leaves it to another while it waits for servers.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: After so long a thread goes on beside the other, which may wait for a heavy page that another process reads.
PATIENCE_SECONDS = 2.0

_turn = threading.Lock()
_own = threading.local()


@contextmanager
def busy() -> Iterator[None]:
    """Wait for the turn, but not for ever, and have it to the end."""
    _take()
    try:
        yield
    finally:
        _leave()


@contextmanager
def idle() -> Iterator[None]:
    """While the thread waits for others, whoever wants the turn may have it."""
    was_mine = getattr(_own, "turn", None) is not None
    _leave()
    try:
        yield
    finally:
        if was_mine:
            _take()


def _take() -> None:
    _own.turn = _turn.acquire(timeout=PATIENCE_SECONDS)


def _leave() -> None:
    if getattr(_own, "turn", None):
        _turn.release()
    _own.turn = None

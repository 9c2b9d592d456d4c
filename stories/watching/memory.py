"""How much of the pages of a batch is held at once, whatever their servers send.

Pages grow into a pool that they share. One for which there is no room left is dropped, and read again alone: so
none of them waits half-read for another, and a slow server keeps nobody from being read.
"""

import asyncio
import ctypes
from functools import cache

#: Enough for fifty ordinary pages; a page that is read alone may be as large as any.
POOL_BYTES = 6_000_000
# glibc's mallopt(3).
_MMAP_THRESHOLD, _MMAP_BYTES = -3, 128 * 1024


class NoRoom(Exception):
    """The pool is full; what was read of this page was let go."""


@cache
def give_large_blocks_back() -> None:
    """Have the system take back a page's memory as soon as it is let go.

    glibc otherwise learns from the first large page to keep such blocks, and its heap falls to pieces.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _MMAP_BYTES)


class Memory:
    """The pool of one batch. All of it belongs to one event loop."""

    def __init__(self, *, pool_bytes: int = POOL_BYTES) -> None:
        self._free_bytes = pool_bytes
        self._alone = asyncio.Lock()

    def room(self) -> "Room":
        return Room(self)

    def take(self, size: int) -> None:
        """Raises NoRoom."""
        if size > self._free_bytes:
            raise NoRoom
        self._free_bytes -= size

    def give_back(self, size: int) -> None:
        self._free_bytes += size

    async def wait_to_be_alone(self) -> None:
        await self._alone.acquire()

    def leave(self) -> None:
        self._alone.release()


class Room:
    """The share of one page: `grow` is told how large it is by now, `close` when nobody holds it any more."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._size = 0
        self._is_alone = False

    def grow(self, size: int) -> None:
        """Raises NoRoom."""
        if not self._is_alone:
            self._memory.take(size - self._size)
            self._size = size

    async def wait_to_be_alone(self) -> None:
        self.close()
        await self._memory.wait_to_be_alone()
        self._is_alone = True

    def close(self) -> None:
        self._memory.give_back(self._size)
        self._size = 0
        if self._is_alone:
            self._is_alone = False
            self._memory.leave()

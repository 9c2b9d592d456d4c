"""How a worker's memory is kept, where the system's C library is glibc; elsewhere nothing is done (mallopt(3))."""

from __future__ import annotations

import ctypes
from typing import Final

_ARENA_MAX, _TRIM_THRESHOLD, _MMAP_THRESHOLD = -8, -1, -3
KEPT_BYTES: Final = 16_000_000
LARGE_BYTES: Final = 2_000_000


def share_one_heap() -> None:
    """Each thread would otherwise have a heap of its own, and holes in it."""
    _set(_ARENA_MAX, 1)


def keep_what_is_freed() -> None:
    """Up to 16 MB, but for pieces of 2 MB and more.

    Each page that is taken apart would otherwise give its memory back to the system and ask for it again, which is a
    tenth of what a check costs.
    """
    _set(_TRIM_THRESHOLD, KEPT_BYTES)
    _set(_MMAP_THRESHOLD, LARGE_BYTES)


def _set(parameter: int, value: int) -> None:
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(parameter, value)

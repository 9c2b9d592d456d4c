"""A cache in the memory of a process, of so many bytes at most: whoever asks for a page chooses how large it is."""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.locmem import LocMemCache

#: What is larger than this part of the room would put out nearly all else.
_LARGEST_PART = 8


class BoundedMemoryCache(LocMemCache):
    """What has not been asked for the longest goes first. `MOST_BYTES` is among its OPTIONS."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, params)
        self._most_bytes: int = params["OPTIONS"]["MOST_BYTES"]

    def _set(self, key: str, value: bytes, *timeout: Any) -> None:
        """Called by whatever keeps something, which holds the cache's lock. The types do not know that it is there."""
        cache: Any = self
        parent: Any = super()
        if len(value) > self._most_bytes // _LARGEST_PART:
            cache._delete(key)
            return
        parent._set(key, value, *timeout)
        while sum(map(len, cache._cache.values())) > self._most_bytes:
            cache._delete(next(reversed(cache._cache)))

"""A figure that is dear to count is kept for a moment, with the time as of which it is true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Generic, TypeVar

from django.core.cache import cache

KEPT_SECONDS = 60
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Kept(Generic[Value]):
    value: Value
    as_of: datetime


def kept(*key: object, make: Callable[[], Value], now: datetime) -> Kept[Value]:
    """What `make` returns, or returned within the last minute for the same key."""
    name = f"glance:{sha256(repr(key).encode()).hexdigest()}"
    found: Kept[Value] | None = cache.get(name)
    # A clock that was set back makes nothing young again.
    if found is None or not 0 <= (now - found.as_of).total_seconds() < KEPT_SECONDS:
        found = Kept(make(), now)
        cache.set(name, found, KEPT_SECONDS)
    return found

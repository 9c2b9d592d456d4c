"""The one thread that runs from a check through its alerts and deliveries to the version that it led to.

It is made of the check's key, which stands in every one of these rows: so it outlives whatever message is lost. What
no check has caused is followed under the name of the request or the task that it began with.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_trail: ContextVar[str] = ContextVar("trail", default="")


def trail_of_check(check_id: int | None) -> str:
    return f"check-{check_id}" if check_id else ""


def current_trail() -> str:
    """Empty where nothing is followed."""
    return _trail.get()


@contextmanager
def following(trail: str) -> Iterator[None]:
    """Whatever is logged or asked for meanwhile belongs to this trail; an empty one changes nothing."""
    token = _trail.set(trail or _trail.get())
    try:
        yield
    finally:
        _trail.reset(token)

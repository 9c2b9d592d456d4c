"""What a machine of others' tells in a field of its own, as far as it can be kept: a line of words, a moment."""

from __future__ import annotations

from datetime import datetime

from stories.text.unseen import lines_as_seen

__all__ = ["line_of", "moment_of"]


def line_of(text: str) -> str:
    """The words on one line, without what is no character of a text. Linear.

    >>> line_of("Bridge\\x00\\n\\u202e closes")
    'Bridge closes'
    """
    return " ".join(lines_as_seen(text).split())


def moment_of(stated: datetime | None) -> datetime | None:
    """None also for a year that no newsroom means: at either end of the calendar another zone leads beyond it."""
    return stated if stated and 1000 <= stated.year <= 9998 else None

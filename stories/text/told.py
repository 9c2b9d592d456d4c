"""What a machine of others' tells in a field of its own, as far as it can be kept: a line of words, a moment."""

from __future__ import annotations

import re
from datetime import datetime

__all__ = ["line_of", "moment_of"]

#: Controls, halves of characters, and what turns the direction of all that follows (Unicode UAX #9).
_NO_WORDS = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def line_of(text: str) -> str:
    """The words on one line, without what is no character of a text. Linear.

    >>> line_of("Bridge\\x00\\n\\u202e closes")
    'Bridge closes'
    """
    return " ".join(_NO_WORDS.sub("", text).split())


def moment_of(stated: datetime | None) -> datetime | None:
    """None also for a year that no newsroom means: at either end of the calendar another zone leads beyond it."""
    return stated if stated and 1000 <= stated.year <= 9998 else None

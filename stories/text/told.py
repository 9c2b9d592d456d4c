"""What a machine of others tells in a field of its own, as far as it can be kept: a line of words, a moment, a key."""

from __future__ import annotations

from datetime import datetime, timedelta

from stories.text.unseen import lines_as_seen

__all__ = ["is_key", "line_of", "moment_in", "moment_of"]

#: No place has ever been so far from UTC, and PostgreSQL refuses it.
_TOO_FAR = timedelta(hours=16)


def is_key(text: str) -> bool:
    """Whether it can be the key of a row: no database is asked for a larger number, nor is one read without end.

    >>> is_key("17"), is_key("-1"), is_key("²"), is_key("9" * 19)
    (True, False, False, False)
    """
    return text.isascii() and text.isdecimal() and len(text) < 19


def line_of(text: str) -> str:
    """The words on one line, without what is no character of a text. Linear.

    >>> line_of("Bridge\\x00\\n\\u202e closes")
    'Bridge closes'
    """
    return " ".join(lines_as_seen(text).split())


def moment_in(text: str) -> datetime | None:
    """The moment that text names in the form of ISO 8601, zone and all; None where it names none.

    >>> moment_in("2026-01-01T09:00Z").hour, moment_in("2026-01-01T09:00"), moment_in("soon")
    (9, None, None)
    """
    try:
        moment = moment_of(datetime.fromisoformat(text))
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def moment_of(stated: datetime | None) -> datetime | None:
    """None also for what no newsroom means: a zone that is nowhere, or a year that another zone leads out of.

    >>> moment_of(datetime.fromisoformat("2026-01-01T09:00+23:59")) is None
    True
    """
    if stated is None or not 1000 <= stated.year <= 9998:
        return None
    return stated if abs(stated.utcoffset() or timedelta()) < _TOO_FAR else None

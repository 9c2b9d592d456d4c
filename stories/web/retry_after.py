"""When a server asks us to come back: the Retry-After header (RFC 9110, section 10.2.3)."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# Ten digits are three hundred years; whatever is longer is nonsense, and too large for a timedelta.
_LONGEST = 10


def parse_retry_after(value: str, *, now: datetime) -> timedelta | None:
    """Return the wait asked for, in seconds or as a date; None for a date gone by and for what is neither.

    >>> parse_retry_after("120", now=datetime(2026, 3, 2, tzinfo=UTC))
    datetime.timedelta(seconds=120)
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=int(value[:_LONGEST]))
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at - now if at > now else None

"""What is let go by night: rows that were of use for a while only, some at a time.

Looks and copies have their own way (`watching.folding`, `watching.retention`), because something may rest on them.
Never let go are the record, versions, verdicts, alerts and what was answered, and the private trail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from stories.accounts.patience import old_guesses
from stories.alerting.settled import old_deliveries, old_digests
from stories.models import Presence

#: As many keys as any database takes in one statement, and as many as go in one short transaction.
ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Remains:
    """Rows of a kind that have had their time, and why."""

    what: str
    why: str
    rows: Callable[[datetime], QuerySet[Any]]


def checks_are_kept() -> timedelta:
    return timedelta(days=settings.CHECKS_KEEP_DAYS)


def remains() -> Iterator[Remains]:
    days = settings.DELIVERIES_KEEP_DAYS
    keep, why = timedelta(days=days), f"settled, older than {days} days, and followed by another"
    yield Remains("messages of answered alerts", why, lambda now: old_deliveries(keep=keep, now=now))
    yield Remains(
        "digests", f"older than {days} days, without a message", lambda now: old_digests(keep=keep, now=now)
    )
    yield Remains("sessions", "expired", lambda now: Session.objects.filter(expire_date__lt=now))
    yield Remains("people at a story", "gone", lambda now: Presence.objects.filter(expires_at__lt=now))
    yield Remains("counts of guesses", "forgotten", lambda now: old_guesses(now=now))


def let_some_go(kind: Remains, *, now: datetime) -> int:
    """Delete some of them in a transaction of their own, and return how many; 0: nothing is left to do."""
    with transaction.atomic():
        # Whoever takes one up at this moment has it locked, and keeps it.
        rows = kind.rows(now).select_for_update(skip_locked=True, of=("self",)).order_by("pk")
        keys = list(rows.values_list("pk", flat=True)[:ROWS_AT_ONCE])
        QuerySet(rows.model).filter(pk__in=keys).delete()
    return len(keys)

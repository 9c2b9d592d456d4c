"""Guesses at passwords and codes are slowed down, and nobody is locked out by the guesses of others.

Each guess counts for the name, for the address that it came from and for all together; past what is free, each
wrong one makes the next wait twice as long, up to a bound. A browser on which somebody has signed in before has a
count of its own for that person, and looks at no other: whoever guesses at a name from elsewhere does not make its
owner wait (after OWASP's device cookies). A link by mail makes a browser known, so it leads past any queue.

A guess is counted before it is looked at, so that many at once are no way round.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from stories.auditing.whereabouts import counted
from stories.models import Guesses


class TooSoon(Exception):
    """The guess was not looked at: the next is taken at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"no guess before {until}")
        self.until = until


@dataclass(frozen=True, slots=True)
class Budget:
    """So many guesses are free; each after that waits twice as long as the one before, at most `longest`."""

    free: int
    longest: timedelta
    forgotten: timedelta

    def wait(self, count: int) -> timedelta:
        beyond = count - self.free
        return min(timedelta(seconds=2 ** min(beyond, 20)), self.longest) if beyond >= 0 else timedelta()


OF_NAME = Budget(free=5, longest=timedelta(minutes=15), forgotten=timedelta(hours=12))
OF_ADDRESS = Budget(free=25, longest=timedelta(minutes=15), forgotten=timedelta(hours=1))
# Never long: it slows everybody who comes to a browser for the first time.
OF_ALL = Budget(free=200, longest=timedelta(seconds=20), forgotten=timedelta(minutes=15))
# Of links that anybody can have mailed to somebody: more would bury what else is in their mailbox.
OF_LINKS = Budget(free=5, longest=timedelta(hours=1), forgotten=timedelta(hours=1))
#: Longer than any code of an app is good for, and shorter than until one comes again by chance.
SPENT_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Turn:
    """A guess that was taken, and what it was counted for; the first is the name's."""

    counts: Sequence[tuple[str, Budget]]


@transaction.atomic
def take_turn(name: str, *, address: str, device: str, now: datetime) -> Turn:
    """Count a guess at this name, before it is looked at. `device` is the browser's, where it is known for the name.

    Raises TooSoon where one of the counts has to wait, and counts nothing then.
    """
    turn = Turn(_counts(name, address, device))
    rows = [_row(key, budget, now) for key, budget in turn.counts]
    # What is free has no wait, however late this one came to the rows that others have just counted.
    waits = [
        row.free_at for row, (_, budget) in zip(rows, turn.counts, strict=True) if budget.wait(row.count)
    ]
    until = max(waits, default=now)
    if until > now:
        raise TooSoon(until)
    for row, (_, budget) in zip(rows, turn.counts, strict=True):
        row.count += 1
        row.last_at, row.free_at = now, now + budget.wait(row.count)
        row.save()
    return turn


def spend(code: str, *, now: datetime) -> bool:
    """False where this was spent before: what opens once is remembered where every process looks."""
    key = _key("spent", code)
    _, is_first = Guesses.objects.get_or_create(
        key=key, defaults={"last_at": now, "free_at": now + SPENT_FOR}
    )
    if is_first:
        return True
    return bool(Guesses.objects.filter(key=key, free_at__lt=now).update(last_at=now, free_at=now + SPENT_FOR))


@transaction.atomic
def take_link(name: str, *, now: datetime) -> bool:
    """False where so many were taken of late, each of which works, that one more helps nobody.

    One that is refused does not count: whoever goes on asking keeps nobody from a link for longer.
    """
    row = _row(_key("link", name), OF_LINKS, now)
    if row.count >= OF_LINKS.free:
        return False
    row.count += 1
    row.last_at = row.free_at = now
    row.save()
    return True


@transaction.atomic
def give_back(turn: Turn, *, now: datetime) -> None:
    """It was no guess, it was right: the name starts anew, and the other counts forget this one, and no more."""
    for place, (key, budget) in enumerate(turn.counts):
        row = _row(key, budget, now)
        row.count = max(row.count - 1, 0) if place else 0
        row.free_at = now
        row.save()


def old_guesses(*, now: datetime) -> QuerySet[Guesses]:
    """Counts that nobody asks for any more."""
    return Guesses.objects.filter(last_at__lt=now - OF_NAME.forgotten)


def _counts(name: str, address: str, device: str) -> list[tuple[str, Budget]]:
    if device:
        return [(_key("device", device, name), OF_NAME)]
    # Always in the order of their keys' kinds: two guesses at once lock them in the same order.
    return [
        (_key("name", name), OF_NAME),
        (_key("address", counted(address)), OF_ADDRESS),
        (_key("all"), OF_ALL),
    ]


def _row(key: str, budget: Budget, now: datetime) -> Guesses:
    locked = Guesses.objects.select_for_update()
    row, _ = locked.get_or_create(key=key, defaults={"last_at": now, "free_at": now})
    if row.last_at < now - budget.forgotten:
        row.count = 0
    return row


def _key(*parts: str) -> str:
    # A database compares in capitals: a dotless i is an I to it, and would be a name of its own to `casefold` alone.
    text = "\x00".join(part.upper().casefold().strip() for part in parts)
    return hmac.new(settings.SECRET_KEY.encode(), f"guesses:{text}".encode(), hashlib.sha256).hexdigest()

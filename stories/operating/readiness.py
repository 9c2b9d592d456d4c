"""Whether the newsroom does its work: a few questions, each answered by an index or a single row.

They are of the whole newsroom, and not of the process that is asked: a load balancer asks `/healthz`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from stories.alerting.mail_server import away_since
from stories.models import Delivery, Digest, Publication, Pulse, Verification, Watch
from stories.models.pulse import TICK
from stories.operating.broker import broker_error
from stories.operating.impatience import Patience
from stories.publishing.in_step import in_step

#: So many ticks may be missed, because a worker may be at something long.
TICKS_MISSED = 8
LEAST_PATIENCE = timedelta(minutes=2)

#: A replica, or a server that somebody has set so, answers every page of readers, and keeps nothing.
_TAKES_WRITES = {"postgresql": "SELECT current_setting('transaction_read_only') = 'off'"}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that has to work: what stands in the way, empty where nothing does, and figures of it."""

    name: str
    trouble: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    is_unreadable: bool = False

    @property
    def is_well(self) -> bool:
        return not self.trouble


def read_readiness(*, now: datetime, asked_with: Patience | None = None) -> list[Part]:
    """Every part; without its database, nothing else can be told of a newsroom."""
    asked_with = asked_with or Patience()
    database = _database(asked_with)
    if not database.is_well:
        return [database, _broker()]
    return [database, _broker(), *_by_rows(now, asked_with)]


def _database(asked_with: Patience) -> Part:
    try:
        with asked_with.at_a_question(), connection.cursor() as cursor:
            cursor.execute(_TAKES_WRITES.get(connection.vendor, "SELECT 1"))
            takes_writes = cursor.fetchone()[0]
    except DatabaseError as error:
        return Part("database", f"It does not answer ({type(error).__name__}).")
    if not takes_writes:
        return Part("database", "It takes no writes.", {"vendor": connection.vendor})
    return Part("database", facts={"vendor": connection.vendor})


def _broker() -> Part:
    error = broker_error()
    return Part("broker", f"It takes nothing from us ({error})." if error else "")


def _by_rows(now: datetime, asked_with: Patience) -> Iterator[Part]:
    for name, ask in _QUESTIONS.items():
        try:
            with asked_with.at_a_question():
                part = ask(name, now)
        except DatabaseError as error:
            part = Part(name, unreadable(error), is_unreadable=True)
        yield part


def unreadable(error: DatabaseError) -> str:
    why = f"It cannot be read ({type(error).__name__})"
    return f"{why}: are all migrations applied, and is no table locked?"


def _schedule(name: str, now: datetime) -> Part:
    last = Pulse.last_beat(TICK)
    if last is None:
        return Part(name, "No worker has done a tick yet: the schedule or the workers are not running.")
    silent, patience = (
        now - last,
        max(LEAST_PATIENCE, TICKS_MISSED * timedelta(seconds=settings.TICK_SECONDS)),
    )
    said = f"The last tick is {_seconds(silent)} s ago: the schedule or the workers are not running."
    return Part(name, said if silent > patience else "", {"seconds_since_tick": _seconds(silent)})


def _overdue(what: str, oldest: Callable[[datetime], datetime | None]) -> Callable[[str, datetime], Part]:
    def ask(name: str, now: datetime) -> Part:
        since = oldest(now)
        late = now - since if since else timedelta(0)
        trouble = f"{what} has been due for {_seconds(late)} s." if late > patience() else ""
        return Part(name, trouble, {"overdue_seconds": _seconds(late)})

    return ask


def patience() -> timedelta:
    """How late work may be before somebody has to look after it."""
    return timedelta(seconds=settings.READY_OVERDUE_SECONDS)


def _oldest_check(now: datetime) -> datetime | None:
    return Watch.objects.due(now).values_list("due_at", flat=True).first()


def _oldest_letter(now: datetime) -> datetime | None:
    due = [
        rows.due(now).values_list("next_try_at", flat=True).first()
        for rows in (Delivery.objects, Digest.objects)
    ]
    return min(filter(None, due), default=None)


def _mail(name: str, now: datetime) -> Part:
    since = away_since()
    away = now - since if since else timedelta(0)
    trouble = f"The mail server has taken no letter for {_seconds(away)} s." if away > patience() else ""
    return Part(name, trouble, {"away_seconds": _seconds(away)})


def _oldest_publication(now: datetime) -> datetime | None:
    due = Publication.objects.due(now=now).order_by("publish_at")
    return due.values_list("publish_at", flat=True).first()


def _record(name: str, now: datetime) -> Part:
    standing = in_step(now=now, patience=patience())
    return Part(name, standing.trouble, {"leaves": standing.leaves, "unsigned_leaves": standing.unsigned})


def _verification(name: str, now: datetime) -> Part:
    """What was found by night: to verify the record takes too long for whoever asks."""
    last = Verification.last()
    if last is None or last.verified_at is None:
        return Part(name)
    facts = {"seconds_since_verified": _seconds(now - last.verified_at), "flaws": last.flaw_count}
    return Part(name, _against(last) if last.flaw_count else "", facts)


def _against(last: Verification) -> str:
    sound = (
        f"last found sound at {last.sound_at:%Y-%m-%d %H:%M} UTC" if last.sound_at else "never found sound"
    )
    return (
        f"The record does not verify since {last.unsound_since:%Y-%m-%d %H:%M} UTC ({sound}). "
        f"Flaws: {last.flaw_count}, of which the first: {last.flaws.partition(chr(10))[0]}"
    )


def _seconds(span: timedelta) -> int:
    return max(0, int(span.total_seconds()))


_QUESTIONS: dict[str, Callable[[str, datetime], Part]] = {
    "schedule": _schedule,
    "checks": _overdue("A check", _oldest_check),
    "alerts": _overdue("An alert or a digest", _oldest_letter),
    "mail": _mail,
    "publications": _overdue("A scheduled publication", _oldest_publication),
    "record": _record,
    "verification": _verification,
}

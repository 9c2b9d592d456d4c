"""What a look leaves in its watch: how it ended, what the page said before, and when the next one is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from random import random

from django.db import connection

from stories.models import Check, Watch
from stories.models.words import BELIEVED
from stories.text.extract import EXTRACTOR_VERSION
from stories.watching.alternation import Turn
from stories.watching.known import Known
from stories.watching.limits import bounds_of_pace
from stories.watching.look import Judged, Look
from stories.watching.reading import Reading
from stories.watching.schedule import Facts, NextLook, after_failure, after_reading, after_suspicion
from stories.watching.weigh import Finding

_CHANGING = [
    field for field in Watch._meta.concrete_fields if not field.primary_key and field.name != "source"
]


def note_in_watch(watch: Watch, judged: Judged, *, check: Check, now: datetime) -> None:
    look, reading, finding = judged.look, judged.reading, judged.finding
    is_read = reading.outcome in BELIEVED
    watch.outcome, watch.reason = finding.outcome, finding.reason or reading.reason
    watch.counted_in_id = check.pk if judged.finds_nothing_new else None
    watch.is_suspected = finding.is_suspected
    watch.failure_count = 0 if is_read else watch.failure_count + 1
    if finding.strikes != watch.strike_count:
        watch.strike_count, watch.struck_at = finding.strikes, look.started_at if finding.strikes else None
    watch.checked_at = now
    if is_read:
        watch.read_at = now
    if is_read and finding.is_confirmed:
        watch.etag, watch.last_modified = reading.etag, reading.last_modified
        watch.read_with = EXTRACTOR_VERSION
        watch.moved_to = reading.moved_to
    if is_read and reading.status != HTTPStatus.NOT_MODIFIED:
        watch.sent_at = now
    if finding.becomes_baseline:
        _follow_turns(watch, look.known, finding)
        watch.snapshot = check.snapshot
    if finding.has_confirmed_change:
        watch.changed_at = now
    # Somebody who asked for another look while this one was under way gets it.
    if watch.due_at == look.known.watch.due_at:
        due = _next_look(watch, look, reading, finding, now=now)
        watch.due_at, watch.pace = due.due_at, due.pace


def write_watches(watches: Sequence[tuple[Watch, Watch]]) -> None:
    """What was and what is to be. One statement for all of them: a third of what the ORM’s ways of doing so cost.

    It names the columns of which any watch has another value now, which are few where the pages are as they were.
    """
    if not watches:
        return
    differing = [
        field
        for field in _CHANGING
        if any(getattr(was, field.attname) != getattr(now, field.attname) for was, now in watches)
    ]
    columns = [(field, connection.ops.quote_name(str(field.column))) for field in differing]
    table, key = (
        connection.ops.quote_name(str(name)) for name in (Watch._meta.db_table, Watch._meta.pk.column)
    )
    assignments = ", ".join(f"{column} = %s" for _field, column in columns)
    rows = [
        [
            *(
                field.get_db_prep_save(getattr(watch, field.attname), connection)
                for field, _column in columns
            ),
            watch.pk,
        ]
        for _was, watch in watches
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {assignments} WHERE {key} = %s", rows)  # noqa: S608 - our names


def _follow_turns(watch: Watch, known: Known, finding: Finding) -> None:
    """Remember what the page said before, and whether it goes back to that."""
    match finding.turn:
        case None:
            return
        case Turn.NEW:
            watch.return_count, watch.is_alternating = 0, False
        case Turn.RETURNED:
            watch.return_count, watch.is_alternating = known.returns + 1, False
        case _:
            watch.is_alternating = True
    watch.previous = known.baseline


def _next_look(watch: Watch, look: Look, reading: Reading, finding: Finding, *, now: datetime) -> NextLook:
    bounds, facts = bounds_of_pace(), _facts(watch, look)
    if reading.outcome in BELIEVED and (finding.is_suspected or not finding.is_confirmed):
        return after_suspicion(bounds, now=now)
    if reading.outcome in BELIEVED:
        # Chance only keeps sources apart that would otherwise come due together for ever.
        return after_reading(facts, bounds, now=now, draw=random())  # noqa: S311
    return after_failure(
        facts, bounds, now=now, failure_count=watch.failure_count, retry_after=reading.retry_after
    )


def _facts(watch: Watch, look: Look) -> Facts:
    pinned = look.known.source.check_interval_seconds
    due_at = look.known.watch.due_at or look.started_at
    young_since = [look.known.young_since, *filter(None, [watch.changed_at])]
    return Facts(
        young_since=max(young_since),
        pinned_to=timedelta(seconds=pinned) if pinned else None,
        was_late_by=look.started_at - due_at,
    )

"""Showing, doing and undoing: first what would become of each row, then the same, written down row by row.

What few rows are is done in one transaction. More are done in stretches of one transaction each, because the embedded
database lets nobody else write meanwhile; each row says whether it is done, so a worker that dies leaves the rest to
the next.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from stories.auditing.entries import called_many, write_entry
from stories.changing.deed import Change, Deed, RowRefused
from stories.changing.deeds import DEEDS
from stories.changing.removal import model_named
from stories.models import Act, Bulk, BulkRow, User
from stories.models.bulk import BulkRowState, BulkState

#: So many rows at most: of more nobody would read what becomes of them.
MOST_ROWS = 5_000
#: So many are done in one transaction, and at once.
STRETCH = 200
_LEASE = timedelta(minutes=3)
_SPELL = timedelta(minutes=2)

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A row, and what would become of it, or why it is skipped."""

    row: Any
    change: Change | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    changed: list[Foreseen]
    skipped: list[Foreseen]

    @property
    def mark(self) -> str:
        """The same as long as the same would be done to the same rows."""
        said = [[each.row.pk, each.change.before, each.change.after] for each in self.changed if each.change]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def foresee(deed: Deed, keys: Collection[int], *, by: User, person: User | None) -> Plan:
    """What would become of each of these rows, in the order of their keys."""
    rows = model_named(deed.noun)._base_manager.filter(pk__in=keys).order_by("pk")
    rows = rows.select_related(*deed.related) if deed.related else rows
    rows = rows.prefetch_related(*deed.prefetched)
    foreseen = [_foresee(deed, row, by=by, person=person) for row in rows]
    return Plan([each for each in foreseen if each.change], [each for each in foreseen if not each.change])


@transaction.atomic
def begin(deed: Deed, plan: Plan, *, by: User, person: User | None, now: datetime) -> Bulk:
    """Write down what is to be done. Nothing is done yet."""
    bulk = Bulk.objects.create(
        deed=deed.name,
        noun=deed.noun,
        choice={"person": person.pk, "name": person.name} if person else {},
        asked_by=by,
        asker=by.name,
        asked_at=now,
        total_count=len(plan.changed),
    )
    rows = [_row(bulk, place, each) for place, each in enumerate([*plan.changed, *plan.skipped])]
    BulkRow.objects.bulk_create(rows, batch_size=500)
    _audit(bulk, by=by, rows=plan.changed, undone=False)
    return bulk


def begin_undoing(bulk: Bulk, *, by: User, now: datetime) -> bool:
    """Whether it is this person who takes it back now; somebody may have been quicker."""
    fields = {
        "undone_by": by,
        "undoer": by.name,
        "undone_at": now,
        "state": BulkState.UNDOING,
        "done_count": 0,
    }
    with transaction.atomic():
        begun = Bulk.objects.filter(pk=bulk.pk, state=BulkState.DONE).update(**fields)
        bulk.refresh_from_db()
        if begun:
            _audit(bulk, by=by, rows=(), undone=True)
    return bool(begun)


def work_on(bulk: Bulk, *, now: Clock) -> bool:
    """Carry it on, unless another worker has it; return whether something is left to do."""
    started = now()
    if not bulk.take_lease(now=started, until=started + _LEASE):
        return False
    try:
        while rows := _next(bulk):
            with transaction.atomic():
                for row in rows:
                    _step(bulk, row, now=now())
                bulk.move_on(done_count=bulk.done_count + len(rows), leased_until=now() + _LEASE)
            if now() - started > _SPELL:
                break
        else:
            _end(bulk, now=now())
    finally:
        bulk.move_on(lease=None, leased_until=None)
    return bulk.is_at_work


def may_undo(bulk: Bulk, person: User) -> bool:
    deed = DEEDS.get(bulk.deed)
    is_done = bulk.state == BulkState.DONE and bulk.rows.filter(state=BulkRowState.DONE).exists()
    return deed is not None and deed.is_undoable and is_done and person.has_perm(deed.needs)


def done_keys(bulk: Bulk) -> list[int]:
    return list(bulk.rows.filter(state=BulkRowState.DONE).values_list("key", flat=True))


def _audit(bulk: Bulk, *, by: User, rows: Iterable[Foreseen], undone: bool) -> None:
    told = {"act": f"undo {bulk.deed}" if undone else bulk.deed, "chosen": bulk.total_count}
    keys = ", ".join(str(each.row.pk) for each in rows)
    details = {**told, "keys": keys, **bulk.choice}
    write_entry(Act.BULK, by=by, on=bulk, words=called_many(model_named(bulk.noun)), details=details)


def _foresee(deed: Deed, row: Any, *, by: User, person: User | None) -> Foreseen:
    try:
        return Foreseen(row, deed.foresee(row, by=by, person=person))
    except RowRefused as refusal:
        return Foreseen(row, None, str(refusal))


def _row(bulk: Bulk, place: int, foreseen: Foreseen) -> BulkRow:
    change = foreseen.change or Change({}, {})
    return BulkRow(
        bulk=bulk,
        position=place,
        key=foreseen.row.pk,
        name=str(foreseen.row)[:300],
        before=change.before,
        after=change.after,
        state=BulkRowState.WAITING if foreseen.change else BulkRowState.SKIPPED,
        message=foreseen.reason,
    )


def _next(bulk: Bulk) -> Sequence[BulkRow]:
    """The rows of the next stretch, undone in the order of their keys too: forms that save several hold them so."""
    state = BulkRowState.WAITING if bulk.state == BulkState.DOING else BulkRowState.DONE
    return list(bulk.rows.filter(state=state).order_by("position")[:STRETCH])


def _step(bulk: Bulk, row: BulkRow, *, now: datetime) -> None:
    if bulk.state == BulkState.DOING:
        _do(bulk, row, now=now)
    else:
        _undo(bulk, row, now=now)


def _do(bulk: Bulk, row: BulkRow, *, now: datetime) -> None:
    deed, by = DEEDS[bulk.deed], bulk.asked_by
    noun = model_named(bulk.noun)._base_manager.filter(pk=row.key).first()
    person = User.objects.filter(pk=bulk.choice.get("person") or 0).first()
    try:
        if noun is None or by is None or (deed.asks and person is None):
            raise RowRefused("It is not there any more.")
        with transaction.atomic():
            done = deed.do(noun, Change(row.before, row.after), by=by, person=person, now=now)
    except RowRefused as refusal:
        row.settle(BulkRowState.SKIPPED, str(refusal))
        return
    row.before, row.after = done.before, done.after
    row.settle(BulkRowState.DONE)


def _undo(bulk: Bulk, row: BulkRow, *, now: datetime) -> None:
    by = bulk.undone_by
    try:
        if by is None:
            raise RowRefused("The account is gone.")
        with transaction.atomic():
            DEEDS[bulk.deed].undo(row.key, Change(row.before, row.after), by=by, now=now)
    except RowRefused as refusal:
        row.settle(BulkRowState.KEPT, str(refusal))
        return
    row.settle(BulkRowState.UNDONE)


def _end(bulk: Bulk, *, now: datetime) -> None:
    if bulk.state == BulkState.DOING:
        bulk.move_on(state=BulkState.DONE, ended_at=now)
    else:
        bulk.move_on(state=BulkState.UNDONE, undone_at=now)

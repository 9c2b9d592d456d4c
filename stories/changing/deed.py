"""One thing that can be done to many rows, and taken back.

RowRefused    this row is left as it is; the message says why in a sentence for the person
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from stories.models import User

Values = dict[str, Any]


class RowRefused(Exception):
    """Nothing was done to the row."""


@dataclass(frozen=True, slots=True)
class Change:
    """What of a row becomes what: in the words that people read, by the name of what changes."""

    before: Values
    after: Values


@dataclass(frozen=True, kw_only=True)
class Deed(ABC):
    """`needs` is the permission; `asks` names what has to be chosen first (a person, or nothing)."""

    name: str
    noun: str
    label: Promise | str
    needs: str
    asks: str = ""
    is_undoable: bool = True
    #: What a worker is asked for afterwards, of the rows that it was done to: a look, a delivery, or nothing.
    afterwards: str = ""
    #: What is read along with the rows.
    related: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()

    def words(self, change: Change) -> list[tuple[str, str, str]]:
        """What changes, from what, to what, as people read it; what undoing alone has to know is left out."""
        return [
            (name, str(change.before[name]), str(value))
            for name, value in change.after.items()
            if name in change.before
        ]

    @abstractmethod
    def foresee(self, row: Any, *, by: User, person: User | None) -> Change:
        """What would become of the row. Raises RowRefused."""

    @abstractmethod
    def do(self, row: Any, change: Change, *, by: User, person: User | None, now: datetime) -> Change:
        """Do it; return what undoing it has to know. Raises RowRefused. In a transaction of the caller."""

    def undo(self, key: int, change: Change, *, by: User, now: datetime) -> None:
        """Take it back. Raises RowRefused where the row has changed meanwhile. In a transaction of the caller.

        Nobody asks it of a deed that cannot be undone (`is_undoable`), so such a one does not say how.
        """
        raise NotImplementedError


def so_already() -> RowRefused:
    return RowRefused(_("It is so already."))


def changed_meanwhile() -> RowRefused:
    return RowRefused(_("Somebody changed it meanwhile."))


def hold(model: type[models.Model], key: int) -> Any:
    """The row as it is now, locked. Raises RowRefused where it is gone."""
    row = model._base_manager.select_for_update(of=("self",)).filter(pk=key).first()
    if row is None:
        raise RowRefused(_("It is not there any more."))
    return row


@dataclass(frozen=True, kw_only=True)
class SetFields(Deed):
    """Give fields a value; what another gave them meanwhile is neither overwritten nor taken back."""

    model: type[models.Model]
    values: Values = field(default_factory=dict)
    #: As the history tells it, where the rows have one.
    reason: str = ""

    def foresee(self, row: Any, *, by: User, person: User | None) -> Change:
        before = {name: getattr(row, name) for name in self.values}
        if before == self.values:
            raise so_already()
        return Change(before, dict(self.values))

    def do(self, row: Any, change: Change, *, by: User, person: User | None, now: datetime) -> Change:
        held = hold(self.model, row.pk)
        if any(getattr(held, name) != value for name, value in change.before.items()):
            raise changed_meanwhile()
        self._write(held, change.after, by=by, reason=self.reason)
        return Change({**change.before, **_trail_of(held)}, change.after)

    def undo(self, key: int, change: Change, *, by: User, now: datetime) -> None:
        held = hold(self.model, key)
        is_as_left = all(getattr(held, name) == value for name, value in change.after.items())
        if not is_as_left or _was_otherwise_since(held, change):
            raise changed_meanwhile()
        before = {name: change.before[name] for name in change.after}
        self._write(held, before, by=by, reason=f"Undone: {self.reason}")

    def words(self, change: Change) -> list[tuple[str, str, str]]:
        names = {name: str(self.model._meta.get_field(name).verbose_name) for name in change.after}  # type: ignore[union-attr]
        return [
            (names[name], _said(change.before[name]), _said(value)) for name, value in change.after.items()
        ]

    def _write(self, held: Any, values: Values, *, by: User, reason: str) -> None:
        vars(held).update(values, _history_user=by, _change_reason=reason)
        held.save()


def _trail_of(row: Any) -> Values:
    """How far its history goes, of a noun that has one."""
    return {"trail": row.history.latest("history_id").history_id} if hasattr(row, "history") else {}


def _was_otherwise_since(row: Any, change: Change) -> bool:
    """Did somebody change it and change it back? It is their decision then, and no more what is to be undone."""
    if "trail" not in change.before:
        return False
    later = row.history.filter(history_id__gt=change.before["trail"])
    return any(later.exclude(**{name: value}).exists() for name, value in change.after.items())


def _said(value: Any) -> str:
    return {True: _("yes"), False: _("no"), None: "–"}.get(value, str(value))

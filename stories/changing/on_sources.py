"""What is done to many sources: watched or not, and looked at now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from stories.changing.deed import Change, Deed, RowRefused, SetFields, Values
from stories.models import Source, User
from stories.watching.due import look_soon


@dataclass(frozen=True, kw_only=True)
class WatchSources(SetFields):
    """A source that is watched again is looked at soon."""

    def foresee(self, row: Source, *, by: User, person: User | None) -> Change:
        _refuse_merged(row)
        if not row.url:
            raise RowRefused(_("It has no address that could be watched."))
        return super().foresee(row, by=by, person=person)

    def _write(self, held: Any, values: Values, *, by: User, reason: str) -> None:
        """It may have been merged since it was looked at, or since this was done."""
        _refuse_merged(held)
        super()._write(held, values, by=by, reason=reason)


def _refuse_merged(source: Source) -> None:
    if source.merged_into_id:
        raise RowRefused(_("It was merged into another source."))


@dataclass(frozen=True, kw_only=True)
class CheckNow(Deed):
    def foresee(self, row: Source, *, by: User, person: User | None) -> Change:
        if not row.is_watchable or row.merged_into_id:
            raise RowRefused(_("It is not watched."))
        return Change({_("next check"): _("as scheduled")}, {_("next check"): _("now")})

    def do(self, row: Source, change: Change, *, by: User, person: User | None, now: datetime) -> Change:
        look_soon([row], now=now)
        return change

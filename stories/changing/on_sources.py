"""What is done to many sources: watched or not, and looked at now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from stories.changing.deed import Change, Deed, RowRefused, SetFields
from stories.models import Source, User
from stories.watching.due import look_soon


@dataclass(frozen=True, kw_only=True)
class WatchSources(SetFields):
    """A source that is watched again is looked at soon."""

    def foresee(self, row: Source, *, by: User, person: User | None) -> Change:
        if row.merged_into_id:
            raise RowRefused(_("It was merged into another source."))
        if not row.url:
            raise RowRefused(_("It has no address that could be watched."))
        return super().foresee(row, by=by, person=person)


@dataclass(frozen=True, kw_only=True)
class CheckNow(Deed):
    def foresee(self, row: Source, *, by: User, person: User | None) -> Change:
        if not row.is_watchable or row.merged_into_id:
            raise RowRefused(_("It is not watched."))
        return Change({_("next look"): _("as scheduled")}, {_("next look"): _("now")})

    def do(self, row: Source, change: Change, *, by: User, person: User | None, now: datetime) -> Change:
        look_soon([row], now=now)
        return change

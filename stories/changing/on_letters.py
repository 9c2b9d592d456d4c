"""What is done to many letters: those of readers marked as answered, ours sent once more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from stories.alerting.resend import ResendRefusedError, resend_delivery
from stories.changing.deed import Change, Deed, RowRefused, changed_meanwhile, hold, so_already
from stories.models import ErrorReport, User
from stories.models.outgoing import ON_THE_WAY_OUT


@dataclass(frozen=True, kw_only=True)
class MarkAnswered(Deed):
    def foresee(self, row: ErrorReport, *, by: User, person: User | None) -> Change:
        if row.answered_at:
            raise so_already()
        return Change({_("state"): _("open")}, {_("state"): _("answered")})

    def do(self, row: ErrorReport, change: Change, *, by: User, person: User | None, now: datetime) -> Change:
        held = hold(ErrorReport, row.pk)
        if held.answered_at:
            raise so_already()
        held.answered_at, held.answered_by = now, by
        held.save(update_fields=["answered_at", "answered_by"])
        return Change({**change.before, "answered_at": now.isoformat()}, change.after)

    def undo(self, key: int, change: Change, *, by: User, now: datetime) -> None:
        held = hold(ErrorReport, key)
        if not held.answered_at or held.answered_at.isoformat() != change.before["answered_at"]:
            raise changed_meanwhile()
        held.answered_at = held.answered_by = None
        held.save(update_fields=["answered_at", "answered_by"])


@dataclass(frozen=True, kw_only=True)
class SendOnceMore(Deed):
    def foresee(self, row: Any, *, by: User, person: User | None) -> Change:
        if row.state in ON_THE_WAY_OUT:
            raise RowRefused(str(ResendRefusedError()))
        return Change({_("state"): str(row.get_state_display())}, {_("state"): _("on its way")})

    def do(self, row: Any, change: Change, *, by: User, person: User | None, now: datetime) -> Change:
        try:
            resend_delivery(row, by=by, now=now)
        except ResendRefusedError as refusal:
            raise RowRefused(str(refusal)) from refusal
        return change

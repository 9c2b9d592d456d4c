"""What is done to many alerts: answered, and given to somebody to take care of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from stories.alerting.answer import AnswerRefusedError, answer_alert
from stories.alerting.care import CareRefusedError, assign_alert, people_to_care
from stories.alerting.undo import standing_answer, undo_answer
from stories.changing.deed import Change, Deed, RowRefused, changed_meanwhile, hold, so_already
from stories.models import Alert, Article, User
from stories.models.words import AlertState


@dataclass(frozen=True, kw_only=True)
class AnswerAlerts(Deed):
    answer: AlertState

    def foresee(self, row: Alert, *, by: User, person: User | None) -> Change:
        if not row.is_open:
            raise RowRefused(_("It is answered already."))
        seen = {"seen_at": row.developed_at.isoformat()}
        return Change(
            {_("answer"): str(row.get_state_display()), **seen}, {_("answer"): str(self.answer.label)}
        )

    def do(self, row: Alert, change: Change, *, by: User, person: User | None, now: datetime) -> Change:
        try:
            seen_at = datetime.fromisoformat(change.before["seen_at"])
            alert = answer_alert(row, state=self.answer, by=by, now=now, seen_at=seen_at)
        except AnswerRefusedError as refusal:
            raise RowRefused(str(refusal)) from refusal
        event = standing_answer(alert)
        return Change({**change.before, "event": event.pk if event else None}, change.after)

    def undo(self, key: int, change: Change, *, by: User, now: datetime) -> None:
        event = standing_answer(hold(Alert, key))
        if event is None or event.pk != change.before["event"]:
            raise changed_meanwhile()
        try:
            undo_answer(event, by=by, now=now)
        except AnswerRefusedError as refusal:
            raise RowRefused(str(refusal)) from refusal


@dataclass(frozen=True, kw_only=True)
class AssignAlerts(Deed):
    """To the person who is chosen, or to oneself."""

    def foresee(self, row: Alert, *, by: User, person: User | None) -> Change:
        who = person or by
        if row.assignee_id == who.pk:
            raise so_already()
        before = row.assignee.name if row.assignee else _("nobody")
        return Change({_("taken care of by"): before}, {_("taken care of by"): who.name})

    def do(self, row: Alert, change: Change, *, by: User, person: User | None, now: datetime) -> Change:
        held, who = hold(Alert, row.pk), person or by
        if held.assignee_id != row.assignee_id:
            raise changed_meanwhile()
        _assign(held, who, by=by, now=now)
        return Change({**change.before, "from": row.assignee_id}, {**change.after, "to": who.pk})

    def undo(self, key: int, change: Change, *, by: User, now: datetime) -> None:
        held = hold(Alert, key)
        if held.assignee_id != change.after["to"]:
            raise changed_meanwhile()
        _assign(held, User.objects.filter(pk=change.before["from"] or 0).first(), by=by, now=now)


def _assign(alert: Alert, person: User | None, *, by: User, now: datetime) -> None:
    stories = Article.objects.filter(citations__verdicts__alerts=alert).distinct()
    try:
        assign_alert(alert, to=person, among=people_to_care(alert, stories), by=by, now=now)
    except CareRefusedError as refusal:
        raise RowRefused(str(refusal)) from refusal

"""Everything that can be done to many rows, by name. Their labels are what the lists offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories.alerting.answer import AnswerRefusedError, answer_alert
from stories.alerting.care import CareRefusedError, assign_alert, people_to_care
from stories.alerting.resend import ResendRefusedError, resend_delivery
from stories.alerting.undo import standing_answer, undo_answer
from stories.changing.deed import Change, Deed, RowRefused, SetFields, changed_meanwhile, hold, so_already
from stories.changing.removal import Delete
from stories.models import Alert, Article, Citation, Claim, ErrorReport, Source, Update, User, WatchedFeed
from stories.models.outgoing import ON_THE_WAY_OUT
from stories.models.words import AlertState
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


@dataclass(frozen=True, kw_only=True)
class Report(Deed):
    """Give a story to a reporter, or take it from one; to oneself where no person is asked for."""

    is_added: bool

    def foresee(self, row: Article, *, by: User, person: User | None) -> Change:
        who = person or by
        before = {each.pk: each.name for each in sorted(row.reporters.all(), key=lambda each: each.pk)}
        after = {**before, who.pk: who.name}
        if not self.is_added:
            after = {key: name for key, name in before.items() if key != who.pk}
        if after == before:
            raise so_already()
        return Change({_("reporters"): _names(before)}, {_("reporters"): _names(after)})

    def do(self, row: Article, change: Change, *, by: User, person: User | None, now: datetime) -> Change:
        who = person or by
        held = hold(Article, row.pk)
        if held.reporters.filter(pk=who.pk).exists() is self.is_added:
            raise so_already()
        _report(held, who.pk, self.is_added, by=by, reason=str(self.label))
        return Change({**change.before, "person": who.pk}, change.after)

    def undo(self, key: int, change: Change, *, by: User, now: datetime) -> None:
        held, who = hold(Article, key), change.before["person"]
        if held.reporters.filter(pk=who).exists() is not self.is_added:
            raise changed_meanwhile()
        if not User.objects.filter(pk=who).exists():
            raise RowRefused(_("The account is gone."))
        _report(held, who, not self.is_added, by=by, reason="Undone")


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


def _names(people: dict[int, str]) -> str:
    return ", ".join(people.values()) or _("nobody")


def _report(article: Article, person_id: int, is_added: bool, *, by: User, reason: str) -> None:
    vars(article).update(_history_user=by, _change_reason=reason)
    if is_added:
        article.reporters.add(person_id)
    else:
        article.reporters.remove(person_id)


def _assign(alert: Alert, person: User | None, *, by: User, now: datetime) -> None:
    stories = Article.objects.filter(citations__verdicts__alerts=alert).distinct()
    try:
        assign_alert(alert, to=person, among=people_to_care(alert, stories), by=by, now=now)
    except CareRefusedError as refusal:
        raise RowRefused(str(refusal)) from refusal


def _watching(
    name: str, model: type[models.Model], label: Any, is_watched: bool, kind: type[SetFields] = SetFields
) -> SetFields:
    noun = str(model._meta.model_name)
    return kind(
        name=f"{name}_{noun}",
        noun=noun,
        label=label,
        needs=f"stories.change_{noun}",
        model=model,
        values={"is_watched": is_watched},
        reason=str(label),
        afterwards="look" if kind is WatchSources and is_watched else "",
    )


_DELETE = gettext_lazy("Delete…")
_ALL: tuple[Deed, ...] = (
    CheckNow(
        name="check_now",
        noun="source",
        label=gettext_lazy("Check now…"),
        needs="stories.change_source",
        is_undoable=False,
        afterwards="look",
    ),
    _watching("leave", Source, gettext_lazy("Stop watching…"), False, WatchSources),
    _watching("watch", Source, gettext_lazy("Watch again…"), True, WatchSources),
    _watching("leave", Citation, gettext_lazy("Tell nobody of changes…"), False),
    _watching("watch", Citation, gettext_lazy("Tell of changes again…"), True),
    Report(
        name="take_over_article",
        noun="article",
        prefetched=("reporters",),
        label=gettext_lazy("Take over…"),
        needs="stories.change_article",
        is_added=True,
    ),
    Report(
        name="give_article",
        noun="article",
        prefetched=("reporters",),
        label=gettext_lazy("Give to a reporter…"),
        needs="stories.change_article",
        asks="person",
        is_added=True,
    ),
    Report(
        name="take_article_from",
        noun="article",
        prefetched=("reporters",),
        label=gettext_lazy("Take from a reporter…"),
        needs="stories.change_article",
        asks="person",
        is_added=False,
    ),
    *(
        AnswerAlerts(
            name=f"answer_{state.value}",
            noun="alert",
            label=label,
            needs="stories.publish_article",
            related=("source", "recipient"),
            answer=state,
        )
        for state, label in (
            (AlertState.STILL_HOLDS, gettext_lazy("Answer: still holds…")),
            (AlertState.NEEDS_UPDATE, gettext_lazy("Answer: needs an update…")),
            (AlertState.IGNORED, gettext_lazy("Answer: ignore…")),
        )
    ),
    AssignAlerts(
        name="take_over_alert",
        noun="alert",
        label=gettext_lazy("Take over…"),
        needs="stories.publish_article",
        related=("source", "recipient", "assignee"),
    ),
    AssignAlerts(
        name="give_alert",
        noun="alert",
        label=gettext_lazy("Give to somebody…"),
        needs="stories.publish_article",
        related=("source", "recipient", "assignee"),
        asks="person",
    ),
    MarkAnswered(
        name="mark_answered",
        noun="errorreport",
        label=gettext_lazy("Mark as answered…"),
        needs="stories.change_errorreport",
    ),
    SendOnceMore(
        name="send_once_more",
        noun="delivery",
        label=gettext_lazy("Send once more, as the same message…"),
        needs="stories.publish_article",
        is_undoable=False,
        related=("alert__source", "alert__recipient"),
        afterwards="delivery",
    ),
    *(
        SetFields(
            name=name,
            noun="watchedfeed",
            label=label,
            needs="stories.change_watchedfeed",
            model=WatchedFeed,
            values={"is_active": is_active},
            reason=str(label),
        )
        for name, label, is_active in (
            ("pause_feed", gettext_lazy("Stop bringing in…"), False),
            ("resume_feed", gettext_lazy("Bring in again…"), True),
        )
    ),
    *(
        Delete(
            name=f"delete_{model._meta.model_name}",
            noun=str(model._meta.model_name),
            label=_DELETE,
            needs=f"stories.delete_{model._meta.model_name}",
            model=model,
        )
        for model in (Article, Claim, Citation, Source, Update)
    ),
)
DEEDS: dict[str, Deed] = {deed.name: deed for deed in _ALL}


def deeds_of(noun: str) -> list[Deed]:
    return [deed for deed in _ALL if deed.noun == noun]

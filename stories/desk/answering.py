"""Answers and what they do: two of them change the source, and taking them back changes it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction

from stories.alerting.answer import AnswerRefusedError, answer_alert
from stories.alerting.undo import standing_answer, undo_answer
from stories.models import Alert, AlertEvent, Source, User
from stories.models.words import AlertState
from stories.tasks import ask_to_check
from stories.watching.due import look_soon
from stories.watching.move import move_source

#: These change a source that other people's stories may rest on too.
OF_SOURCE = frozenset({AlertState.MOVED, AlertState.UNWATCHED})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says; `seen_at` is when the alert had last developed as they saw it, `to` a new address."""

    state: str
    note: str = ""
    seen_at: datetime | None = None
    to: str = ""


@dataclass(slots=True)
class Answered:
    """How answering many at once went; an alert that was refused says why."""

    alerts: list[Alert] = field(default_factory=list)
    refused: list[tuple[Alert, AnswerRefusedError]] = field(default_factory=list)


@transaction.atomic
def give_answer(alert: Alert, answer: Answer, *, by: User, now: datetime) -> Alert:
    """Record it and do what it says. Raises AnswerRefusedError, MoveRefused, PermissionDenied: nothing is kept."""
    if answer.state in OF_SOURCE and not by.has_perm("stories.change_source"):
        raise PermissionDenied
    source = alert.source
    answered = answer_alert(
        alert,
        state=answer.state,
        by=by,
        now=now,
        note=answer.note or (answer.to if answer.state == AlertState.MOVED else ""),
        seen_at=answer.seen_at,
        source_was={"url": source.url, "is_watched": source.is_watched} if answer.state in OF_SOURCE else {},
    )
    if answer.state == AlertState.MOVED:
        _look(move_source(source, to=answer.to, by=by, now=now))
    elif answer.state == AlertState.UNWATCHED:
        _save(source, by=by, reason="Not to be watched any more.", is_watched=False)
    return answered


def give_answers(pairs: Iterable[tuple[Alert, Answer]], *, by: User, now: datetime) -> Answered:
    """One by one: what another answered or what developed meanwhile keeps nobody from answering the rest."""
    done = Answered()
    for alert, answer in pairs:
        try:
            done.alerts.append(give_answer(alert, answer, by=by, now=now))
        except AnswerRefusedError as refusal:
            done.refused.append((alert, refusal))
    return done


@transaction.atomic
def take_back(answer: AlertEvent, *, by: User, now: datetime) -> Alert:
    """Undo an answer with what it did. Raises AnswerRefusedError, MoveRefused and PermissionDenied."""
    if answer.state_after in OF_SOURCE and not by.has_perm("stories.change_source"):
        raise PermissionDenied
    alert = undo_answer(answer, by=by, now=now)
    was = answer.payload.get("source_was", {})
    if answer.state_after == AlertState.MOVED and was.get("url") and was["url"] != alert.source.url:
        _look(move_source(alert.source, to=was["url"], by=by, now=now))
    elif answer.state_after == AlertState.UNWATCHED and was.get("is_watched"):
        _save(alert.source, by=by, reason="Watched again.", is_watched=True)
        look_soon([alert.source], now=now)
        _look(alert.source)
    return alert


def take_back_many(alerts: Iterable[Alert], *, by: User, now: datetime) -> Answered:
    """Of each the answer that stands, where this person gave it."""
    done = Answered()
    for alert in alerts:
        answer = standing_answer(alert)
        if answer is None or answer.actor != by:
            continue
        try:
            done.alerts.append(take_back(answer, by=by, now=now))
        except AnswerRefusedError as refusal:
            done.refused.append((alert, refusal))
    return done


def _save(source: Source, *, by: User, reason: str, **fields: bool) -> None:
    held = Source.objects.select_for_update().get(pk=source.pk)
    vars(held).update(fields, _history_user=by, _change_reason=reason)
    held.save()


def _look(source: Source) -> None:
    transaction.on_commit(partial(ask_to_check, [source.pk]))

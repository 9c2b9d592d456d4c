"""Answers and what they do: two of them change the source, and taking them back changes it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import dropwhile
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from stories.alerting.answer import AnswerRefusedError, answer_alert
from stories.alerting.undo import standing_answer, undo_answer
from stories.models import Alert, AlertEvent, Citation, Source, User
from stories.models.citation import CitationQuerySet
from stories.models.history import hold_rows
from stories.models.history_words import NOBODY_IS_TOLD, NOT_WATCHED, WATCHED_AGAIN
from stories.models.words import AlertState
from stories.tasks import ask_to_check
from stories.watching.due import look_soon
from stories.watching.move import MoveRefused, move_source

#: These change a source that other people's stories may rest on too.
OF_SOURCE = frozenset({AlertState.MOVED, AlertState.UNWATCHED})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says; `seen_at` is when the alert had last developed as they saw it, `to` a new address.

    `citation_ids` are passages that are to be watched no longer, while their source still is.
    """

    state: str
    note: str = ""
    seen_at: datetime | None = None
    to: str = ""
    citation_ids: tuple[int, ...] = ()

    @property
    def changes_source(self) -> bool:
        return self.state == AlertState.MOVED or (
            self.state == AlertState.UNWATCHED and not self.citation_ids
        )


@dataclass(slots=True)
class Answered:
    """How answering many at once went; an alert that was refused says why."""

    alerts: list[Alert] = field(default_factory=list)
    refused: list[tuple[Alert, AnswerRefusedError | MoveRefused]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """`is_whole` unless somebody has decided since of what the answer had changed, which stays as they left it."""

    alert: Alert
    is_whole: bool


@dataclass(slots=True)
class AllTakenBack:
    """How taking back many at once went."""

    alerts: list[TakenBack] = field(default_factory=list)
    refused: list[tuple[Alert, AnswerRefusedError | MoveRefused]] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return all(taken.is_whole for taken in self.alerts)


@transaction.atomic
def give_answer(alert: Alert, answer: Answer, *, by: User, now: datetime) -> Alert:
    """Record it and do what it says. Raises AnswerRefusedError, MoveRefused, PermissionDenied: nothing is kept."""
    citations = passages_to_leave(alert, by=by).filter(pk__in=answer.citation_ids)
    is_allowed = len(citations) == len(set(answer.citation_ids))
    if not is_allowed or (answer.changes_source and not by.has_perm("stories.change_source")):
        raise PermissionDenied
    # What it changes before the alert, as whoever tells of a source takes them, or merges it.
    source = _hold_source(alert) if answer.changes_source else alert.source
    hold_rows(Citation.objects.filter(pk__in=answer.citation_ids))
    answered = answer_alert(
        alert,
        state=answer.state,
        by=by,
        now=now,
        note=answer.note or _in_words(answer, citations),
        seen_at=answer.seen_at,
        **_undoing(answer, source, citations),
    )
    if answer.state == AlertState.MOVED:
        _look(move_source(source, to=answer.to, by=by, now=now))
    elif answer.state == AlertState.UNWATCHED and answer.citation_ids:
        _save(citations, by=by, reason=NOBODY_IS_TOLD, is_watched=False)
    elif answer.state == AlertState.UNWATCHED:
        _save([source], by=by, reason=NOT_WATCHED, is_watched=False)
    return answered


def passages_to_leave(alert: Alert, *, by: User) -> CitationQuerySet:
    """The passages that an alert tells of and that this person may have watched no longer: those of their stories."""
    citations = Citation.objects.filter(verdicts__alerts=alert, source=alert.source_id)
    if not by.has_perm("stories.change_citation"):
        citations = citations.filter(article__reporters=by)
    return citations.select_related("article").order_by("pk").distinct()


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
def take_back(answer: AlertEvent, *, by: User, now: datetime) -> TakenBack:
    """Undo an answer with what it did, where nobody has decided otherwise of that since.

    Raises AnswerRefusedError, MoveRefused and PermissionDenied.
    """
    was = answer.payload.get("source_was", {})
    if was and not by.has_perm("stories.change_source"):
        raise PermissionDenied
    if was:
        _hold_source(answer.alert)
    passages = Citation.objects.filter(pk__in=answer.payload.get("citations", []))
    hold_rows(passages)
    alert = undo_answer(answer, by=by, now=now)
    left = list(passages.order_by("pk"))
    ours = [citation for citation in left if _is_the_last_word(answer, citation, is_watched=True)]
    _save(ours, by=by, reason=WATCHED_AGAIN, is_watched=True)
    is_undone = _take_back_from_source(answer, alert.source, was, by=by, now=now)
    return TakenBack(alert, is_whole=is_undone and len(ours) == len(left))


def take_back_many(alerts: Iterable[Alert], *, by: User, now: datetime) -> AllTakenBack:
    """Of each the answer that stands, where this person gave it."""
    done = AllTakenBack()
    for alert in alerts:
        answer = standing_answer(alert)
        if answer is None or answer.actor != by:
            continue
        try:
            done.alerts.append(take_back(answer, by=by, now=now))
        except (AnswerRefusedError, MoveRefused) as refusal:
            done.refused.append((alert, refusal))
    return done


def _hold_source(alert: Alert) -> Source:
    """The one that it is of now: another may have taken over what was told of it."""
    return Source.objects.select_for_update(of=("self",)).get(alerts=alert)


def _take_back_from_source(
    answer: AlertEvent, source: Source, was: dict[str, Any], *, by: User, now: datetime
) -> bool:
    """Return False where it is left as somebody has set it since."""
    if answer.state_after == AlertState.MOVED and was.get("url"):
        changed = "url"
    elif answer.state_after == AlertState.UNWATCHED and was.get("is_watched"):
        changed = "is_watched"
    else:
        return True
    held = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if getattr(held, changed) == was[changed]:
        return True
    if held.merged_into_id or not _is_the_last_word(answer, held, **{changed: was[changed]}):
        return False
    if changed == "url":
        _look(move_source(held, to=was["url"], by=by, now=now))
        return True
    _save([held], by=by, reason=WATCHED_AGAIN, is_watched=True)
    look_soon([held], now=now)
    _look(held)
    return True


def _is_the_last_word(answer: AlertEvent, row: Source | Citation, **was: Any) -> bool:
    """Has nobody changed it since this answer did? History tells also of a change that was changed back."""
    [(name, before)] = was.items()
    since = row.history.filter(history_date__gte=answer.at).order_by("history_id")
    after = list(dropwhile(lambda value: value == before, since.values_list(name, flat=True)))
    return bool(after) and set(after) == {getattr(row, name)}


def _undoing(answer: Answer, source: Source, citations: Iterable[Citation]) -> dict[str, Any]:
    if answer.state == AlertState.UNWATCHED and answer.citation_ids:
        return {"citations": [citation.pk for citation in citations if citation.is_watched]}
    was = {"url": source.url, "is_watched": source.is_watched}
    return {"source_was": was} if answer.changes_source else {}


def _in_words(answer: Answer, citations: Iterable[Citation]) -> str:
    if answer.state == AlertState.MOVED:
        return answer.to
    left = citations if answer.state == AlertState.UNWATCHED else ()
    return "\n".join(f"Nobody is told any more of {citation}" for citation in left)


def _save(rows: Iterable[Source | Citation], *, by: User, reason: str, is_watched: bool) -> None:
    for row in rows:
        held = type(row)._default_manager.select_for_update().get(pk=row.pk)
        vars(held).update(is_watched=is_watched, _history_user=by, _change_reason=reason)
        held.save()


def _look(source: Source) -> None:
    transaction.on_commit(partial(ask_to_check, [source.pk]))

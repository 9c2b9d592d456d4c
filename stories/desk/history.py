"""An alert's life in order: what its source did, what people said and did, what readers were told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories.alerting.undo import standing_answer
from stories.models import Alert, AlertEvent, Article, Update, Verdict
from stories.models.words import AlertEventKind, AlertState, VerdictWord
from stories.watching.explain import say

_HAPPENED: dict[str, Callable[[int], str]] = {
    VerdictWord.ALTERED: lambda n: ngettext("%(count)s passage altered", "%(count)s passages altered", n),
    VerdictWord.MISSING: lambda n: ngettext("%(count)s passage missing", "%(count)s passages missing", n),
    VerdictWord.UNREADABLE: lambda n: ngettext(
        "%(count)s passage not readable", "%(count)s passages not readable", n
    ),
    VerdictWord.VERBATIM: lambda n: ngettext(
        "%(count)s passage as quoted again", "%(count)s passages as quoted again", n
    ),
    "alternating": lambda n: ngettext("%(count)s passage alternating", "%(count)s passages alternating", n),
}
_DONE: dict[str, Callable[[AlertEvent], str]] = {
    AlertEventKind.ANSWERED: lambda event: f"{_who(event)}: {event.get_state_after_display()}",
    AlertEventKind.UNDONE: lambda event: (
        _("%(person)s took “%(answer)s” back")
        % {"person": _who(event), "answer": event.get_state_before_display()}
    ),
    AlertEventKind.REOPENED: lambda event: (
        _("%(person)s opened it again") % {"person": event.actor_name}
        if event.actor_name
        else _("Opened again")
    ),
    AlertEventKind.ASSIGNED: lambda event: (
        _("%(person)s gave it to %(other)s") % {"person": _who(event), "other": event.note}
        if event.note
        else _("%(person)s gave it to nobody") % {"person": _who(event)}
    ),
    AlertEventKind.NOTED: lambda event: _("%(person)s noted") % {"person": _who(event)},
    AlertEventKind.RESENT: lambda event: _("%(person)s had it sent once more") % {"person": _who(event)},
}
#: Their note is in the sentence already.
_WITHOUT_DETAIL = frozenset({AlertEventKind.ASSIGNED})


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    what: str
    detail: str = ""
    article: Article | None = None
    #: The answer that can be taken back here.
    answer: AlertEvent | None = None


def history_of(alert: Alert, *, article_ids: Collection[int] | None, with_people: bool = True) -> list[Event]:
    """Newest first; of these articles only (None: of all), and of what people said only `with_people`."""
    events = [
        *_of_passages(alert, article_ids),
        *_of_page(alert),
        *(_of_people(alert) if with_people else ()),
        *_of_updates(alert, article_ids),
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _of_passages(alert: Alert, article_ids: Collection[int] | None) -> Iterator[Event]:
    """One event a check, which counts each passage once for however many stories quote it."""
    found: dict[datetime, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for verdict in alert.verdicts.all():
        if article_ids is None or verdict.citation.article_id in article_ids:
            found[verdict.found_by.started_at][_happened(verdict)].add(verdict.passage)
    for at, passages in found.items():
        yield Event(at, ", ".join(_counted(len(texts), what) for what, texts in passages.items()))


def _happened(verdict: Verdict) -> str:
    return "alternating" if verdict.is_alternating else verdict.verdict


def _counted(count: int, what: str) -> str:
    return _HAPPENED[what](count) % {"count": count}


def _of_page(alert: Alert) -> Iterator[Event]:
    for check in alert.checks.all():
        yield Event(
            check.started_at,
            _("Page %(outcome)s") % {"outcome": check.get_outcome_display()},
            say(check.explanation),
        )


def _of_people(alert: Alert) -> Iterator[Event]:
    steps = [event for event in alert.events.all() if event.kind in _DONE]
    standing = standing_answer(alert)
    for step in steps:
        detail = "" if step.kind in _WITHOUT_DETAIL else step.note
        yield Event(step.at, _DONE[step.kind](step), detail, answer=step if step == standing else None)
    if alert.answered_at and not any(step.kind == AlertEventKind.ANSWERED for step in steps):
        yield _answer_before_steps_were_kept(alert)


def _who(step: AlertEvent) -> str:
    return step.actor_name or _("Somebody who has left")


def _answer_before_steps_were_kept(alert: Alert) -> Event:
    who = alert.answered_by.name if alert.answered_by else _("somebody who has left")
    is_current = alert.state not in (AlertState.OPEN, AlertState.RESTORED)
    what = _("Answered by %(person)s: %(answer)s") if is_current else _("Answered earlier by %(person)s")
    what %= {"person": who, "answer": alert.get_state_display()}
    return Event(alert.answered_at or alert.developed_at, what, alert.answer_note)


def _of_updates(alert: Alert, article_ids: Collection[int] | None) -> Iterator[Event]:
    verdicts = [verdict.pk for verdict in alert.verdicts.all()]
    published = Update.objects.published().filter(caused_by__in=verdicts).select_related("article")
    for update in published.defer("article__body"):
        is_theirs = article_ids is None or update.article_id in article_ids
        if is_theirs and update.recorded_at:
            what = _("%(kind)s published") % {"kind": update.get_kind_display()}
            yield Event(update.recorded_at, what, update.note, article=update.article)

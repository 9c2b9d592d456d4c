"""A person's answer to an alert. Taking it back is `undo`.

    AnswerRefusedError
    ├── AlertAnsweredError    somebody was quicker; says who and when
    ├── AlertDevelopedError   the source changed again since the person looked
    ├── AlertSupersededError  cannot be opened again: there is a newer open one about the same source
    └── AnswerGoneError       there is no such answer any more to take back

open ↔ still_holds, needs_update, ignored, moved, unwatched; what its source has restored can be opened again too.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.dateformat import format as format_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from stories.alerting.events import write_event
from stories.models import Alert, User
from stories.models.told_times import zone_name
from stories.models.words import AlertEventKind, AlertState
from stories.text.unseen import lines_as_seen

ANSWERS = frozenset(AlertState) - {AlertState.OPEN, AlertState.RESTORED}


class AnswerRefusedError(Exception):
    """The answer was not taken; the message says why in a sentence for the person."""


class AlertAnsweredError(AnswerRefusedError):
    def __init__(self, alert: Alert) -> None:
        who = alert.answered_by.name if alert.answered_by else _("its source")
        when = localtime(alert.answered_at or alert.developed_at)
        form = pgettext("date format", "j F Y \\a\\t H:i")
        self.alert = alert
        super().__init__(
            _("This was answered already: %(answer)s, by %(person)s on %(when)s.")
            % {
                "answer": alert.get_state_display(),
                "person": who,
                "when": f"{format_date(when, form)} {zone_name(when)}",
            }
        )


class AlertDevelopedError(AnswerRefusedError):
    def __init__(self) -> None:
        super().__init__(_("The source changed again while you were looking. Please look once more."))


class AlertSupersededError(AnswerRefusedError):
    def __init__(self) -> None:
        super().__init__(_("There is a newer open alert about this source: answer that one."))


class AnswerGoneError(AnswerRefusedError):
    def __init__(self) -> None:
        super().__init__(_("That answer does not stand any more, so there is nothing to take back."))


@transaction.atomic
def answer_alert(
    alert: Alert,
    *,
    state: str,
    by: User,
    now: datetime,
    note: str = "",
    seen_at: datetime | None = None,
    **undoing: Any,
) -> Alert:
    """Record the answer and return the alert as it now is; the same answer twice by one person counts once.

    `seen_at` is the `developed_at` that the person had before them; `undoing` is what taking the answer back needs
    to know beside how the alert stood. Raises ValueError for a state that is no answer, AnswerRefusedError where
    the alert is no longer what the person answers to.
    """
    if state not in ANSWERS:
        raise ValueError(f"{state!r} is no answer: it may be {', '.join(sorted(ANSWERS))}")
    before = Alert.objects.select_for_update().filter(pk=alert.pk).values(*BEFORE).get()
    waiting = Alert.objects.open().filter(pk=alert.pk)
    if seen_at is not None:
        waiting = waiting.filter(developed_at=seen_at)
    note = lines_as_seen(note).strip()
    answered = waiting.update(state=state, answered_at=now, answered_by=by, answer_note=note)
    alert = Alert.objects.select_related("answered_by", "source").get(pk=alert.pk)
    if answered:
        write_event(
            alert,
            kind=AlertEventKind.ANSWERED,
            actor=by,
            at=now,
            note=note,
            state_before=AlertState.OPEN,
            state_after=state,
            payload={"before": _as_json(before), **undoing},
        )
        return alert
    if alert.state == state and alert.answered_by == by:
        return alert
    raise AlertDevelopedError if alert.is_open else AlertAnsweredError(alert)


def reopen_alert(alert: Alert, *, by: User, now: datetime) -> Alert:
    """Open again what is closed, whoever closed it; return the alert as it now is.

    Raises AnswerRefusedError where it stands otherwise than `alert` says, or a newer one is open.
    """
    with transaction.atomic():
        reopened = open_again(alert, answered_at=None, answered_by=None, answer_note="")
        current = Alert.objects.select_related("answered_by", "source").get(pk=alert.pk)
        if reopened:
            write_event(
                current,
                kind=AlertEventKind.REOPENED,
                actor=by,
                at=now,
                state_before=alert.state,
                state_after=AlertState.OPEN,
            )
        elif not current.is_open:
            raise AlertAnsweredError(current)
    return current


def open_again(alert: Alert, **answer: Any) -> bool:
    """Open it where it stands as `alert` says, with this as its earlier answer. Raises AlertSupersededError."""
    as_it_stood = Alert.objects.filter(pk=alert.pk, state=alert.state, answered_at=alert.answered_at)
    try:
        with transaction.atomic():
            return bool(as_it_stood.exclude(state=AlertState.OPEN).update(state=AlertState.OPEN, **answer))
    except IntegrityError as error:
        raise AlertSupersededError from error


#: What an alert that is open again may still say of an earlier answer.
BEFORE = ("answered_at", "answered_by", "answer_note")


def _as_json(before: dict[str, Any]) -> dict[str, Any]:
    at = before["answered_at"]
    return {**before, "answered_at": at.isoformat() if at else None}

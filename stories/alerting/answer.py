"""A person's answer to an alert, and taking it back.

    AnswerRefusedError
    ├── AlertAnsweredError    somebody was quicker; says who and when
    ├── AlertDevelopedError   the source changed again since the person looked
    └── AlertSupersededError  cannot be opened again: there is a newer open one about the same source

open ↔ still_holds, needs_update, ignored; what its source has restored can be opened again too.
"""

import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from stories.models import Alert, User
from stories.models.words import AlertState

logger = logging.getLogger(__name__)

ANSWERS = frozenset({AlertState.STILL_HOLDS, AlertState.NEEDS_UPDATE, AlertState.IGNORED})


class AnswerRefusedError(Exception):
    """The answer was not taken; the message says why in a sentence for the person."""


class AlertAnsweredError(AnswerRefusedError):
    def __init__(self, alert: Alert) -> None:
        who = alert.answered_by.name if alert.answered_by else "its source"
        when = localtime(alert.answered_at or alert.developed_at)
        self.alert = alert
        super().__init__(
            f"This was answered already: {alert.get_state_display()}, by {who} on {when:%-d %B %Y at %H:%M %Z}."
        )


class AlertDevelopedError(AnswerRefusedError):
    def __init__(self) -> None:
        super().__init__("The source changed again while you were looking. Please look once more.")


class AlertSupersededError(AnswerRefusedError):
    def __init__(self) -> None:
        super().__init__("There is a newer open alert about this source: answer that one.")


def answer_alert(
    alert: Alert, *, state: str, by: User, now: datetime, note: str = "", seen_at: datetime | None = None
) -> Alert:
    """Record the answer and return the alert as it now is; the same answer twice by one person counts once.

    `seen_at` is the `developed_at` that the person had before them. Raises ValueError for a state that is no
    answer, AnswerRefusedError where the alert is no longer what the person answers to.
    """
    if state not in ANSWERS:
        raise ValueError(f"{state!r} is no answer: it may be {', '.join(sorted(ANSWERS))}")
    waiting = Alert.objects.open().filter(pk=alert.pk)
    if seen_at is not None:
        waiting = waiting.filter(developed_at=seen_at)
    answered = waiting.update(state=state, answered_at=now, answered_by=by, answer_note=note.strip())
    alert = Alert.objects.select_related("answered_by", "source").get(pk=alert.pk)
    if answered or (alert.state == state and alert.answered_by == by):
        return alert
    raise AlertDevelopedError if alert.is_open else AlertAnsweredError(alert)


def reopen_alert(alert: Alert, *, by: User, now: datetime) -> Alert:
    """Take an answer back, or open again what its source restored; return the alert as it now is.

    Raises AnswerRefusedError where it stands otherwise than `alert` says, or a newer one is open.
    """
    try:
        with transaction.atomic():
            reopened = (
                Alert.objects.filter(pk=alert.pk, state=alert.state)
                .exclude(state=AlertState.OPEN)
                .update(state=AlertState.OPEN, answered_at=None, answered_by=None, answer_note="")
            )
    except IntegrityError as error:
        raise AlertSupersededError from error
    current = Alert.objects.select_related("answered_by", "source").get(pk=alert.pk)
    if not reopened and not current.is_open:
        raise AlertAnsweredError(current)
    logger.info("Alert %s was opened again by %s at %s", alert.pk, by.get_username(), now.isoformat())
    return current

"""Taking an answer back, from the message right after it or from the alert's history."""

from datetime import datetime
from typing import Any

from django.db import transaction

from stories.alerting.answer import BEFORE, AnswerGoneError, open_again
from stories.alerting.events import write_event
from stories.models import Alert, User
from stories.models.alert_event import AlertEvent
from stories.models.words import AlertEventKind, AlertState


def standing_answer(alert: Alert) -> AlertEvent | None:
    """The answer that stands, which alone can be taken back."""
    if alert.state in (AlertState.OPEN, AlertState.RESTORED) or alert.answered_at is None:
        return None
    answers = AlertEvent.objects.filter(alert=alert, kind=AlertEventKind.ANSWERED, at=alert.answered_at)
    return answers.filter(state_after=alert.state).order_by("-pk").first()


@transaction.atomic
def undo_answer(answer: AlertEvent, *, by: User, now: datetime) -> Alert:
    """Leave the alert as it was before the answer, and return it.

    Raises AnswerGoneError where another step has followed, AlertSupersededError where a newer alert is open.
    """
    alert = Alert.objects.select_for_update().get(pk=answer.alert_id)
    if standing_answer(alert) != answer or not open_again(alert, **_before(answer)):
        raise AnswerGoneError
    write_event(
        alert,
        kind=AlertEventKind.UNDONE,
        actor=by,
        at=now,
        state_before=answer.state_after,
        state_after=AlertState.OPEN,
        payload={"answer": answer.pk},
    )
    return Alert.objects.select_related("answered_by", "source").get(pk=alert.pk)


def _before(answer: AlertEvent) -> dict[str, Any]:
    before = {name: answer.payload.get("before", {}).get(name) for name in BEFORE}
    at = before["answered_at"]
    # Whoever answered before may have left since.
    by = User.objects.filter(pk=before["answered_by"]).first()
    return {
        "answered_at": datetime.fromisoformat(at) if at else None,
        "answered_by": by,
        "answer_note": before["answer_note"] or "",
    }

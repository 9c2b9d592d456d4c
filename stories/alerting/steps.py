"""What a person did about an alert, written down beside it for good."""

from datetime import datetime
from typing import Any

from stories.models import Alert, User
from stories.models.alert_event import AlertEvent
from stories.models.words import AlertEventKind


def write_step(
    alert: Alert, kind: AlertEventKind, *, by: User, now: datetime, note: str = "", **fields: Any
) -> AlertEvent:
    """One event of the alert's history, in the name of a person."""
    return AlertEvent.objects.create(
        alert=alert, kind=kind, actor=by, actor_name=by.name[:150], at=now, note=note, **fields
    )

"""An alert's history: what happened to it, written in the transaction in which it happens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from stories.models import Alert, AlertEvent, Check, User


def write_event(
    alert: Alert,
    *,
    kind: str,
    at: datetime,
    actor: User | None = None,
    note: str = "",
    state_before: str = "",
    state_after: str = "",
    change: Check | None = None,
    payload: dict[str, Any] | None = None,
) -> AlertEvent:
    """Write one down. Without an actor it is the source that did it; the actor's name is kept beside."""
    event = event_of(
        alert,
        kind=kind,
        at=at,
        actor=actor,
        note=note,
        state_before=state_before,
        state_after=state_after,
        change=change,
        payload=payload,
    )
    event.save()
    return event


def event_of(
    alert: Alert, *, actor: User | None = None, payload: dict[str, Any] | None = None, **fields: Any
) -> AlertEvent:
    """The same, not yet written: for many at once."""
    return AlertEvent(
        alert=alert,
        actor=actor,
        actor_name=actor.name[:150] if actor else "",
        payload=payload or {},
        **fields,
    )

"""What a webhook is sent: an alert as JSON, as docs/webhook.schema.json has it. Fields are added, never changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from stories.alerting.account import Passage, Place
from stories.alerting.message import Message
from stories.models import Check
from stories.models.words import Gravity


def alert_data(message: Message) -> dict[str, Any]:
    """One alert as it stands at the change that the message tells of."""
    account = message.account
    alert, source = account.alert, account.alert.source
    return {
        "id": alert.pk,
        "url": message.alert_url,
        "state": alert.state,
        "gravity": Gravity(alert.gravity).name.lower(),
        "headline": message.headline.label,
        "summary": str(message.headline),
        "explanation": message.headline.lead,
        "source": {"id": source.pk, "title": source.title, "url": source.url or None},
        "page": _page(account.page),
        "passages": [_passage(passage) for passage in account.passages],
        "stories": [_place(place) for place in account.places],
        "first_seen_at": _moment(message.first_seen_at),
        "confirmed_at": _moment(message.confirmed_at),
    }


def envelope(kind: str, *, at: datetime, data: dict[str, Any]) -> bytes:
    """As Standard Webhooks has it: the type, when it happened, and what."""
    return json.dumps({"type": kind, "timestamp": _moment(at), "data": data}, ensure_ascii=False).encode()


def _page(check: Check | None) -> dict[str, Any] | None:
    if check is None:
        return None
    return {"outcome": check.outcome, "explanation": check.explanation}


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "verdict": passage.word.value,
        "alternates": passage.is_alternating,
        "quoted": passage.verdict.passage,
        "now": passage.verdict.wording or None,
        "changes": [{"operation": change.operation, "text": change.text} for change in passage.changes],
        "stories": [_place(place) for place in passage.places],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "headline": place.article.headline,
        "slug": place.article.slug,
        "claim": place.claim.text if place.claim else None,
    }


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at else None

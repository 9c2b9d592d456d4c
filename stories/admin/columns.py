"""Cells of the lists: a state as a coloured label, a moment as time since."""

from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.timezone import localtime

from stories.models.words import (
    AlertState,
    DeliveryState,
    Gravity,
    Outcome,
    PublicationState,
    Standing,
    VerdictWord,
)

#: What unfold's @display(label=…) paints each word as; None leaves it plain.
STANDING_LABELS = {
    Standing.STANDS.label: "success",
    Standing.DISPUTED.label: "warning",
    Standing.CORRECTED.label: "info",
    Standing.WITHDRAWN.label: "danger",
}
OUTCOME_LABELS = {
    Outcome.UNCHANGED.label: "success",
    Outcome.NOISE.label: "success",
    Outcome.CHANGED.label: "warning",
    Outcome.MOVED.label: "info",
    Outcome.GONE.label: "danger",
    Outcome.BLOCKED.label: "danger",
    Outcome.FAILED.label: "danger",
}
VERDICT_LABELS = {
    VerdictWord.VERBATIM.label: "success",
    VerdictWord.ALTERED.label: "warning",
    VerdictWord.MISSING.label: "danger",
    VerdictWord.UNREADABLE.label: "info",
}
ALERT_LABELS = {AlertState.OPEN.label: "danger", AlertState.NEEDS_UPDATE.label: "warning"}
GRAVITY_LABELS = {Gravity.HIGH.label: "danger", Gravity.NORMAL.label: "warning", Gravity.LOW.label: "info"}
PUBLICATION_LABELS = {
    PublicationState.PROPOSED.label: "warning",
    PublicationState.AWAITING.label: "warning",
    PublicationState.SCHEDULED.label: "info",
    PublicationState.PUBLISHED.label: "success",
    PublicationState.REFUSED.label: "danger",
}
DELIVERY_LABELS = {
    DeliveryState.SENT.label: "success",
    DeliveryState.WAITING.label: "info",
    DeliveryState.SENDING.label: "info",
    DeliveryState.GIVEN_UP.label: "danger",
}


def ago(moment: datetime | None, *, now: datetime) -> Any:
    """Such as "3 hours ago", with the exact time behind it; a dash where there is none."""
    if moment is None:
        return "–"
    words = (
        f"{timesince(moment, now, depth=1)} ago" if moment <= now else f"in {timesince(now, moment, depth=1)}"
    )
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        f"{localtime(moment):%-d %B %Y, %H:%M:%S %Z}",
        words,
    )

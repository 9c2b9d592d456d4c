"""Cells of the lists: a state as a coloured label, a moment as time since."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from stories.models.told_times import to_the_second
from stories.models.words import (
    AlertState,
    DeliveryState,
    Gravity,
    Outcome,
    PublicationKind,
    PublicationState,
    Standing,
    VerdictWord,
)
from stories.watching.health import GOOD, ILL, SUSPECTED, UNKNOWN

#: What unfold's @display(label=…) paints each value as; None leaves it plain. Shown is a pair: value and words.
STANDING_LABELS: dict[Any, str | None] = {
    **dict.fromkeys(Standing.values),
    Standing.STANDS.value: "success",
    Standing.DISPUTED.value: "warning",
    Standing.CORRECTED.value: "info",
    Standing.WITHDRAWN.value: "danger",
}
OUTCOME_LABELS: dict[Any, str | None] = {
    **dict.fromkeys(Outcome.values),
    Outcome.UNCHANGED.value: "success",
    Outcome.NOISE.value: "success",
    Outcome.CHANGED.value: "warning",
    Outcome.MOVED.value: "info",
    Outcome.GONE.value: "danger",
    Outcome.BLOCKED.value: "danger",
    Outcome.FAILED.value: "danger",
}
HEALTH_LABELS: dict[Any, str | None] = {GOOD: "success", SUSPECTED: "warning", ILL: "danger", UNKNOWN: None}
VERDICT_LABELS: dict[Any, str | None] = {
    **dict.fromkeys(VerdictWord.values),
    VerdictWord.VERBATIM.value: "success",
    VerdictWord.ALTERED.value: "warning",
    VerdictWord.MISSING.value: "danger",
    VerdictWord.UNREADABLE.value: "info",
}
KIND_LABELS: dict[Any, str | None] = {
    **dict.fromkeys(PublicationKind.values),
    PublicationKind.CORRECTION.value: "warning",
    PublicationKind.RETRACTION.value: "danger",
}
ALERT_LABELS: dict[Any, str | None] = {
    **dict.fromkeys(AlertState.values),
    AlertState.OPEN.value: "danger",
    AlertState.NEEDS_UPDATE.value: "warning",
}
GRAVITY_LABELS = {Gravity.HIGH.value: "danger", Gravity.NORMAL.value: "warning", Gravity.LOW.value: "info"}
PUBLICATION_LABELS: dict[Any, str | None] = {
    **dict.fromkeys(PublicationState.values),
    PublicationState.PROPOSED.value: "warning",
    PublicationState.AWAITING.value: "warning",
    PublicationState.SCHEDULED.value: "info",
    PublicationState.PUBLISHED.value: "success",
    PublicationState.REFUSED.value: "danger",
}
DELIVERY_LABELS: dict[Any, str | None] = {
    **dict.fromkeys(DeliveryState.values),
    DeliveryState.SENT.value: "success",
    DeliveryState.WAITING.value: "info",
    DeliveryState.SENDING.value: "info",
    DeliveryState.GIVEN_UP.value: "danger",
}


def ago(moment: datetime | None, *, now: datetime) -> Any:
    """Such as "3 hours ago", with the exact time behind it; a dash where there is none."""
    if moment is None:
        return "–"
    if abs(moment - now) < timedelta(minutes=1):
        words = _("just now") if moment <= now else _("within a minute")
    elif moment <= now:
        words = _("%(time)s ago") % {"time": timesince(moment, now, depth=1)}
    else:
        words = _("in %(time)s") % {"time": timesince(now, moment, depth=1)}
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        to_the_second(moment),
        words,
    )


def shown(row: Any, name: str) -> tuple[Any, str]:
    """A field with choices as unfold paints it: its value, and what people call it."""
    return getattr(row, name), str(getattr(row, f"get_{name}_display")())

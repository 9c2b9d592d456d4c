"""What need not be told any more: it was answered, it came and went, or something newer was told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from stories.models import Delivery
from stories.models.words import AlertState, DeliveryState, Gravity

ANSWERED = "it was answered before this was sent"
CAME_AND_WENT = "it came and went before anybody was told"
TOLD_SINCE = "something newer about it was told"
_BY_ITS_SOURCE = (AlertState.OPEN, AlertState.RESTORED)


def reasons_against(deliveries: Sequence[Delivery]) -> dict[int, str]:
    """By the key of the delivery, why there is nothing left to tell; of deliveries to one place, in one query."""
    told = _told(deliveries)
    reasons = {delivery.pk: _reason(delivery, told[delivery.alert_id]) for delivery in deliveries}
    return {key: reason for key, reason in reasons.items() if reason}


def _told(deliveries: Sequence[Delivery]) -> dict[int, list[tuple[int, Gravity]]]:
    """What was sent about each of the alerts to the same place, oldest first: the key and the gravity."""
    found: dict[int, list[tuple[int, Gravity]]] = defaultdict(list)
    if not deliveries:
        return found
    alike = Delivery.objects.filter(
        alert__in={delivery.alert_id for delivery in deliveries}, endpoint=deliveries[0].endpoint_id
    )
    sent = alike.filter(state=DeliveryState.SENT).order_by("pk")
    for alert, key, gravity in sent.values_list("alert", "pk", "gravity"):
        found[alert].append((key, Gravity(gravity)))
    return found


def _reason(delivery: Delivery, told: Sequence[tuple[int, Gravity]]) -> str:
    alert = delivery.alert
    if told and told[-1][0] > delivery.pk:
        return TOLD_SINCE
    is_answered = alert.state not in _BY_ITS_SOURCE
    if is_answered and alert.answered_at and delivery.written_at <= alert.answered_at:
        return ANSWERED
    knows_of_trouble = bool(told) and told[-1][1] != Gravity.LOW
    return CAME_AND_WENT if alert.state == AlertState.RESTORED and not knows_of_trouble else ""

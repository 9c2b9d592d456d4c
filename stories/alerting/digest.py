"""Digests: what is due to a person at one place is gathered into one message; and what the next one would say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from stories.alerting.message import Message, messages_for
from stories.alerting.outdated import reasons_against
from stories.models import Delivery, Digest, Endpoint, User
from stories.models.delivery import DeliveryQuerySet
from stories.models.words import Channel, DeliveryState, Timing

TOLD_TOGETHER = "it was told together with something newer"


@dataclass(frozen=True, slots=True)
class Preview:
    """The next digest to one place, as it would be if it went now; `endpoint` is None for e-mail."""

    endpoint: Endpoint | None
    at: datetime
    messages: Sequence[Message]


def has_digests_to_gather(*, now: datetime) -> bool:
    return Delivery.objects.to_gather(now).exists()


def gather_digests(*, now: datetime, limit: int) -> list[Digest]:
    """Put what is due under one digest for each person and place, and return the digests.

    What need not be told any more is settled without one. What quiet hours held back of a single alert is sent as
    the alert itself. Each digest is written in one transaction: all of its deliveries or none.
    """
    due = Delivery.objects.to_gather(now).order_by()
    places = due.values_list("alert__recipient_id", "endpoint_id").distinct()[:limit]
    in_order = sorted(places, key=lambda place: (place[0], place[1] or 0))
    gathered = [_gather(person, endpoint, now=now) for person, endpoint in in_order]
    return [digest for digest in gathered if digest]


def due_digests(*, now: datetime, limit: int) -> list[Digest]:
    return list(Digest.objects.due(now)[:limit])


def previews_of(person: User) -> list[Preview]:
    """The next digest to each place for which something waits, soonest first."""
    waiting = _waiting(person)
    by_place: dict[int | None, list[Delivery]] = {}
    for delivery in waiting:
        by_place.setdefault(delivery.endpoint_id, []).append(delivery)
    previews = [_preview(deliveries) for deliveries in by_place.values()]
    return sorted((preview for preview in previews if preview.messages), key=lambda preview: preview.at)


def messages_of(deliveries: Sequence[Delivery]) -> list[Message]:
    """One for each alert, gravest first, of what still concerns the person."""
    latest = _latest(deliveries)
    told = [message for message in messages_for(latest) if message.is_of_concern]
    return sorted(told, key=lambda message: -message.account.alert.gravity)


@transaction.atomic
def _gather(person_id: int, endpoint_id: int | None, *, now: datetime) -> Digest | None:
    # The lock on the person keeps two workers from writing two digests at once.
    locked = User.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=person_id)
    if not locked.values_list("pk").first():
        return None
    due = Delivery.objects.to_gather(now).filter(alert__recipient=person_id, endpoint=endpoint_id)
    deliveries = list(due.select_for_update(of=("self",)).select_related("alert").order_by("pk"))
    wanted = _settle_outdated(deliveries)
    if not wanted:
        return None
    latest = _latest(wanted)
    if len(latest) == 1 and all(delivery.timing == Timing.HELD for delivery in wanted):
        _send_alone(latest[0], wanted)
        return None
    digest = Digest.objects.create(
        person_id=person_id,
        channel=Channel(wanted[0].channel),
        endpoint_id=endpoint_id,
        gathered_at=now,
        next_try_at=now,
    )
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in wanted]).update(digest=digest)
    return digest


def _settle_outdated(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """Return those that are left to be told."""
    reasons = reasons_against(deliveries)
    for reason in set(reasons.values()):
        keys = [key for key, why in reasons.items() if why == reason]
        Delivery.objects.filter(pk__in=keys).update(state=DeliveryState.NOT_NEEDED, error=reason)
    return [delivery for delivery in deliveries if delivery.pk not in reasons]


def _send_alone(chosen: Delivery, deliveries: Sequence[Delivery]) -> None:
    older = [delivery.pk for delivery in deliveries if delivery.pk != chosen.pk]
    Delivery.objects.filter(pk__in=older).update(state=DeliveryState.NOT_NEEDED, error=TOLD_TOGETHER)
    Delivery.objects.filter(pk=chosen.pk).update(timing=Timing.AT_ONCE)


def _latest(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """The last one about each alert."""
    return list(
        {delivery.alert_id: delivery for delivery in sorted(deliveries, key=lambda each: each.pk)}.values()
    )


def _waiting(person: User) -> DeliveryQuerySet:
    waiting = Delivery.objects.filter(
        alert__recipient=person, state=DeliveryState.WAITING, digest__isnull=True
    )
    return waiting.exclude(timing=Timing.AT_ONCE).select_related("alert", "change", "endpoint").order_by("pk")


def _preview(deliveries: Sequence[Delivery]) -> Preview:
    reasons = reasons_against(deliveries)
    wanted = [delivery for delivery in deliveries if delivery.pk not in reasons] or deliveries[:1]
    at = min(delivery.next_try_at for delivery in wanted)
    due = [delivery for delivery in wanted if delivery.next_try_at <= at and delivery.pk not in reasons]
    return Preview(deliveries[0].endpoint, at, messages_of(due))

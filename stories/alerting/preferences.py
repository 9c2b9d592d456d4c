"""What each person chose, with the defaults where they chose nothing, and what waits moved when they choose anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from stories.alerting.timing import turn_of
from stories.models import Delivery, Endpoint, HearingChoice, Preferences, User
from stories.models.words import Channel, DeliveryState, Gravity, Timing

DEFAULTS_OF_EMAIL = {
    Gravity.HIGH: Timing.AT_ONCE,
    Gravity.NORMAL: Timing.AT_ONCE,
    Gravity.LOW: Timing.DAILY,
}
DEFAULTS_OF_ENDPOINT = {
    Gravity.HIGH: Timing.AT_ONCE,
    Gravity.NORMAL: Timing.AT_ONCE,
    Gravity.LOW: Timing.NEVER,
}
CHOSE_NEVER = "the person chose not to hear of this"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person hears: their mailbox (no endpoint), or one of their endpoints."""

    channel: Channel
    endpoint: Endpoint | None = None

    @property
    def endpoint_id(self) -> int | None:
        return self.endpoint.pk if self.endpoint else None


@dataclass(slots=True)
class Hearing:
    """How one person wants to hear."""

    person: User
    preferences: Preferences
    endpoints: list[Endpoint] = field(default_factory=list)
    chosen: dict[tuple[int | None, int], Timing] = field(default_factory=dict)

    def places(self) -> Iterator[Place]:
        """Those in use: nothing is written for a mailbox or an endpoint that is paused."""
        if self.person.email and not self.preferences.is_email_paused:
            yield Place(Channel.EMAIL)
        for endpoint in self.endpoints:
            if not endpoint.is_paused:
                yield Place(Channel(endpoint.channel), endpoint)

    def timing_at(self, endpoint_id: int | None, gravity: Gravity) -> Timing:
        defaults = DEFAULTS_OF_EMAIL if endpoint_id is None else DEFAULTS_OF_ENDPOINT
        return self.chosen.get((endpoint_id, gravity), defaults[gravity])


def hearings_of(people: Iterable[User]) -> dict[int, Hearing]:
    """How each of them wants to hear, by their key, in three queries."""
    persons = {person.pk: person for person in people}
    rows = {row.person_id: row for row in Preferences.objects.filter(person__in=persons)}
    found = {
        pk: Hearing(person, rows.get(pk) or Preferences(person=person)) for pk, person in persons.items()
    }
    for endpoint in Endpoint.objects.filter(person__in=persons):
        found[endpoint.person_id].endpoints.append(endpoint)
    for choice in HearingChoice.objects.filter(person__in=persons):
        found[choice.person_id].chosen[choice.endpoint_id, choice.gravity] = Timing(choice.timing)
    return found


def hearing_of(person: User) -> Hearing:
    return hearings_of([person])[person.pk]


def preferences_of(person: User) -> Preferences:
    """The person's row, or an unsaved one with the defaults."""
    return Preferences.objects.filter(person=person).first() or Preferences(person=person)


@transaction.atomic
def retime(person: User) -> None:
    """Move what waits for this person to when it would have come by what they chose now.

    To be called after every change of preferences, choices or endpoints. What is being sent or tried again, and
    what a digest has gathered, stays where it is.
    """
    hearing = hearing_of(person)
    waiting = Delivery.objects.filter(
        alert__recipient=person, state=DeliveryState.WAITING, digest__isnull=True, try_count=0
    )
    moves: dict[tuple[Timing, datetime] | None, list[int]] = defaultdict(list)
    for delivery in waiting.order_by("pk").select_for_update(of=("self",)):
        gravity = Gravity(delivery.gravity)
        choice = hearing.timing_at(delivery.endpoint_id, gravity)
        turn = turn_of(hearing.preferences, choice, gravity=gravity, now=delivery.written_at)
        moves[(turn.timing, turn.at) if turn else None].append(delivery.pk)
    for move, keys in moves.items():
        _move(waiting.filter(pk__in=keys), move)


def _move(deliveries: Any, move: tuple[Timing, datetime] | None) -> None:
    if move is None:
        deliveries.update(state=DeliveryState.NOT_NEEDED, error=CHOSE_NEVER)
        return
    timing, at = move
    deliveries.update(timing=timing, next_try_at=at)

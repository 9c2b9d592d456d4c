"""A mailbox or an endpoint that keeps failing is paused, so that nothing more is lost there unseen.

What counts is a message that was given up, not a try that failed: a server that is away for an hour pauses nothing.
Of e-mail only what a mail server refuses for good counts, since a mail server that is away is nobody's mailbox. A
message that is taken begins the count anew; “410 Gone” pauses at once. `pause_letters` tells the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from stories.alerting.channels.errors import DeliveryFailedError
from stories.alerting.preferences import retime
from stories.models import Endpoint, Preferences, User

GIVEN_UP_UNTIL_PAUSED = 3


@dataclass(frozen=True, slots=True)
class FailedPlace:
    """A mailbox or an endpoint that is paused because it failed, and the words for it."""

    name: str
    because: str


def failed_places(person: User) -> list[FailedPlace]:
    """What the desk shows until it is resumed."""
    endpoints = Endpoint.objects.filter(person=person, paused_at__isnull=False).exclude(paused_because="")
    mailbox = Preferences.objects.filter(person=person, email_paused_at__isnull=False).first()
    places = [FailedPlace(endpoint.name, endpoint.paused_because) for endpoint in endpoints]
    return places + ([FailedPlace("E-mail", mailbox.email_paused_because)] if mailbox else [])


def note_taken(person: User, endpoint: Endpoint | None, *, now: datetime) -> None:
    """A message has arrived there."""
    if endpoint:
        Endpoint.objects.filter(pk=endpoint.pk).update(failure_count=0, last_ok_at=now)
    else:
        Preferences.objects.filter(person=person, email_failure_count__gt=0).update(email_failure_count=0)


def note_given_up(
    person: User, endpoint: Endpoint | None, failure: DeliveryFailedError, *, now: datetime
) -> None:
    """A message to there was given up; pause the place if it was one too many."""
    if endpoint:
        _note_endpoint(endpoint, failure, now=now)
    elif failure.permanent:
        _note_mailbox(person, failure, now=now)


def pause_endpoint(endpoint: Endpoint, *, now: datetime) -> None:
    """Its person wants nothing there for a while, and knows it."""
    Endpoint.objects.in_use().filter(pk=endpoint.pk).update(
        paused_at=now, paused_because="", pause_told_at=now
    )


@transaction.atomic
def resume_endpoint(endpoint: Endpoint) -> None:
    Endpoint.objects.filter(pk=endpoint.pk).update(
        paused_at=None, paused_because="", pause_told_at=None, failure_count=0
    )
    retime(endpoint.person)


@transaction.atomic
def resume_mailbox(person: User) -> None:
    Preferences.objects.filter(person=person).update(
        email_paused_at=None, email_paused_because="", email_pause_told_at=None, email_failure_count=0
    )
    retime(person)


def _note_endpoint(endpoint: Endpoint, failure: DeliveryFailedError, *, now: datetime) -> None:
    in_use = Endpoint.objects.in_use().filter(pk=endpoint.pk)
    in_use.update(failure_count=F("failure_count") + 1)
    if not failure.ends_channel:
        in_use = in_use.filter(failure_count__gte=GIVEN_UP_UNTIL_PAUSED)
    in_use.update(paused_at=now, paused_because=_why(failure), pause_told_at=None)


def _note_mailbox(person: User, failure: DeliveryFailedError, *, now: datetime) -> None:
    Preferences.objects.get_or_create(person=person)
    in_use = Preferences.objects.filter(person=person, email_paused_at__isnull=True)
    in_use.update(email_failure_count=F("email_failure_count") + 1)
    in_use.filter(email_failure_count__gte=GIVEN_UP_UNTIL_PAUSED).update(
        email_paused_at=now, email_paused_because=_why(failure), email_pause_told_at=None
    )


def _why(failure: DeliveryFailedError) -> str:
    if failure.ends_channel:
        return f"It wants nothing more. {failure}"
    return f"{GIVEN_UP_UNTIL_PAUSED} messages in a row did not get there. {failure}"

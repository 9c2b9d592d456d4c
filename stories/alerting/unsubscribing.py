"""Stopping a person's alert mail from the mail itself: by one click, signed, without a log-in (RFC 8058).

What a click stops is e-mail about changes as grave as the one in the letter, and about lesser ones: who does not
want mail about what is grave does not want it about what is not. What is graver than the letter still comes by
e-mail, and the desk, the feed, webhooks and chat tell of everything as before. It can be undone, here and at the desk.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from stories.alerting.preferences import hearing_of, retime
from stories.models import HearingChoice, User
from stories.models.words import Gravity, Timing

_SIGNER = Signer(salt="stories.unsubscribing")


@dataclass(frozen=True, slots=True)
class Subscription:
    """A person's mail about changes of this gravity and of lesser ones."""

    person: User
    gravity: Gravity

    @property
    def gravities(self) -> list[Gravity]:
        return [gravity for gravity in Gravity if gravity <= self.gravity]

    @property
    def is_stopped(self) -> bool:
        hearing = hearing_of(self.person)
        return all(hearing.timing_at(None, gravity) == Timing.NEVER for gravity in self.gravities)


def unsubscribe_address(person: User, *, gravity: Gravity) -> str:
    """Works for as long as the installation's key does, and tells nobody anything but its person's number."""
    token = _SIGNER.sign(f"{person.pk}-{int(gravity)}")
    return settings.SITE_URL + reverse("desk_unsubscribe", args=[token])


def subscription_of(token: str) -> Subscription | None:
    """What the token stands for; None where it is not one of ours, or its person is gone."""
    try:
        person, _, gravity = _SIGNER.unsign(token).partition("-")
    except BadSignature:
        return None
    found = User.objects.filter(pk=int(person)).first()
    return Subscription(found, Gravity(int(gravity))) if found else None


@transaction.atomic
def stop_mail(subscription: Subscription) -> None:
    """Twice does what once does. What already waits to be mailed is not mailed either."""
    for gravity in subscription.gravities:
        HearingChoice.objects.update_or_create(
            person=subscription.person, endpoint=None, gravity=gravity, defaults={"timing": Timing.NEVER}
        )
    retime(subscription.person)


@transaction.atomic
def resume_mail(subscription: Subscription) -> None:
    """Back to the defaults, for what was stopped."""
    stopped = HearingChoice.objects.filter(
        person=subscription.person,
        endpoint=None,
        gravity__in=subscription.gravities,
        timing=Timing.NEVER,
    )
    stopped.delete()
    retime(subscription.person)

"""What people follow and choose: one row for each, and nothing that contradicts itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from stories.models import AlertEvent, Delivery, Digest, User
from stories.models.append_only import AppendOnlyError
from stories.models.preferences import check_zone
from stories.models.words import Channel, DeliveryState, Timing
from tests.factories import (
    AlertEventFactory,
    AlertFactory,
    ArticleFactory,
    DeliveryFactory,
    DigestFactory,
    EndpointFactory,
    FollowingFactory,
    PreferencesFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def refused(make: Any, **fields: Any) -> bool:
    try:
        with transaction.atomic():
            make(**fields)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "of", [lambda: {"article": ArticleFactory()}, lambda: {"source": SourceFactory()}, dict]
)
def test_a_person_follows_each_thing_once(of: Any) -> None:
    person, thing = UserFactory(), of()
    FollowingFactory(person=person, **thing)

    assert refused(FollowingFactory, person=person, **thing)
    assert not refused(FollowingFactory, **thing)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "Europe", "../etc/passwd"])
def test_a_zone_must_be_known(name: str) -> None:
    with pytest.raises(ValidationError, match="no time zone"):
        check_zone(name)


def test_without_a_choice_the_zone_is_the_newsrooms(settings: Any) -> None:
    settings.TIME_ZONE = "America/New_York"
    preferences = PreferencesFactory()

    assert str(preferences.zone) == "America/New_York"


def test_a_change_is_told_once_to_each_mailbox_and_endpoint() -> None:
    """Invariant 3: by a unique constraint."""
    mail = DeliveryFactory()
    endpoint = EndpointFactory(person=mail.alert.recipient)
    told = {"alert": mail.alert, "change": mail.change}
    DeliveryFactory(**told, channel=Channel.WEBHOOK, endpoint=endpoint)

    assert refused(DeliveryFactory, **told)
    assert refused(DeliveryFactory, **told, channel=Channel.WEBHOOK, endpoint=endpoint)


def test_what_waits_for_a_digest_is_gathered_and_not_sent_by_itself() -> None:
    alone, together = DeliveryFactory(), DeliveryFactory(timing=Timing.DAILY)
    now = timezone.now()

    assert list(Delivery.objects.due(now)) == [alone]
    assert list(Delivery.objects.to_gather(now)) == [together]


def test_what_a_digest_has_goes_with_it() -> None:
    digest = DigestFactory()
    DeliveryFactory(timing=Timing.DAILY, digest=digest)
    now = timezone.now()

    assert (list(Delivery.objects.due(now)), list(Delivery.objects.to_gather(now))) == ([], [])
    assert list(Digest.objects.due(now)) == [digest]


def test_a_digest_is_claimed_once() -> None:
    """Invariant 3: by a conditional update."""
    digest, now = DigestFactory(), timezone.now()

    claims = [digest.claim(now=now, until=now + timedelta(minutes=2)) for _ in range(2)]

    digest.refresh_from_db()
    assert (claims, digest.state) == ([True, False], DeliveryState.SENDING)


def test_what_became_of_an_alert_is_written_once() -> None:
    event = AlertEventFactory()

    event.note = "otherwise"
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        AlertEvent.objects.update(note="otherwise")


def test_the_history_of_an_alert_outlives_its_people() -> None:
    person = UserFactory()
    event = AlertEventFactory(alert=AlertFactory(assignee=person), actor=person, actor_name="Edith Moore")

    User.objects.filter(pk=person.pk).delete()

    event.refresh_from_db()
    assert (event.actor, event.actor_name, event.alert.assignee) == (None, "Edith Moore", None)

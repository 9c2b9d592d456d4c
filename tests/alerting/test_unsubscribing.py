"""Stopping mail from the mail: what a click stops, what it leaves, and who cannot do it."""

import pytest

from stories.alerting.preferences import hearing_of
from stories.alerting.unsubscribing import (
    Subscription,
    resume_mail,
    stop_mail,
    subscription_of,
    unsubscribe_address,
)
from stories.models import Delivery, User
from stories.models.words import DeliveryState, Gravity, Timing
from tests.alerting.scenes import altered_alert
from tests.factories import EndpointFactory, HearingChoiceFactory

pytestmark = pytest.mark.django_db


def token_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def mail_timings(person: User) -> list[Timing]:
    """Of low, normal and high gravity."""
    return [hearing_of(person).timing_at(None, gravity) for gravity in Gravity]


def test_the_address_stands_for_its_person_and_the_gravity_of_the_letter(reporter: User) -> None:
    address = unsubscribe_address(reporter, gravity=Gravity.NORMAL)

    assert subscription_of(token_of(address)) == Subscription(reporter, Gravity.NORMAL)


@pytest.mark.parametrize("token", ["", "1-3", "1-3:forged", "x:y:z"])
def test_what_we_have_not_signed_stands_for_nothing(token: str, reporter: User) -> None:
    assert subscription_of(token) is None


def test_a_signed_address_cannot_be_made_to_stand_for_another_person(reporter: User) -> None:
    token = token_of(unsubscribe_address(reporter, gravity=Gravity.LOW))
    _value, _, signature = token.rpartition(":")

    assert subscription_of(f"{reporter.pk + 1}-1:{signature}") is None


def test_whoever_is_gone_has_no_mail_to_stop(reporter: User) -> None:
    token = token_of(unsubscribe_address(reporter, gravity=Gravity.LOW))
    reporter.delete()

    assert subscription_of(token) is None


@pytest.mark.parametrize(
    ("gravity", "timings"),
    [
        (Gravity.LOW, ["never", "at_once", "at_once"]),
        (Gravity.NORMAL, ["never", "never", "at_once"]),
        (Gravity.HIGH, ["never", "never", "never"]),
    ],
)
def test_a_click_stops_mail_as_grave_as_the_letter_and_lesser(
    gravity: Gravity, timings: list[str], reporter: User
) -> None:
    subscription = Subscription(reporter, gravity)

    stop_mail(subscription)
    stop_mail(subscription)

    assert mail_timings(reporter) == timings
    assert subscription.is_stopped


def test_other_channels_go_on(reporter: User) -> None:
    endpoint = EndpointFactory(person=reporter)

    stop_mail(Subscription(reporter, Gravity.HIGH))

    assert hearing_of(reporter).timing_at(endpoint.pk, Gravity.HIGH) == Timing.AT_ONCE


def test_what_waits_to_be_mailed_is_not_mailed_any_more(reporter: User) -> None:
    altered_alert(reporter)

    stop_mail(Subscription(reporter, Gravity.HIGH))

    assert Delivery.objects.get().state == DeliveryState.NOT_NEEDED


def test_it_can_be_taken_back(reporter: User) -> None:
    HearingChoiceFactory(person=reporter, gravity=Gravity.HIGH, timing=Timing.WEEKLY)
    subscription = Subscription(reporter, Gravity.NORMAL)
    stop_mail(subscription)

    resume_mail(subscription)

    assert mail_timings(reporter) == ["daily", "at_once", "weekly"]
    assert not subscription.is_stopped

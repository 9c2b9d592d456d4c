"""What each person chose, what holds where they chose nothing, and what waits when they choose anew."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stories.alerting.preferences import (
    CHOSE_NEVER,
    hearing_of,
    hearings_of,
    preferences_of,
    retime,
)
from stories.models import Delivery, User
from stories.models.words import Channel, DeliveryState, Gravity, Timing
from tests.alerting.scenes import NOON, at
from tests.factories import (
    AlertFactory,
    DeliveryFactory,
    EndpointFactory,
    HearingChoiceFactory,
    PreferencesFactory,
    UserFactory,
    make_reporter,
)

pytestmark = pytest.mark.django_db


def test_nobody_needs_a_row(reporter: User) -> None:
    preferences = preferences_of(reporter)

    assert (preferences.pk, preferences.digest_at, preferences.paused_until) == (None, time(8), None)


def test_what_a_person_chose_is_kept(reporter: User) -> None:
    row = PreferencesFactory(person=reporter, digest_at=time(6))

    assert preferences_of(reporter) == row


def test_there_is_a_default_where_nothing_was_chosen(reporter: User) -> None:
    endpoint = EndpointFactory(person=reporter)
    HearingChoiceFactory(person=reporter, gravity=Gravity.NORMAL, timing=Timing.WEEKLY)
    HearingChoiceFactory(person=reporter, endpoint=endpoint, gravity=Gravity.LOW, timing=Timing.HOURLY)

    hearing = hearing_of(reporter)
    chosen = {
        place: [hearing.timing_at(place, gravity) for gravity in Gravity] for place in (None, endpoint.pk)
    }
    assert chosen == {
        None: [Timing.DAILY, Timing.WEEKLY, Timing.AT_ONCE],
        endpoint.pk: [Timing.HOURLY, Timing.AT_ONCE, Timing.AT_ONCE],
    }


def test_a_person_hears_at_each_place_in_use(reporter: User) -> None:
    chat = EndpointFactory(person=reporter, channel=Channel.CHAT)
    EndpointFactory(person=reporter, paused_at=NOON)

    places = [(place.channel, place.endpoint) for place in hearing_of(reporter).places()]

    assert places == [(Channel.EMAIL, None), (Channel.CHAT, chat)]


def test_nobody_hears_by_mail_whose_mailbox_is_paused_or_unknown() -> None:
    paused = PreferencesFactory(email_paused_at=NOON).person

    assert list(hearing_of(paused).places()) == []
    assert list(hearing_of(UserFactory(email="")).places()) == []


def test_many_people_are_read_up_as_quickly_as_one() -> None:
    counts = []
    for people in (1, 9):
        persons = [EndpointFactory().person for _ in range(people)]
        with CaptureQueriesContext(connection) as queries:
            hearings_of(persons)
        counts.append(len(queries))

    assert counts == [3, 3]


def waiting_for(person: User, gravity: Gravity = Gravity.NORMAL, **fields: object) -> Delivery:
    alert = AlertFactory(recipient=person, gravity=gravity)
    return DeliveryFactory(**{"alert": alert, "next_try_at": NOON, "written_at": NOON, **fields})


def test_what_waits_for_a_digest_comes_at_once_when_the_person_wants_that(reporter: User) -> None:
    waiting = waiting_for(reporter, timing=Timing.WEEKLY)

    retime(reporter)

    waiting.refresh_from_db()
    assert (waiting.timing, waiting.next_try_at) == (Timing.AT_ONCE, NOON)


def test_what_was_to_come_at_once_waits_for_the_end_of_a_pause(reporter: User) -> None:
    waiting = waiting_for(reporter)
    PreferencesFactory(person=reporter, time_zone="UTC", paused_until=date(2026, 5, 8))

    retime(reporter)

    waiting.refresh_from_db()
    assert (waiting.timing, waiting.next_try_at.isoformat()) == (Timing.HELD, "2026-05-08T08:00:00+00:00")


def test_what_the_person_wants_to_hear_nothing_of_is_not_needed_any_more(reporter: User) -> None:
    waiting = waiting_for(reporter)
    HearingChoiceFactory(person=reporter, gravity=Gravity.NORMAL, timing=Timing.NEVER)

    retime(reporter)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == (DeliveryState.NOT_NEEDED, CHOSE_NEVER)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": DeliveryState.SENT},
        {"state": DeliveryState.SENDING, "try_count": 1},
        {"state": DeliveryState.WAITING, "try_count": 1},
    ],
)
def test_what_is_on_its_way_or_done_stays_as_it_is(fields: dict[str, object], reporter: User) -> None:
    delivery = waiting_for(reporter, **{**fields, "next_try_at": at(5)})
    HearingChoiceFactory(person=reporter, gravity=Gravity.NORMAL, timing=Timing.NEVER)

    retime(reporter)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_try_at) == (fields["state"], at(5))


def test_nobody_elses_deliveries_are_moved(reporter: User) -> None:
    waiting = waiting_for(make_reporter(), timing=Timing.WEEKLY)

    retime(reporter)

    waiting.refresh_from_db()
    assert waiting.timing == Timing.WEEKLY

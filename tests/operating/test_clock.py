"""A clock that ran ahead was set back: nothing waits until it comes round again. Invariants 1 and 2."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stories.models import Delivery, Host, Pulse, Watch
from stories.models.pulse import TICK
from stories.models.words import DeliveryState, Pace, Timing
from stories.operating.clock import bring_back_what_lies_ahead, keep_what_is_leased
from tests.factories import DeliveryFactory, DigestFactory, WatchFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
AHEAD = NOW + timedelta(days=1)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _last_tick_lies_ahead():
    Pulse.beat(TICK, now=AHEAD)


def test_sources_that_were_read_in_the_future_or_never_are_due():
    looked_at = WatchFactory(checked_at=AHEAD, due_at=AHEAD + A_MINUTE)
    never = WatchFactory(checked_at=None, due_at=AHEAD)

    assert bring_back_what_lies_ahead(now=NOW)

    assert set(Watch.objects.due(NOW)) == {looked_at, never}


def test_a_source_that_waits_by_the_right_clock_waits_on():
    WatchFactory(checked_at=NOW - A_MINUTE, due_at=NOW + timedelta(hours=20), pace=Pace.SETTLED)

    assert bring_back_what_lies_ahead(now=NOW)

    assert not Watch.objects.due(NOW).exists()


def leased_until(moment: datetime) -> dict[str, Any]:
    return {"lease": uuid.uuid4(), "leased_until": moment}


def test_what_the_wrong_clock_leased_is_held_as_long_as_it_was_meant_to_be():
    at_work = WatchFactory(due_at=NOW - A_MINUTE, **leased_until(AHEAD + A_MINUTE))
    leased_since = WatchFactory(due_at=NOW - A_MINUTE, **leased_until(NOW + 2 * A_MINUTE))
    Host.objects.create(
        origin="https://port.example", quiet_until=AHEAD + A_MINUTE, **leased_until(AHEAD + A_MINUTE)
    )

    bring_back_what_lies_ahead(now=NOW)

    assert not Watch.objects.due(NOW).exists()
    assert list(Watch.objects.due(NOW + A_MINUTE)) == [at_work]
    assert set(Watch.objects.due(NOW + 2 * A_MINUTE)) == {at_work, leased_since}
    assert Host.objects.free(NOW + A_MINUTE).get().quiet_until is None


def test_what_is_leased_while_the_clock_is_set_forth_is_held_as_long_as_it_was_meant_to_be():
    later = AHEAD + timedelta(hours=1)
    at_work = WatchFactory(due_at=NOW, **leased_until(AHEAD + A_MINUTE))
    dead_before = WatchFactory(due_at=NOW, **leased_until(AHEAD - A_MINUTE))

    for _each_of_two_beats in range(2):
        keep_what_is_leased(now=later)

    assert list(Watch.objects.due(later)) == [dead_before]
    assert set(Watch.objects.due(later + A_MINUTE)) == {at_work, dead_before}


@pytest.mark.parametrize(
    ("seconds", "minutes_between"),
    [
        pytest.param(15, [1], id="ticks that come in time"),
        pytest.param(600, [10], id="ticks that are wanted seldom"),
        pytest.param(15, [6, 6], id="ticks that come late, each of them"),
        pytest.param(15, [6, -5, 6], id="ticks of two machines whose clocks disagree"),
    ],
)
def test_between_ticks_leases_run_out(settings, seconds: int, minutes_between: list[int]):
    settings.TICK_SECONDS = seconds
    dead = WatchFactory(due_at=NOW, **leased_until(AHEAD + timedelta(seconds=1)))

    now = AHEAD
    for minutes in minutes_between:
        now += minutes * A_MINUTE
        keep_what_is_leased(now=now)
        Pulse.beat(TICK, now=now)

    assert list(Watch.objects.due(now)) == [dead]


def test_messages_that_were_claimed_or_put_off_are_due():
    claimed = DeliveryFactory(state=DeliveryState.SENDING, next_try_at=AHEAD + A_MINUTE)
    waiting = DeliveryFactory(next_try_at=AHEAD)
    DigestFactory(next_try_at=AHEAD)

    bring_back_what_lies_ahead(now=NOW)

    assert set(Delivery.objects.due(NOW)) == {claimed, waiting}
    assert DigestFactory._meta.model.objects.due(NOW).count() == 1


def test_what_a_person_wants_to_hear_later_comes_later():
    held = DeliveryFactory(timing=Timing.HELD, next_try_at=NOW + timedelta(hours=8))

    bring_back_what_lies_ahead(now=NOW)

    held.refresh_from_db()
    assert held.next_try_at == NOW + timedelta(hours=8)


def test_clocks_that_differ_a_little_change_nothing():
    Pulse.beat(TICK, now=NOW + A_MINUTE)
    WatchFactory(checked_at=None, due_at=NOW + A_MINUTE)

    assert not bring_back_what_lies_ahead(now=NOW)

    assert not Watch.objects.due(NOW).exists()


def test_two_machines_whose_clocks_disagree_do_not_bring_back_at_each_tick():
    assert bring_back_what_lies_ahead(now=NOW)
    Pulse.beat(TICK, now=AHEAD)

    assert not bring_back_what_lies_ahead(now=NOW + A_MINUTE)
    assert bring_back_what_lies_ahead(now=NOW + timedelta(hours=1))


def test_a_newsroom_that_has_never_ticked_has_nothing_to_bring_back():
    Pulse.objects.all().delete()

    assert not bring_back_what_lies_ahead(now=NOW)

"""Old looks are counted together: none is lost from the picture, and nothing that rests on one loses it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import models

from stories.alerting.account import first_seen_at
from stories.models import Check, Source
from stories.models.words import Outcome
from stories.watching.folding import fold, plan_folding, sources_with_looks_to_fold
from stories.watching.known import ALTERNATION_WINDOW
from stories.watching.life import life_of
from stories.watching.on_record import suspicions_of
from tests.factories import (
    AlertEventFactory,
    AlertFactory,
    CheckFactory,
    DeliveryFactory,
    SnapshotFactory,
    SourceFactory,
    VerdictFactory,
    WatchFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 15, 18, 0, tzinfo=UTC)
KEEP = timedelta(days=90)
#: The middle of a month that is long past.
JANUARY = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


def look(source: Source, *, hours: float = 0, outcome: Outcome = Outcome.FAILED, **fields: Any) -> Check:
    given = {"reason": "dns"} if outcome == Outcome.FAILED else {}
    started_at = JANUARY + timedelta(hours=hours)
    return CheckFactory(source=source, started_at=started_at, outcome=outcome, **{**given, **fields})


def left(source: Source) -> list[Check]:
    return list(Check.objects.filter(source=source).order_by("pk"))


@pytest.fixture
def source() -> Source:
    return SourceFactory()


def test_old_looks_of_a_month_that_ended_alike_become_one(source: Source) -> None:
    first, *_, last = [look(source, hours=hours) for hours in range(5)]

    fold(source, keep=KEEP, now=NOW)

    assert left(source) == [first, last]
    counted, alone = left(source)
    assert (counted.looks, counted.last_at) == (4, JANUARY + timedelta(hours=3))
    assert (alone.looks, alone.last_at) == (1, None)


def test_the_picture_shows_as_many_looks_of_each_kind_as_before(source: Source) -> None:
    for hours in range(40):
        look(source, hours=hours, outcome=[Outcome.FAILED, Outcome.NOISE, Outcome.UNCHANGED][hours % 3])
    before = life_of(source, citations=[], now=NOW)

    fold(source, keep=KEEP, now=NOW)

    after = life_of(source, citations=[], now=NOW)
    assert before
    assert after
    assert len(left(source)) == 6
    assert after.looks == before.looks == 40
    assert (after.begins_at, after.ends_at) == (before.begins_at, before.ends_at)
    for outcome in (Outcome.FAILED, Outcome.NOISE, Outcome.UNCHANGED):
        assert after.looks_that_ended(outcome) == before.looks_that_ended(outcome)


def test_a_second_time_there_is_nothing_to_do(source: Source) -> None:
    for hours in range(5):
        look(source, hours=hours)
    fold(source, keep=KEEP, now=NOW)

    assert plan_folding(source, keep=KEEP, now=NOW) == []
    assert not sources_with_looks_to_fold(keep=KEEP, now=NOW).exists()


def test_young_looks_are_left_alone(source: Source) -> None:
    for days in range(5):
        CheckFactory(source=source, started_at=NOW - KEEP + timedelta(days=days, minutes=1))

    assert not sources_with_looks_to_fold(keep=KEEP, now=NOW).exists()
    assert fold(source, keep=KEEP, now=NOW) == []


def test_a_count_that_reaches_into_young_days_is_left_alone(source: Source) -> None:
    for hours in range(3):
        look(source, hours=hours, looks=9, last_at=NOW - timedelta(days=1))

    assert fold(source, keep=KEEP, now=NOW) == []


def test_looks_that_differ_in_more_than_time_stay_apart(source: Source) -> None:
    for fields in ({"reason": "dns"}, {"reason": "timeout"}, {"status": 503}, {"is_confirmed": False}) * 2:
        look(source, **fields)

    assert fold(source, keep=KEEP, now=NOW) == []


def test_looks_of_two_months_stay_apart(source: Source) -> None:
    for hours in (0, 24 * 31, 24 * 59):
        look(source, hours=hours)

    assert fold(source, keep=KEEP, now=NOW) == []


def test_looks_that_read_different_copies_stay_apart(source: Source) -> None:
    copies = [SnapshotFactory(source=source) for _ in range(2)]
    for number in range(6):
        look(source, hours=number, outcome=Outcome.NOISE, snapshot=copies[number % 2])

    fold(source, keep=KEEP, now=NOW)

    assert [check.snapshot for check in left(source)] == copies * 2


def bind_by_verdict(check: Check) -> None:
    VerdictFactory(found_by=check, citation__source=check.source)


def bind_by_alert(check: Check) -> None:
    AlertFactory(source=check.source).checks.add(check)


def bind_by_delivery(check: Check) -> None:
    DeliveryFactory(alert__source=check.source, change=check)


def bind_by_event(check: Check) -> None:
    AlertEventFactory(alert__source=check.source, change=check)


def bind_by_watch(check: Check) -> None:
    WatchFactory(source=check.source, counted_in=check)


def bind_as_news(check: Check) -> None:
    Check.objects.filter(pk=check.pk).update(is_news=True)


BINDERS = (bind_by_verdict, bind_by_alert, bind_by_delivery, bind_by_event, bind_by_watch, bind_as_news)


@pytest.mark.parametrize("bind", BINDERS, ids=lambda bind: bind.__name__)
def test_what_something_rests_on_stays_and_so_does_the_look_before_it(source: Source, bind: Any) -> None:
    checks = [look(source, hours=hours) for hours in range(8)]
    bind(checks[5])

    fold(source, keep=KEEP, now=NOW)

    assert left(source) == [checks[0], checks[4], checks[5], checks[7]]


def test_every_way_to_refer_to_a_check_is_tried_above() -> None:
    referring = {
        relation.field.model.__name__
        for relation in Check._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
    }

    assert referring == {"Verdict", "Alert_checks", "Delivery", "AlertEvent", "Watch"}


def test_a_change_is_still_first_seen_by_the_look_before(source: Source) -> None:
    look(source, outcome=Outcome.CHANGED, is_confirmed=False)
    for hours in range(1, 4):
        look(source, hours=hours)
    told = look(source, hours=5, outcome=Outcome.CHANGED, is_news=True)

    fold(source, keep=KEEP, now=NOW)

    assert first_seen_at(told) == told.started_at


def test_a_suspicion_that_came_to_nothing_stays_so(source: Source) -> None:
    for hours in range(3):
        look(source, hours=hours, outcome=Outcome.UNCHANGED)
    look(source, hours=4, outcome=Outcome.CHANGED, is_confirmed=False)
    for hours in range(5, 8):
        look(source, hours=hours, outcome=Outcome.UNCHANGED)

    fold(source, keep=KEEP, now=NOW)

    assert suspicions_of([source.pk])[source.pk].outcome is None


def test_moves_stay_as_they_are(source: Source) -> None:
    checks = [look(source, hours=hours, outcome=Outcome.MOVED) for hours in range(4)]

    assert fold(source, keep=KEEP, now=NOW) == []
    assert left(source) == checks


def test_what_an_alternation_is_known_by_is_younger_than_the_least_that_is_kept() -> None:
    assert timedelta(days=30) > ALTERNATION_WINDOW

"""One command and one nightly task for everything that has had its time; the command shows it first."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from stories import tasks
from stories.models import Check, Delivery, Pulse, Snapshot
from stories.models.pulse import TIDYING
from stories.models.words import AlertState, DeliveryState, Outcome
from stories.operating import tidying
from stories.tasks import upkeep
from tests.factories import (
    AlertFactory,
    CheckFactory,
    DeliveryFactory,
    SnapshotFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)


@pytest.fixture
def past() -> None:
    """Of each kind, three: of looks, messages and copies one or two have to stay."""
    source = SourceFactory()
    alert = AlertFactory(state=AlertState.STILL_HOLDS)
    for number in range(3):
        at = LONG_AGO + timedelta(hours=number)
        CheckFactory(source=source, started_at=at, outcome=Outcome.FAILED)
        SnapshotFactory(source=source, fetched_at=at)
        change = CheckFactory(source=alert.source)
        DeliveryFactory(alert=alert, change=change, state=DeliveryState.SENT, written_at=at)
        Session.objects.create(session_key=f"gone-{number}", session_data="", expire_date=at)
    Session.objects.create(session_key="here", session_data="", expire_date=timezone.now() + timedelta(1))


def rows() -> dict[str, int]:
    return {
        "looks": Check.objects.filter(outcome=Outcome.FAILED).count(),
        "copies": Snapshot.objects.count(),
        "messages": Delivery.objects.count(),
        "sessions": Session.objects.count(),
    }


KEPT = {"looks": 2, "copies": 1, "messages": 1, "sessions": 1}


@pytest.mark.usefixtures("past")
def test_by_itself_the_command_only_shows_what_would_go(capsys):
    before = rows()

    call_command("tidy")

    shown = capsys.readouterr().out
    numbers = {line[12:].split("(")[0].strip(): int(line[:12]) for line in shown.splitlines() if "(" in line}
    assert numbers == {
        "messages of answered alerts": 2,
        "digests": 0,
        "sessions": 3,
        "people at a story": 0,
        "counts of guesses": 0,
        "checks": 1,
        "copies": 2,
    }
    assert "Nothing was let go" in shown
    assert rows() == before
    assert Pulse.last_beat(TIDYING) is None


@pytest.mark.usefixtures("past")
def test_asked_to_it_lets_go(capsys):
    call_command("tidy", "--delete")

    assert "Let go." in capsys.readouterr().out
    assert rows() == KEPT
    assert Check.objects.filter(looks=2).count() == 1
    assert Pulse.last_beat(TIDYING)


def test_where_nothing_is_old_it_says_so(capsys):
    call_command("tidy", "--dry-run")

    assert "Nothing has had its time." in capsys.readouterr().out


@pytest.mark.usefixtures("past", "worker")
def test_the_nightly_task_does_the_same(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tasks.tidy()

    assert rows() == KEPT
    assert Pulse.last_beat(TIDYING)


@pytest.mark.usefixtures("past", "worker")
@pytest.mark.parametrize(
    ("last", "now", "is_due"),
    [
        ("2026-03-10T03:40:02", "2026-03-10T22:00", False),
        ("2026-03-10T22:00", "2026-03-11T03:40", True),
        ("2026-03-10T03:40:02", "2026-03-11T03:39:58", True),
        ("2026-03-09T03:40:02", "2026-03-10T09:00", True),
        ("2026-03-10T09:00", "2026-03-11T03:00", False),
        ("2026-03-10T23:00", "2026-03-10T22:00", True),
    ],
)
def test_the_task_is_done_once_a_night_however_often_the_schedule_starts(
    last, now, is_due, django_capture_on_commit_callbacks
):
    before = rows()
    Pulse.beat(TIDYING, now=datetime.fromisoformat(f"{last}Z"))

    at = time_machine.travel(datetime.fromisoformat(f"{now}Z"), tick=False)
    with at, django_capture_on_commit_callbacks(execute=True):
        tasks.tidy()

    assert rows() == (KEPT if is_due else before)


@pytest.mark.usefixtures("past", "worker")
def test_what_is_much_is_left_to_the_next_message(monkeypatch, django_capture_on_commit_callbacks):
    for module in (tidying, upkeep):
        monkeypatch.setattr(module, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(upkeep, "STRETCHES_TIDIED_AT_ONCE", 1)

    with django_capture_on_commit_callbacks() as following:
        tasks.tidy()

    assert Session.objects.count() == 3
    assert len(following) == 1
    with django_capture_on_commit_callbacks(execute=True):
        following[0]()
    assert rows() == KEPT


@pytest.mark.usefixtures("worker")
def test_sources_are_seen_to_some_at_a_time(monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(upkeep, "SOURCES_THINNED_AT_ONCE", 1)
    for _ in range(2):
        source = SourceFactory()
        for hours in range(3):
            at = LONG_AGO + timedelta(hours=hours)
            CheckFactory(source=source, started_at=at, outcome=Outcome.FAILED)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.fold_looks()

    assert Check.objects.count() == 4

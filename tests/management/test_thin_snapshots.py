"""The command shows what it would do first; the task does it every day."""

from datetime import UTC, datetime

import pytest
from celery import current_app
from django.conf import settings
from django.core.management import CommandError, call_command

from stories import tasks
from stories.models import Snapshot, Source
from stories.tasks import upkeep
from tests.factories import SnapshotFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    found = SourceFactory(title="Port [notices]")
    for day in range(1, 4):
        SnapshotFactory(source=found, fetched_at=datetime(2025, 1, day, 12, tzinfo=UTC))
    return found


def test_by_itself_the_command_only_shows_what_would_go(source, capsys):
    call_command("thin_snapshots")

    shown = capsys.readouterr().out
    assert "Port [notices]" in shown
    assert "Would go: 2 copies" in shown
    assert "Nothing was deleted" in shown
    assert Snapshot.objects.count() == 3


def test_asked_to_delete_it_deletes(source, capsys):
    call_command("thin_snapshots", "--delete")

    assert "Deleted: 2 copies" in capsys.readouterr().out
    assert Snapshot.objects.count() == 1


def test_where_nothing_is_old_it_says_so(capsys):
    SnapshotFactory()

    call_command("thin_snapshots", "--dry-run")

    assert capsys.readouterr().out == "No copy has had its time.\n"


def test_only_the_sources_named_are_thinned(source, capsys):
    other = SourceFactory()

    call_command("thin_snapshots", str(other.pk), "--delete")

    assert Snapshot.objects.count() == 3


def test_a_source_that_is_not_there_is_named():
    with pytest.raises(CommandError, match="no source with the ID 4711"):
        call_command("thin_snapshots", "4711")


@pytest.mark.usefixtures("worker")
def test_the_schedule_thins_every_day(source, django_capture_on_commit_callbacks):
    entry = settings.CELERY_BEAT_SCHEDULE["tidy"]

    with django_capture_on_commit_callbacks(execute=True):
        current_app.tasks[entry["task"]]()

    assert Snapshot.objects.count() == 1


@pytest.mark.usefixtures("worker")
def test_a_task_leaves_the_rest_to_the_next(source, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(upkeep, "SOURCES_THINNED_AT_ONCE", 1)
    other = SourceFactory()
    for day in range(1, 4):
        SnapshotFactory(source=other, fetched_at=datetime(2025, 1, day, 12, tzinfo=UTC))

    with django_capture_on_commit_callbacks(execute=True):
        tasks.thin_snapshots()

    assert Snapshot.objects.count() == 2

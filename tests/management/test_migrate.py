"""`migrate` beside others who are at work."""

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.commands import migrate as djangos
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from psycopg import errors

from stories.management.commands import migrate
from stories.operating.half_migrated import is_half_migrated
from tests.factories import make_reporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> list[Exception | None]:
    """What PostgreSQL is yet to say, try by try."""
    said: list[Exception | None] = []

    def handle(*_args: Any, **_options: Any) -> None:
        if cause := said.pop(0):
            raise OperationalError(str(cause)) from cause

    monkeypatch.setattr(migrate, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(djangos.Command, "handle", handle)
    return said


def test_a_migration_that_gave_way_to_a_worker_is_tried_again(tries):
    told = io.StringIO()
    tries += [errors.DeadlockDetected("deadlock detected"), errors.LockNotAvailable("lock timeout"), None]

    call_command("migrate", stdout=told)

    assert tries == []
    assert told.getvalue().count("once more") == 2


@pytest.mark.parametrize("said", [errors.DiskFull("no space left"), errors.DeadlockDetected("deadlock")])
def test_what_does_not_pass_ends_it(said, tries):
    tries += [said] * migrate.MOST_TRIES

    with pytest.raises(OperationalError):
        call_command("migrate", stdout=io.StringIO())


def test_a_database_with_a_part_of_what_one_migration_stands_for_is_refused(tries, capsys):
    """One of a version between: neither the migration that replaces its own nor these are there to go on with."""
    MigrationRecorder(connection).record_unapplied("stories", "0082_references_emptied_in_history")

    for command in ("migrate", "migration_order"):
        with pytest.raises(CommandError, match=r"docs/UPGRADING\.md names"):
            call_command(command)
    with pytest.raises(SystemExit):
        call_command("doctor")
    assert "docs/UPGRADING.md names" in capsys.readouterr().out
    assert tries == []


def test_a_database_of_the_last_version_before_goes_on_untouched():
    """It has all that the first eight migrations stand for, and none of these: it goes on with what came since."""
    recorder = MigrationRecorder(connection)
    for name in [name for app, name in MigrationLoader(None).disk_migrations if app == "stories"]:
        recorder.record_unapplied("stories", name)

    executor = MigrationExecutor(connection)

    assert not is_half_migrated()
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    assert [migration.name for migration, _ in plan if migration.name < "0009"] == []


@pytest.mark.django_db(transaction=True, databases=["default"])
def test_nobody_loses_a_role_where_the_last_migration_is_taken_back():
    reporter = make_reporter()

    call_command("migrate", "stories", "0007", stdout=io.StringIO())
    call_command("migrate", stdout=io.StringIO())

    assert reporter.groups.get().name == "Reporters"
    assert reporter.has_perm("stories.use_desk")

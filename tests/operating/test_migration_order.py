"""What the old code survives is told from what it does not, and nothing else comes in unseen."""

import pytest
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader

from stories.models.migrating import (
    AddIndexOfPostgresql,
    AddStatistics,
    CountMoreValues,
    UpdateInBatches,
)
from stories.operating.migration_order import what_old_code_misses, what_wants_a_look
from tests.running import ROOT


def migration(*operations) -> migrations.Migration:
    made = migrations.Migration("0099_test", "stories")
    made.operations = list(operations)
    return made


@pytest.mark.parametrize(
    ("operation", "is_missed"),
    [
        (migrations.CreateModel("Thing", []), False),
        (migrations.AddField("article", "more", models.TextField(null=True)), False),
        (migrations.AddField("article", "more", models.TextField(db_default="")), False),
        (migrations.AddField("article", "more", models.TextField(default="")), True),
        (migrations.RemoveField("article", "dek"), True),
        (migrations.RenameField("article", "dek", "standfirst"), True),
        (migrations.DeleteModel("Article"), True),
    ],
)
def test_what_old_code_misses_is_told(operation, is_missed):
    assert bool(what_old_code_misses(migration(operation))) is is_missed


@pytest.mark.parametrize(
    ("operation", "is_named"),
    [
        (migrations.RunPython(migrations.RunPython.noop), True),
        (UpdateInBatches("source", lambda rows: rows), True),
        (AddIndexOfPostgresql("source", "made_up", "(lower(title))"), False),
        (AddStatistics("source", "made_up", ["kind", "is_watched"]), False),
        (CountMoreValues("source", "title", 500), False),
    ],
)
def test_what_only_a_person_can_judge_is_named(operation, is_named):
    assert bool(what_wants_a_look(migration(operation))) is is_named


def test_no_migration_takes_from_the_old_code_what_it_needs_unless_the_upgrade_notes_name_it():
    notes = (ROOT / "docs/UPGRADING.md").read_text()
    ours = {
        name: found
        for (label, name), found in MigrationLoader(None).disk_migrations.items()
        if label == "stories"
    }

    unseen = [name for name, found in ours.items() if what_old_code_misses(found) and name not in notes]

    assert unseen == []


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_has_none_to_wait_for(capsys):
    call_command("migration_order")

    assert "No migration waits." in capsys.readouterr().out
    assert connection.vendor

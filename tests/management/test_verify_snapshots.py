"""The command reads every stored copy again, and says which are not what was fetched."""

import pytest
from django.core.management import call_command
from django.db.models import QuerySet

from stories.management.commands import verify_snapshots
from stories.models import Blob, Snapshot
from stories.models.packing import pack
from tests.factories import SnapshotFactory

pytestmark = pytest.mark.django_db


def test_sound_copies_are_counted(capsys, monkeypatch):
    monkeypatch.setattr(verify_snapshots, "_ROWS_AT_ONCE", 2)
    for _ in range(3):
        SnapshotFactory()

    call_command("verify_snapshots")

    assert capsys.readouterr().out == "All 3 stored copies are what was fetched.\n"


def what_is_told_of_damage(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("verify_snapshots")
    assert ended.value.code == 1
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "forged", [b"no zstd at all", pack(b"<p>Another page.</p>")], ids=["broken", "forged"]
)
def test_a_damaged_copy_is_named_with_its_source(forged, capsys):
    SnapshotFactory()
    damaged = SnapshotFactory(source__title="Port notices")
    QuerySet(Blob).filter(pk=damaged.blob_id).update(packed=forged)

    told = what_is_told_of_damage(capsys)

    assert damaged.digest in told
    assert "Port notices" in told
    assert "1 of 2 stored copies is damaged." in told


def test_a_copy_that_stands_with_the_bytes_of_another_is_named(capsys):
    other = SnapshotFactory()
    damaged = SnapshotFactory(source__title="Port notices", body=b"<p>Port notices.</p>")
    QuerySet(Snapshot).filter(pk=damaged.pk).update(blob=other.blob)

    told = what_is_told_of_damage(capsys)

    assert damaged.digest in told
    assert "Port notices" in told
    assert other.digest not in told

"""An installation that kept the bytes in its snapshots moves on without losing one, and can move back."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from backports import zstd
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

BEFORE, AFTER = "0006_pings_of_the_hub", "0009_snapshots_without_bytes"
BODIES = [b"<p>One page.</p>" * 50, b"<p>Another page.</p>" * 50, b"<p>One page.</p>" * 50]


class Installation:
    def __init__(self) -> None:
        self.migrate("0001_the_nouns")
        # What came between has nothing to do with snapshots, and makes roles in the default database.
        self.migrate(BEFORE, fake=True)

    def migrate(self, name: str, **how: Any) -> None:
        MigrationExecutor(connections["old"]).migrate([("stories", name)], **how)

    def rows(self, at: str, model: str) -> Any:
        executor = MigrationExecutor(connections["old"])
        return (
            executor.loader.project_state(("stories", at))
            .apps.get_model("stories", model)
            .objects.using("old")
        )


@pytest.fixture
def installation(tmp_path: Path, django_db_blocker: Any) -> Iterator[Installation]:
    settings = {**connections["default"].settings_dict, "NAME": str(tmp_path / "old.sqlite3")}
    connections.databases["old"] = {**settings, "ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}
    with django_db_blocker.unblock():
        yield Installation()
        connections["old"].close()
    del connections["old"], connections.databases["old"]


def test_bytes_move_into_blobs_and_back(installation: Installation) -> None:
    sources = installation.rows(BEFORE, "Source")
    snapshots = installation.rows(BEFORE, "Snapshot")
    for number, body in enumerate(BODIES):
        source = sources.create(title=f"Page {number}", url=f"https://port.example/{number}")
        snapshots.create(
            source_id=source.pk,
            url=source.url,
            final_url=source.url,
            digest=hashlib.sha256(body).hexdigest(),
            compressed=zstd.compress(body),
            size=len(body),
            status=200,
            fetched_at=timezone.now(),
        )

    installation.migrate(AFTER)

    moved = installation.rows(AFTER, "Snapshot").select_related("blob").order_by("pk")
    assert [zstd.decompress(row.blob.packed) for row in moved] == BODIES
    assert len({row.blob_id for row in moved}) == 2

    installation.migrate(BEFORE)

    assert [zstd.decompress(row.compressed) for row in snapshots.order_by("pk")] == BODIES

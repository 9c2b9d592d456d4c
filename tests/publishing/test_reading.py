"""A long record is read as it comes: PostgreSQL does not first write all of it into files of its own."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from stories.publishing import record
from stories.publishing.exports import write_export
from stories.publishing.log_proof import log_entries
from stories.publishing.publish import publish_article
from stories.publishing.record import verify_record
from tests.factories import ArticleFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite hands out rows as they are read"),
]

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _stories():
    for _ in range(2):
        publish_article(ArticleFactory(), by=None, now=NOW)


def cursors():
    """Of those that are open, whether the answer was written down."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT is_holdable FROM pg_cursors WHERE name LIKE '_django%'")
        return [is_written_down for (is_written_down,) in cursor.fetchall()]


def test_when_it_is_verified(monkeypatch):
    monkeypatch.setattr(record, "BATCH", 1)
    seen = []

    flaws = verify_record(on_progress=lambda _count: seen.append(cursors()))

    assert (flaws, seen[0]) == ([], [False])


def test_when_it_is_exported(monkeypatch):
    seen = []

    def look_on():
        for entry in log_entries():
            seen.append(cursors())
            yield entry

    monkeypatch.setattr("stories.publishing.exports.log_entries", look_on)

    write_export(now=NOW)

    assert seen[0] == [False]

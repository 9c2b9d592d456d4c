"""Writers to SQLite have their turns in the order in which they came."""

import fcntl
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, transaction

from stories.models.pulse import Pulse

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'sqlite'", reason="PostgreSQL locks rows, and keeps queues of its own"
    ),
]

#: Only what hangs takes so long.
LONGEST_SECONDS = 120


@pytest.fixture
def queue() -> Path:
    database = Path(connection.settings_dict["NAME"])
    return database.with_name(f"{database.name}-queue")


def is_somebody_first(queue: Path) -> bool:
    with queue.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def test_whoever_has_just_written_does_not_come_before_those_who_wait(queue):
    order: list[str] = []

    def write() -> None:
        with closing(connection), transaction.atomic():
            order.append("another")

    another = threading.Thread(target=write)
    with transaction.atomic():
        Pulse.objects.create(part="ours", beat_at="2026-03-02T14:30Z")
        another.start()
        waited = threading.Event()
        for _ in range(LONGEST_SECONDS * 100):
            if is_somebody_first(queue):
                break
            waited.wait(0.01)

    with transaction.atomic():
        order.append("we again")

    another.join(LONGEST_SECONDS)
    assert order == ["another", "we again"]


def test_one_that_waits_for_its_turn_is_no_error_when_the_database_is_read(queue):
    with transaction.atomic():
        Pulse.objects.create(part="ours", beat_at="2026-03-02T14:30Z")
        read = []

        def look() -> None:
            with closing(connection):
                read.append(Pulse.objects.count())

        reader = threading.Thread(target=look)
        reader.start()
        reader.join(LONGEST_SECONDS)

    assert read == [0]

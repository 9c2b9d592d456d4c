"""The embedded broker: taken by its scheme, asked often enough, and no message is given to two."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Empty

import pytest
from kombu import Connection

import newsroom.celery  # noqa: F401 - names the transport

#: Only what hangs takes so long.
LONGEST_SECONDS = 120


@pytest.fixture
def address(tmp_path):
    return f"embedded+sqlite:///{tmp_path / 'broker.sqlite3'}"


def test_the_embedded_broker_is_asked_several_times_a_second(address):
    with Connection(address) as connection:
        assert connection.transport.polling_interval <= 0.25


def test_messages_go_through_the_embedded_broker_in_order(address):
    with Connection(address) as connection:
        queue = connection.SimpleQueue("desk")
        for number in range(3):
            queue.put(number)

        assert [queue.get(timeout=LONGEST_SECONDS).payload for _ in range(3)] == [0, 1, 2]


def test_a_message_that_was_taken_is_gone_and_one_that_was_given_back_is_there(address):
    with Connection(address) as connection:
        queue = connection.SimpleQueue("desk")
        queue.put("first")
        queue.put("second")
        queue.get(timeout=LONGEST_SECONDS).ack()
        queue.get(timeout=LONGEST_SECONDS).requeue()

    with Connection(address) as connection:
        assert connection.SimpleQueue("desk").get(timeout=LONGEST_SECONDS).payload == "second"


def test_each_message_is_taken_once_however_many_take(address):
    with Connection(address) as connection:
        queue = connection.SimpleQueue("desk")
        for number in range(60):
            queue.put(number)

    taken: list[int] = []
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: take_into(taken, address), range(4)))

    assert sorted(taken) == list(range(60))


def test_a_queue_can_be_counted_and_emptied(address):
    with Connection(address) as connection:
        queue = connection.SimpleQueue("desk")
        queue.put("one")
        queue.put("two")

        assert queue.qsize() == 2
        assert queue.clear() == 2
        assert queue.qsize() == 0


def test_who_has_the_file_open_that_was_deleted_meets_the_others_in_the_next(address, tmp_path):
    """Whoever sends and whoever takes may have opened it before and after."""
    with Connection(address) as sending, Connection(address) as taking:
        sender, taker = sending.SimpleQueue("desk"), taking.SimpleQueue("desk")
        sender.put("lost")
        assert taker.qsize() == 1
        for path in tmp_path.glob("broker.sqlite3*"):
            path.unlink()

        sender.put("found")

        assert taker.get(timeout=LONGEST_SECONDS).payload == "found"
        with Connection(address) as later:
            later.SimpleQueue("desk").put("from somebody new")
        assert taker.get(timeout=LONGEST_SECONDS).payload == "from somebody new"


def take_into(taken: list[int], address: str) -> None:
    """Take until all were taken, by whomever, and then once more."""
    with Connection(address) as connection:
        queue = connection.SimpleQueue("desk")
        is_last = False
        while not is_last:
            is_last = len(taken) >= 60
            with suppress(Empty):
                message = queue.get(timeout=0.05)
                message.ack()
                taken.append(message.payload)

"""One run at a time, a free port, a broker kept small."""

import socket

import pytest
from kombu import Connection

from stories.management.embedded import AlreadyRunning, is_free, listen_on, only_one, sweep_broker


def test_only_one_run_holds_the_lock_and_the_next_learns_who(tmp_path):
    lock = tmp_path / "running.pid"

    with only_one(lock), pytest.raises(AlreadyRunning, match=r"^\d+$"), only_one(lock):
        pass

    with only_one(lock):
        assert lock.read_text().isdecimal()


def test_a_port_that_somebody_listens_on_is_not_free():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]

        assert not is_free(port)
        assert listen_on([port]) is None

    assert is_free(port)


def test_a_port_that_was_chosen_is_nobody_elses_from_then_on():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]

    with listen_on([port, port + 1]) as first, listen_on([port, *range(port + 1, port + 20)]) as second:
        assert first.getsockname()[1] == port
        assert second.getsockname()[1] > port


def test_delivered_messages_are_swept_from_the_broker_and_waiting_ones_stay(tmp_path):
    path = tmp_path / "broker.sqlite3"
    with Connection(f"sqla+sqlite:///{path}") as connection:
        queue = connection.SimpleQueue("celery")
        queue.put({"n": 1})
        queue.put({"n": 2})
        queue.get(timeout=5).ack()
        make_older(path)

        assert sweep_broker(path) == 1
        assert queue.get(timeout=5).payload == {"n": 2}
        queue.close()


def test_a_broker_that_is_not_there_yet_is_no_matter(tmp_path):
    assert sweep_broker(tmp_path / "broker.sqlite3") == 0


def make_older(path):
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path)) as broker, broker:
        broker.execute("UPDATE kombu_message SET timestamp = datetime('now', '-2 days')")

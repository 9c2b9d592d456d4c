"""One run at a time, a free port."""

import socket

import pytest

from stories.management.embedded import AlreadyRunning, is_free, listen_on, only_one
from tests.ports import find_free_port


def test_only_one_run_holds_the_lock_and_the_next_learns_who(tmp_path):
    lock = tmp_path / "running.pid"

    with only_one(lock), pytest.raises(AlreadyRunning, match=r"^\d+$"), only_one(lock):
        pass

    with only_one(lock):
        assert lock.read_text().isdecimal()


def test_a_port_that_somebody_listens_on_is_not_free():
    with socket.socket() as server:
        port = find_free_port()
        server.bind(("127.0.0.1", port))
        server.listen()

        assert not is_free(port)
        assert listen_on([port]) is None

    assert is_free(port)


def test_a_port_that_was_chosen_is_nobody_elses_from_then_on():
    port = find_free_port()

    with listen_on([port]) as first, listen_on([port, *range(port + 1, port + 20)]) as second:
        assert first.getsockname()[1] == port
        assert second.getsockname()[1] > port

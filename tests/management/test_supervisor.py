"""Child processes that are kept alive together and ended together."""

import os
import socket
import sys
import threading
import time

import pytest

from stories.management.supervisor import Child, ChildKeepsDying, Supervisor

#: Only what hangs takes so long.
LONGEST_SECONDS = 300
SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
DEAF = """
import os, signal, sys, time

signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.write(int(sys.argv[1]), b"deaf")
time.sleep(600)
"""


def watch_until(is_so, supervisor):
    deadline = time.monotonic() + LONGEST_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        supervisor.watch(for_seconds=0.2, every_seconds=0.05)


def supervise(*commands, say=lambda sentence: None):
    return Supervisor(
        [Child(f"child {n}", command) for n, command in enumerate(commands)], environment=os.environ, say=say
    )


def test_a_child_that_was_killed_is_started_again_and_told_of():
    said = []
    supervisor = supervise(SLEEP, say=said.append)
    supervisor.start()
    first = supervisor.children[0].process

    first.kill()
    first.wait()
    watch_until(lambda: said, supervisor)

    assert supervisor.children[0].process.pid != first.pid
    assert not supervisor.children[0].is_dead()
    assert said == ["The child 0 ended (exit status -9): starting it again."]
    supervisor.stop()


def test_a_child_that_keeps_dying_is_given_up(monkeypatch):
    monkeypatch.setattr("stories.management.supervisor.DEATHS_WITHIN_SECONDS", LONGEST_SECONDS)
    supervisor = supervise([sys.executable, "-c", "raise SystemExit(3)"])
    supervisor.start()

    with pytest.raises(ChildKeepsDying, match="exit status 3"):
        supervisor.watch(for_seconds=LONGEST_SECONDS, every_seconds=0.05)

    supervisor.stop()


def test_stopping_ends_every_child():
    supervisor = supervise(SLEEP, SLEEP)
    supervisor.start()

    supervisor.stop()

    assert all(child.is_dead() for child in supervisor.children)


def test_a_child_that_does_not_listen_is_killed(monkeypatch):
    monkeypatch.setattr("stories.management.supervisor.PATIENCE_SECONDS", 0.5)
    reading, writing = os.pipe()
    child = Child("child", [sys.executable, "-c", DEAF, str(writing)], inherits=[writing])
    supervisor = Supervisor([child], environment=os.environ, say=lambda sentence: None)
    supervisor.start()
    assert os.read(reading, 4) == b"deaf"

    supervisor.stop()

    assert child.process.returncode == -9
    os.close(reading)
    os.close(writing)


def test_watching_ends_when_told_to_stop():
    supervisor = supervise(SLEEP)
    supervisor.start()
    threading.Timer(0.2, supervisor.is_stopping.set).start()

    supervisor.watch(for_seconds=600, every_seconds=0.05)

    assert supervisor.is_stopping.is_set()
    supervisor.stop()


def test_a_child_serves_the_socket_that_its_supervisor_holds_also_when_started_again():
    serve = "import socket, sys; s = socket.socket(fileno=int(sys.argv[1])); s.accept()[0].sendall(b'served')"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number = listening.fileno()
        child = Child("server", [sys.executable, "-c", serve, str(number)], inherits=[number])
        supervisor = Supervisor([child], environment=os.environ, say=lambda sentence: None)
        supervisor.start()
        try:
            for _ in range(2):
                with socket.create_connection(listening.getsockname(), timeout=LONGEST_SECONDS) as visitor:
                    assert visitor.recv(100) == b"served"
                served = child.process
                served.wait()
                watch_until(lambda served=served: child.process is not served, supervisor)
        finally:
            supervisor.stop()

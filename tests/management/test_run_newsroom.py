"""When the newsroom is not started, and what a newcomer is told then."""

import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from stories.management.commands.run_newsroom import wait_for_front_page
from stories.management.embedded import only_one
from stories.management.supervisor import Child, ChildKeepsDying, Supervisor
from tests.ports import find_free_port
from tests.running import RunningNewsroom

RENEW = """
import django
from django.conf import settings

django.setup()
from stories.management.commands.run_newsroom import renew_broker

renew_broker(settings.DATA_DIR / "broker.sqlite3")
"""

ENDS_AT_ITS_FIRST_START = """
import pathlib, runpy, sys

started = pathlib.Path("started")
if not started.exists():
    sys.exit(started.touch())
sys.argv = ["http.server", "--bind", "127.0.0.1", sys.argv[1]]
runpy.run_module("http.server", run_name="__main__")
"""


def supervise(*command: str) -> Supervisor:
    return Supervisor([Child("web server", command)], environment=os.environ, say=print)


def test_a_web_server_that_ends_while_it_opens_is_started_again_before_the_addresses_are_told(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    port = find_free_port()
    supervisor = supervise(sys.executable, "-c", ENDS_AT_ITS_FIRST_START, str(port))
    supervisor.start()

    try:
        assert wait_for_front_page(port, supervisor)
    finally:
        supervisor.stop()


def test_a_web_server_that_cannot_open_ends_the_start_with_its_name():
    supervisor = supervise(sys.executable, "-c", "raise SystemExit(3)")
    supervisor.start()

    with pytest.raises(ChildKeepsDying, match="The web server keeps ending"):
        wait_for_front_page(find_free_port(), supervisor)


def test_a_second_start_of_the_same_newsroom_is_refused_with_a_sentence(tmp_path):
    second = RunningNewsroom(tmp_path)

    with (
        only_one(tmp_path / "running.pid"),
        pytest.raises(AssertionError, match="is running already"),
        second,
    ):
        pass


def test_a_taken_port_is_a_clear_error(tmp_path):
    second = RunningNewsroom(tmp_path)

    with (
        socket.create_server(("127.0.0.1", second.port)),
        pytest.raises(AssertionError, match=f"Port {second.port} is taken"),
        second,
    ):
        pass


def test_an_example_whose_port_is_taken_is_a_clear_error():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} is taken"):
            call_command("serve_example", port=port)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8000a", "²", "http", ""])
def test_what_is_no_port_is_refused_before_anything_is_touched(settings, tmp_path, port):
    settings.DATA_DIR = tmp_path

    with pytest.raises(CommandError, match="is not a port"):
        call_command("run_newsroom", port=port)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(
    not settings.CELERY_BROKER_URL.startswith("embedded+sqlite"), reason="only the embedded broker is renewed"
)
def test_the_broker_has_its_table_before_the_first_who_asks_for_it(tmp_path):
    path = tmp_path / "broker.sqlite3"
    own = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}

    # In a process of its own, as at a start: this one may hold a connection to a broker of earlier tests.
    subprocess.run([sys.executable, "-c", RENEW], env={**os.environ, **own}, check=True)

    with closing(sqlite3.connect(path)) as broker:
        assert broker.execute("SELECT count(*) FROM message").fetchone() == (0,)

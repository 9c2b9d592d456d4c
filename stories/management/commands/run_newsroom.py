"""`manage.py run_newsroom`: the whole product on one machine, in the foreground."""

import os
import shlex
import socket
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stories.management.embedded import AlreadyRunning, is_free, listen_on, only_one
from stories.management.example.logins import read_logins
from stories.management.example.newsroom import CHIEF, EDITOR, REPORTER, SECOND_REPORTER
from stories.management.example.site import is_as_first_published
from stories.management.supervisor import Child, ChildKeepsDying, Supervisor

EXAMPLE_PORTS = range(8010, 8030)
WATCHED_SECONDS = 600


class Command(BaseCommand):
    help = (
        "Starts the web server, a worker with the schedule and, in an empty database, the example newsroom."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default="8000", help="of the web server on 127.0.0.1 (default: 8000)")
        parser.add_argument("--reword-after", type=float, default=15.0, help="seconds; see serve_example")

    def handle(self, *, port: str, reword_after: float, **_options: Any) -> None:
        number = _read_port(port)
        folder = Path(settings.DATA_DIR)
        try:
            with only_one(folder / "running.pid"):
                _refuse_taken(number)
                self._run(number, folder, reword_after)
        except AlreadyRunning as error:
            raise CommandError(
                f"This newsroom is running already (process {error}); its data is in {folder}."
            ) from None

    def _run(self, port: int, folder: Path, reword_after: float) -> None:
        environment = _make_environment(port)
        self._say("Setting up the database …")
        _manage(environment, "migrate", "--verbosity", "0")
        renew_broker(folder / "broker.sqlite3")
        children = [_make_web_server(port), *make_machinery()]
        example_port, listening = _hold_example_port(folder)
        logins = self._load_example(environment, folder, example_port)
        if logins:
            environment.setdefault("WATCH_ALLOWED_PRIVATE", f"127.0.0.1:{example_port}")
            children.insert(0, _make_example_site(listening, example_port, reword_after))
        elif listening:
            listening.close()
        _tell_commands(environment, folder)
        supervisor = Supervisor(children, environment=environment, say=self._say)
        supervisor.stop_on_signals()
        try:
            supervisor.start()
            self._greet(supervisor, port, logins, folder)
            while not supervisor.is_stopping.is_set():
                supervisor.watch(for_seconds=WATCHED_SECONDS)
        except ChildKeepsDying as error:
            raise CommandError(f"{error} What it said last stands above.") from None
        finally:
            self._say("Closing the newsroom …")
            supervisor.stop()
            self._say("Closed. make run carries on from here.")

    def _load_example(self, environment: Mapping[str, str], folder: Path, port: int) -> Mapping[str, str]:
        """Load the example into an empty database, and return its logins; none where there is no example."""
        self._say(_manage(environment, "load_example", "--if-empty", "--site", f"http://127.0.0.1:{port}"))
        return read_logins(folder / "example-logins.txt")

    def _greet(self, supervisor: Supervisor, port: int, logins: Mapping[str, str], folder: Path) -> None:
        if not wait_for_front_page(port, supervisor):
            return
        home, site = f"http://127.0.0.1:{port}", folder / "example-site"
        who = dict.fromkeys((EDITOR, REPORTER, SECOND_REPORTER), "")
        who.update({name: f"sign in as {name}, password {password}" for name, password in logins.items()})
        lines = [
            "",
            "The newsroom is open. Ctrl-C closes it.",
            "",
            f"  Readers    {home}/",
            f"  Editors    {home}/admin/   {who[EDITOR]}",
            *([f"{'':34}or as {CHIEF}, who approves, password {logins[CHIEF]}"] if CHIEF in logins else []),
            f"  Reporters  {home}/desk/    {who[REPORTER]}",
        ]
        if logins:
            lines += [
                f"                                  or as {SECOND_REPORTER}, password {logins[SECOND_REPORTER]}",
                "",
                f"The cited pages are in {site}: edit one and see what follows.",
            ]
        if logins and is_as_first_published(site):
            lines += [
                "",
                "Soon the owner of a cited page rewords it. A check finds the passage altered, a second",
                "check confirms it, the reporters' e-mails are printed here. Then, as an editor, three clicks:",
                f"  {home}/desk/ → the alert → Needs an update → Publish",
            ]
        self._say("\n".join([*lines, ""]))

    def _say(self, sentence: str) -> None:
        if sentence:
            self.stdout.write(sentence)
            self.stdout.flush()


def _read_port(port: str) -> int:
    if not (port.isascii() and port.isdecimal()) or not 1 <= int(port) <= 65535:
        raise CommandError(f"{port} is not a port: choose one from 1 to 65535, as in make run PORT=8001.")
    return int(port)


def _refuse_taken(port: int) -> None:
    if not is_free(port):
        raise CommandError(
            f"Port {port} is taken or not yours to use. Stop what uses it, or choose another: "
            f"make run PORT={min(port + 1, 65535)}"
        )


def renew_broker(path: Path) -> None:
    """Begin with an empty embedded broker, for the rows are the truth; its table is made before others try to."""
    if not settings.CELERY_BROKER_URL.startswith("embedded+"):
        return
    for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        file.unlink(missing_ok=True)
    queue = current_app.amqp.queues[current_app.conf.task_default_queue]
    with current_app.connection_for_write() as connection:
        queue(connection.channel()).declare()


def _make_environment(port: int) -> dict[str, str]:
    """The surroundings of the children: what the newcomer has set, and a lively pace where nothing is set."""
    defaults = {
        "SITE_URL": f"http://127.0.0.1:{port}",
        "TICK_SECONDS": "3",
        "WATCH_CONFIRM_SECONDS": "10",
        "WATCH_SHORTEST_SECONDS": "10",
        "TIME_ZONE": "America/New_York",
        "PYTHONUNBUFFERED": "1",
        # A newcomer in a container is root; the worker's advice against that is for servers.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
    }
    return {**defaults, **os.environ}


def _tell_commands(environment: Mapping[str, str], folder: Path) -> None:
    """Keep what was chosen where newsroom/settings looks for it, for commands that are given while this runs."""
    chosen = [
        "SITE_URL",
        "TIME_ZONE",
        *(name for name in environment if name.startswith(("WATCH_", "TICK_"))),
    ]
    lines = [f"{name}={shlex.quote(environment[name])}\n" for name in chosen]
    (folder / "running.env").write_text("".join(lines), encoding="utf-8")


def _hold_example_port(folder: Path) -> tuple[int, socket.socket | None]:
    """The port on which the example's sources live for good, chosen at the first start; held, unless it is taken."""
    kept = folder / "example-port.txt"
    if kept.exists():
        port = int(kept.read_text())
        return port, listen_on([port])
    chosen = listen_on(EXAMPLE_PORTS)
    if chosen is None:
        raise CommandError(
            f"None of the ports {EXAMPLE_PORTS[0]}–{EXAMPLE_PORTS[-1]} is free for the example."
        )
    port = chosen.getsockname()[1]
    kept.write_text(str(port))
    return port, chosen


def _manage(environment: Mapping[str, str], *words: str) -> str:
    """Run a command of manage.py to its end; its output is returned, its failure ours."""
    ended = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *words],
        env=dict(environment),
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise CommandError(f"manage.py {words[0]} failed; what it said stands above.\n{ended.stdout}")
    return ended.stdout


def make_machinery() -> list[Child]:
    """What does the work, whoever serves the pages."""
    return [Child("worker", [sys.executable, "manage.py", "run_worker"])]


def _make_web_server(port: int) -> Child:
    module, _, attribute = settings.WSGI_APPLICATION.rpartition(".")
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--blocking-threads", "4", "--log-level", "warning"]
    return Child("web server", [*command, f"{module}:{attribute}"])


def _make_example_site(listening: socket.socket | None, port: int, reword_after: float) -> Child:
    if listening is None:
        raise CommandError(f"Port {port}, where the example's sources live, is taken: stop what uses it.")
    command = [sys.executable, "manage.py", "serve_example", "--fd", str(listening.fileno())]
    command += ["--reword-after", str(reword_after)]
    return Child("example's source site", command, inherits=[listening.fileno()])


def wait_for_front_page(port: int, supervisor: Supervisor) -> bool:
    """However slow the machine is, and whatever has to be started again; False where we are told to stop first."""
    while not supervisor.is_stopping.is_set():
        supervisor.watch(for_seconds=0.2, every_seconds=0.2)
        if _has_front_page(port):
            return True
    return False


def _has_front_page(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()

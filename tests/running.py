"""The whole product, running as a newcomer starts it, for tests that use it from outside."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Self

import psycopg

from stories.management.example.logins import read_logins
from tests.ports import find_free_port

ROOT = Path(__file__).resolve().parent.parent
#: Only what hangs takes so long, however busy the machine is.
LONGEST_SECONDS = 300


class RunningNewsroom:
    """`manage.py run_newsroom` with its data in `folder`; `printed` is all that it has said so far."""

    def __init__(self, folder: Path, *, reword_after: float = 1.0, **environment: str) -> None:
        self.folder = folder
        self.port = find_free_port()
        # Of its own: while it is down, another newsroom would take the one that it chose.
        folder.mkdir(exist_ok=True)
        (folder / "example-port.txt").write_text(str(find_free_port()))
        self.home = f"http://127.0.0.1:{self.port}"
        self.reword_after = reword_after
        self.environment = {"TICK_SECONDS": "1", "WATCH_CONFIRM_SECONDS": "2", **environment}
        self.printed = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run_newsroom", "--port", str(self.port), *self._pace()],
            cwd=ROOT,
            env={**inherited(), "DATA_DIR": str(self.folder), "PYTHONUNBUFFERED": "1", **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        try:
            self.wait_until(lambda: self.printed.count("The newsroom is open") > self._opened, "it opens")
        except AssertionError:
            self.stop()
            raise
        self._opened = self.printed.count("The newsroom is open")

    _opened = 0

    def _pace(self) -> list[str]:
        return ["--reword-after", str(self.reword_after)]

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed += line

    def stop(self) -> int:
        """End it as Ctrl-C does, and return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            status = self.process.wait(LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        self._close()
        return status

    def kill(self) -> None:
        """Kill everything at once, as a power cut would."""
        # Whoever starts the others again must not see them go.
        self.process.send_signal(signal.SIGSTOP)
        while found := self.find_processes():
            for pid in found:
                kill_at_once(pid)
            time.sleep(0.05)
        kill_at_once(self.process.pid)
        self.process.wait(LONGEST_SECONDS)
        self._close()

    def _close(self) -> None:
        assert self.process.stdout is not None
        self.reader.join(LONGEST_SECONDS)
        self.process.stdout.close()

    def manage(self, *words: str) -> str:
        """What a command of manage.py prints, given beside it in another terminal."""
        command = [sys.executable, "manage.py", *words]
        environment = {**inherited(), "DATA_DIR": str(self.folder)}
        ended = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
        return ended.stdout

    def find_processes(self, words: str = "") -> list[int]:
        """The processes of this newsroom whose command has `words` in it, without the one that keeps the others."""
        return [pid for pid in processes_of(f"DATA_DIR={self.folder}", words) if pid != self.process.pid]

    def kill_one(self, words: str) -> None:
        for pid in self.find_processes(words):
            kill_at_once(pid)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        if database_url := self.environment.get("DATABASE_URL"):
            with psycopg.connect(database_url) as database:
                return database.execute(sql).fetchall()
        with closing(sqlite3.connect(self.folder / "newsroom.sqlite3", timeout=20)) as database:
            return database.execute(sql).fetchall()

    def count(self, table: str, where: str = "1 = 1") -> int:
        return int(self.query(f"SELECT count(*) FROM stories_{table} WHERE {where}")[0][0])

    def message_ids(self) -> list[str]:
        """Of the e-mails printed on the console, in order."""
        return re.findall(r"^Message-ID: (<\S+>)", self.printed, re.MULTILINE)

    def login(self, username: str) -> str:
        return read_logins(self.folder / "example-logins.txt")[username]

    def wait_until_nothing_is_left(self) -> None:
        deadline = time.monotonic() + LONGEST_SECONDS
        while left := self.find_processes():
            assert time.monotonic() < deadline, left
            time.sleep(0.05)

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + LONGEST_SECONDS
        while time.monotonic() < deadline:
            if is_so():
                return
            if self.process.poll() is not None:
                self.reader.join(LONGEST_SECONDS)  # What it said last may be on its way still.
                raise AssertionError(f"the newsroom ended:\n{self.printed[-3000:]}")
            time.sleep(0.2)
        raise AssertionError(f"not within {LONGEST_SECONDS} s: {what}\n{self.printed[-3000:]}")


#: Settings of the test run itself, which the product must not inherit.
_OURS = {
    "DJANGO_SETTINGS_MODULE",
    "DATA_DIR",
    "DATABASE_URL",
    "CELERY_BROKER_URL",
    "TIME_ZONE",
    "EMAIL_URL",
    "SITE_URL",
}


def inherited() -> dict[str, str]:
    """Our own surroundings, without what is ours alone."""
    return {name: value for name, value in os.environ.items() if name not in _OURS}


def processes_of(setting: str, words: str = "") -> list[int]:
    """The processes that have this setting in their environment and `words` in their command; Linux."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes().decode(errors="replace")
            command = (process / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
        except (OSError, ProcessLookupError):
            continue
        if f"{setting}\0" in environment and words in command:
            found.append(int(process.name))
    return found


def kill_at_once(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return

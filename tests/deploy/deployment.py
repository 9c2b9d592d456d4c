"""The processes of the Procfile, started as they stand there, with a database and a broker of their own."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

from tests.running import LONGEST_SECONDS, ROOT, find_free_port
from tests.test_production import PRODUCTION

TOKEN = "a-token-of-twenty-characters"
THROUGH_THE_PROXY = {"Host": "newsroom.example", "X-Forwarded-Proto": "https"}


class Deployment:
    def __init__(self, folder: Path, database: str, broker: str) -> None:
        self.port = find_free_port()
        inherited = {name: value for name, value in os.environ.items() if name not in PRODUCTION}
        self.environment = {
            **inherited,
            **PRODUCTION,
            "DATABASE_URL": database,
            "CELERY_BROKER_URL": broker,
            "CACHE_URL": broker,
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "WEB_WORKERS": "1",
            "PROBE_TOKEN": TOKEN,
            "TICK_SECONDS": "1",
            "LOG_FORMAT": "json",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }
        self.folder = folder
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def manage(self, *words: str) -> str:
        """What it prints last."""
        command = [sys.executable, "manage.py", *words]
        ended = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return ended.stdout.strip().rpartition("\n")[2]

    def start(self) -> None:
        for line in (ROOT / "Procfile").read_text().splitlines():
            name, command = line.split(": ", 1)
            filled = re.sub(r"\$\{(\w+):-\w+\}", lambda found: self.environment[found[1]], command)
            with self.log(name).open("wb") as log:
                self.processes[name] = subprocess.Popen(
                    shlex.split(filled),
                    cwd=ROOT,
                    env=self.environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def tell_to_stop(self, *names: str) -> None:
        """As systemd and Docker do."""
        for name in names:
            self.processes[name].send_signal(signal.SIGTERM)

    def wait_for_the_end(self, *names: str) -> dict[str, int]:
        """The exit status of each."""
        return {name: self.processes[name].wait(LONGEST_SECONDS) for name in names}

    def kill(self) -> None:
        for process in self.processes.values():
            # With what it has forked; of one that has ended, the number may be another's by now.
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(LONGEST_SECONDS)

    def get(self, path: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {**THROUGH_THE_PROXY, "Authorization": f"Bearer {TOKEN}"}
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError as error:
            return 0, str(error)
        finally:
            connection.close()

    def wait_for(self, path: str) -> str:
        answers: list[tuple[int, str]] = []

        def is_answered() -> bool:
            answers.append(self.get(path))
            return answers[-1][0] == 200

        self.wait_until(is_answered, path)
        return answers[-1][1]

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + LONGEST_SECONDS
        while not is_so():
            assert time.monotonic() < deadline, f"not within {LONGEST_SECONDS} s: {what}"
            ended = {name: process.returncode for name, process in self.processes.items() if process.poll()}
            assert not ended.keys() - {"beat"}, f"{ended} while waiting: {what}"
            time.sleep(0.2)

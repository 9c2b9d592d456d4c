"""The processes of the Procfile, started as they stand there, on PostgreSQL and Redis."""

import os
import re
import shlex
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.running import ROOT, find_free_port
from tests.test_production import PRODUCTION

pytestmark = pytest.mark.services

TOKEN = "a-token-of-twenty-characters"


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
        self.processes: dict[str, subprocess.Popen[str]] = {}

    def manage(self, *words: str) -> None:
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, check=True)

    def start(self) -> None:
        for line in (ROOT / "Procfile").read_text().splitlines():
            name, command = line.split(": ", 1)
            filled = re.sub(r"\$\{(\w+):-\w+\}", lambda found: self.environment[found[1]], command)
            self.processes[name] = subprocess.Popen(
                shlex.split(filled), cwd=ROOT, env=self.environment, stderr=subprocess.PIPE, text=True
            )

    def stop(self) -> dict[str, int]:
        """As systemd and Docker do; the exit status of each."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        return {name: process.wait(300) for name, process in self.processes.items()}

    def kill(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.kill()
            process.communicate()

    def get(self, path: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Host": "newsroom.example",
            "X-Forwarded-Proto": "https",
            "Authorization": f"Bearer {TOKEN}",
        }
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError as error:
            return 0, str(error)
        finally:
            connection.close()

    def wait_for(self, path: str) -> str:
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline:
            status, said = self.get(path)
            if status == 200:
                return said
            assert all(process.poll() is None for process in self.processes.values())
            time.sleep(0.5)
        raise AssertionError(f"{path}: {status} {said}")


@pytest.fixture
def deployment(tmp_path) -> Iterator[Deployment]:
    server, name = urlsplit(os.environ["DATABASE_URL"]), f"deployed_{uuid.uuid4().hex}"
    broker = urlsplit(os.environ["CELERY_BROKER_URL"])._replace(path="/7").geturl()
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    running = Deployment(tmp_path, server._replace(path=f"/{name}").geturl(), broker)
    yield running
    running.kill()
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_they_start_become_ready_serve_pages_with_named_files_and_end_when_told(deployment):
    deployment.manage("migrate", "--verbosity", "0")
    deployment.manage("collectstatic", "--no-input", "--verbosity", "0")
    deployment.start()

    ready = deployment.wait_for("/readyz")

    assert '"ready": true' in ready
    status, page = deployment.get("/")
    style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
    assert status == 200
    assert style
    assert deployment.get(style[1])[0] == 200
    health = subprocess.run([sys.executable, "deploy/healthcheck.py"], cwd=ROOT, env=deployment.environment)
    assert health.returncode == 0
    ended = deployment.stop()
    # Celery's beat ends so when it is told to stop; its unit says that this is well.
    assert ended.pop("beat") in (0, 1)
    # One that was still starting had nothing to finish.
    assert set(ended.values()) <= {0, -signal.SIGTERM}

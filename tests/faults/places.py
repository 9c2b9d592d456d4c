"""Where the product runs: on SQLite as `make run` has it, on PostgreSQL and Redis as the Procfile has it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import redis
from django.core.cache import caches
from django.db import connections

from tests.ports import find_free_port
from tests.pristine import copy_pristine, restore_pristine
from tests.running import LONGEST_SECONDS, ROOT, inherited, kill_at_once, processes_of
from tests.services import PostgreSQL, Redis

if TYPE_CHECKING:
    from tests.faults.life import Life

SQLITE, SERVICES = "sqlite", "services"
#: How long what was asked to stop may take.
PATIENCE_SECONDS = 30


class Place:
    """A newsroom that `begin` makes anew and whose processes are started again whenever they end, as systemd would.

    `started` counts how often each was started.
    """

    name: str
    #: How each process is started.
    commands: dict[str, str]

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.data.mkdir(exist_ok=True)
        self.port = find_free_port()
        self.home = f"http://127.0.0.1:{self.port}"
        self.environment: dict[str, str] = {}
        self.started: dict[str, int] = {}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        #: The newsroom at work here, for whichever run is next, and what there is to do when it is left.
        self.kept: Life | None = None
        self.leaving = ExitStack()
        self._lock = threading.RLock()
        self._keeping = threading.Event()
        self._log = (folder / "products.log").open("ab")

    @property
    def shuffled(self) -> Path:
        """Where messages are noted while they come twice and out of order."""
        return self.folder / "shuffled"

    # What differs.

    @property
    def database_url(self) -> str:
        raise NotImplementedError

    @property
    def broker_url(self) -> str:
        raise NotImplementedError

    def open(self) -> None:
        """Start the servers and make an empty newsroom, which each run begins with a copy of."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def _renew_database(self) -> None:
        raise NotImplementedError

    def _connect(self) -> Any:
        raise NotImplementedError

    def flush_broker(self) -> None:
        raise NotImplementedError

    def restart_broker(self, *, away_seconds: float = 0.0) -> None:
        raise NotImplementedError

    def waiting_messages(self) -> int:
        raise NotImplementedError

    # What is the same.

    def surroundings(self) -> dict[str, str]:
        """The settings of the product, and of this process where it uses its models."""
        return {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "DATA_DIR": str(self.data),
            "DATABASE_URL": self.database_url,
            "CELERY_BROKER_URL": self.broker_url,
            "SITE_URL": self.home,
            "TIME_ZONE": "America/New_York",
            "TICK_SECONDS": "2",
            "WATCH_CONFIRM_SECONDS": "1",
            "WATCH_SHORTEST_SECONDS": "1",
            "WATCH_HOST_GAP_SECONDS": "0",
            "WATCH_TOTAL_SECONDS": "3",
            "WATCH_BATCH_SIZE": "8",
            "READY_OVERDUE_SECONDS": "60",
        }

    def begin(self) -> None:
        """A new newsroom: nothing of the run before is left."""
        self.leave()
        connections.close_all()
        for path in self.data.iterdir():
            if path.name.startswith(("exports", "beat")):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        (self.data / "exports").mkdir()
        self._renew_database()
        self.flush_broker()
        for cache in caches.all(initialized_only=True):
            cache.clear()
        self.environment, self.started = {}, {}

    def leave(self) -> None:
        """Close the newsroom that was kept, if any."""
        self.kept = None
        self.leaving.close()

    def end(self) -> None:
        """Stop everything at once; what a run wanted to see in its rows it has seen."""
        self._keeping.clear()
        with self._lock:
            for process in self._processes.values():
                _kill_session(process)
            for pid in processes_of(f"FAULTS_PLACE={self.data}"):
                kill_at_once(pid)
            for process in self._processes.values():
                process.wait(LONGEST_SECONDS)
            self._processes.clear()

    @contextmanager
    def running(self, *names: str, **environment: str) -> Iterator[None]:
        """These processes, or all, with these settings; each is started again when it ends."""
        self.environment = environment
        self._keeping.set()
        for name in names or tuple(self.commands):
            self.start(name)
        keeper = threading.Thread(target=self._keep, daemon=True)
        keeper.start()
        try:
            if not names or "web" in names:
                self.wait_for_web()
            yield
        finally:
            self.end()
            keeper.join(LONGEST_SECONDS)

    def start(self, name: str) -> None:
        with self._lock:
            self._processes[name] = subprocess.Popen(
                ["sh", "-c", f"exec {self.commands[name]}"],
                cwd=ROOT,
                env={
                    **inherited(),
                    **self.surroundings(),
                    **self.environment,
                    "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                    "PORT": str(self.port),
                    "WEB_WORKERS": "1",
                    "FAULTS_PLACE": str(self.data),
                    "FAULTS_PROCESS": name,
                    "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
                    "C_FORCE_ROOT": "1",
                },
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                start_new_session=True,
            )
            self.started[name] = self.started.get(name, 0) + 1

    def stop(self, name: str) -> None:
        """Tell it to stop, as an operator does, and do not start it again."""
        with self._lock:
            process = self._processes.pop(name)
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE_SECONDS)
        _kill_session(process)
        process.wait(LONGEST_SECONDS)

    def kill(self, name: str) -> None:
        """SIGKILL for this process alone; it is started again as soon as that is noticed."""
        with self._lock:
            if process := self._processes.get(name):
                process.kill()

    def pid(self, name: str) -> int:
        with self._lock:
            return self._processes[name].pid

    def children(self, name: str) -> list[int]:
        """The processes that it has forked, such as a worker's pool."""
        pid = self.pid(name)
        try:
            words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            return []
        return [int(word) for word in words]

    def _keep(self) -> None:
        while self._keeping.is_set():
            with self._lock:
                for name, process in list(self._processes.items()):
                    if self._keeping.is_set() and process.poll() is not None:
                        _kill_session(process)  # What is left of it, as KillMode does.
                        self.start(name)
            time.sleep(0.05)

    def wait_for_web(self) -> None:
        def answers() -> bool:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
            try:
                connection.request("GET", "/healthz")
                return connection.getresponse().status == 200
            except (OSError, HTTPException):
                return False
            finally:
                connection.close()

        assert wait_until(answers), "the web server does not answer"

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(self._connect()) as database:
            return list(database.execute(sql).fetchall())

    def count(self, table: str, where: str = "1 = 1") -> int:
        return int(self.query(f"SELECT count(*) FROM stories_{table} WHERE {where}")[0][0])

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of manage.py, given beside the product."""
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env={**inherited(), **self.surroundings(), **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def last_words(self, characters: int = 3000) -> str:
        """What the processes have said last."""
        return (self.folder / "products.log").read_bytes()[-characters:].decode(errors="replace")


class OnSQLite(Place):
    """The embedded database and broker; one worker, which keeps the schedule too."""

    name = SQLITE
    commands = {
        "web": "granian --interface wsgi --host 127.0.0.1 --port ${PORT} --blocking-threads 4 "
        "--log-level warning newsroom.wsgi:application",
        "worker": f"{sys.executable} manage.py run_worker",
    }

    @property
    def database(self) -> Path:
        return self.data / "newsroom.sqlite3"

    @property
    def broker(self) -> Path:
        return self.data / "broker.sqlite3"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.database}"

    @property
    def broker_url(self) -> str:
        return f"embedded+sqlite:///{self.broker}"

    def open(self) -> None:
        copy_pristine(self.folder / "pristine.sqlite3")

    def close(self) -> None:
        self.end()

    def _renew_database(self) -> None:
        for path in self.data.glob("newsroom.sqlite3*"):
            path.unlink()
        shutil.copy(self.folder / "pristine.sqlite3", self.database)

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.database, timeout=60)

    def flush_broker(self) -> None:
        """Without a word to those who have it open."""
        from newsroom.broker import _TABLE

        with closing(sqlite3.connect(self.broker, timeout=60, isolation_level=None)) as broker:
            broker.execute(_TABLE)
            broker.execute("DELETE FROM message")

    def restart_broker(self, *, away_seconds: float = 0.0) -> None:
        """Its file goes, under those who have it open; while it is away nobody can open another."""
        for path in self.data.glob("broker.sqlite3*"):
            path.unlink(missing_ok=True)
        if away_seconds:
            self.broker.mkdir()
            time.sleep(away_seconds)
            self.broker.rmdir()
        self.flush_broker()

    def waiting_messages(self) -> int:
        with closing(sqlite3.connect(self.broker, timeout=60)) as broker:
            return int(broker.execute("SELECT count(*) FROM message").fetchone()[0])


class OnServices(Place):
    """PostgreSQL and Redis of its own on free ports; the processes of the Procfile."""

    name = SERVICES
    commands = {
        name: command.replace("0.0.0.0", "127.0.0.1")
        for name, _, command in (
            line.partition(": ") for line in (ROOT / "Procfile").read_text().splitlines()
        )
        if command
    }

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        folder.chmod(0o755)
        self.postgresql, self.redis = PostgreSQL(folder / "postgresql"), Redis(folder / "redis")

    @property
    def database_url(self) -> str:
        return self.postgresql.address("newsroom")

    @property
    def broker_url(self) -> str:
        return self.redis.address

    def open(self) -> None:
        self.postgresql.make()
        self.postgresql.start()
        self.redis.start()
        self._administer("CREATE DATABASE pristine")
        restore_pristine(self.postgresql.address("pristine"), self.postgresql.binaries)

    def close(self) -> None:
        self.end()
        self.postgresql.stop_at_once()
        self.redis.stop()

    def _renew_database(self) -> None:
        # What it holds breaks now: it would find that out one by one, and wait twice as long before each next one.
        connections["default"].close_pool()
        self._administer("DROP DATABASE IF EXISTS newsroom WITH (FORCE)")
        self._administer("CREATE DATABASE newsroom TEMPLATE pristine")

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self.postgresql.address(), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def _connect(self) -> Any:
        return psycopg.connect(self.database_url)

    def flush_broker(self) -> None:
        redis.Redis.from_url(self.broker_url).flushall()

    def restart_broker(self, *, away_seconds: float = 0.0) -> None:
        self.redis.stop()
        time.sleep(away_seconds)
        self.redis.start()

    def waiting_messages(self) -> int:
        with redis.Redis.from_url(self.broker_url) as broker:
            return sum(
                broker.llen(name) for name in ("publishing", "delivering", "posting", "checking", "upkeep")
            )


def wait_until(is_so: Callable[[], bool], *, seconds: float = LONGEST_SECONDS, every: float = 0.1) -> bool:
    """False where it did not become so: only what hangs takes so long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(every)
    return False


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)

"""`python -m tests.services [pytest arguments]`: the tests on a real PostgreSQL and a real Redis.

Both are started from the installed binaries on free ports of loopback, with data in a temporary folder, and stopped
and removed at the end. Debian has them as postgresql and redis-server.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.on_services import what_matters_there
from tests.ports import find_free_port
from tests.pristine import restore_pristine

#: Only what hangs takes so long.
READY_WITHIN_SECONDS = 300
#: The rows of a test need to survive nothing.
FORGETFUL = {
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
}


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="newsroom-services-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        postgresql = start_postgresql(folder / "postgresql", **FORGETFUL)
        with postgresql as database, start_redis(folder / "redis") as broker:
            sys.stdout.write(f"PostgreSQL and Redis are up; testing on {database} and {broker}\n")
            sys.stdout.flush()
            there = {**os.environ, "DATABASE_URL": database, "CELERY_BROKER_URL": broker}
            there["TESTS_TEMPLATE"] = make_template(there)
            words = ["-m", "pytest", "-n", "auto", "--dist", "worksteal", "-m", "not browser"]
            command = [sys.executable, *words, *(arguments or what_matters_there())]
            return subprocess.call(command, env=there)


def make_template(there: dict[str, str]) -> str:
    """A migrated database, of which each process of the tests begins with a copy; returns its name."""
    with psycopg.connect(there["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("CREATE DATABASE pristine")
    restore_pristine(f"{there['DATABASE_URL'].rpartition('/')[0]}/pristine", find_postgresql())
    return "pristine"


class PostgreSQL:
    """A cluster of its own, which listens on loopback alone."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.binaries, self.settings = find_postgresql(), settings
        self.folder, self.cluster, self.port = folder, folder / "data", find_free_port()
        # PostgreSQL refuses to run as root: there its own account runs it.
        self.as_owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        self.server: subprocess.Popen | None = None

    def address(self, database: str = "postgres") -> str:
        return f"postgres://newsroom@127.0.0.1:{self.port}/{database}"

    def make(self) -> None:
        self.folder.mkdir()
        if self.as_owner:
            shutil.chown(self.folder, "postgres")
        words = ["-D", str(self.cluster), "-U", "newsroom", "-A", "trust", "-E", "UTF8"]
        run([*self.as_owner, str(self.binaries / "initdb"), *words])

    def start(self) -> None:
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c fsync=off -c max_connections=200"
        options += "".join(f" -c {name}={value}" for name, value in self.settings.items())
        self.server = subprocess.Popen(
            [*self.as_owner, str(self.binaries / "postgres"), "-D", str(self.cluster), *options.split()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
        )
        wait_for(self.port, self.server, is_ready=self.is_ready)

    def is_ready(self) -> bool:
        """It listens while it still starts up, and turns everybody away."""
        command = [str(self.binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False, cwd="/").returncode == 0

    def stop_at_once(self) -> None:
        """As a crash would: the next start recovers from its log."""
        subprocess.run(
            [
                *self.as_owner,
                str(self.binaries / "pg_ctl"),
                "-D",
                str(self.cluster),
                "-m",
                "immediate",
                "stop",
            ],
            check=False,
            capture_output=True,
            cwd=self.folder,
        )
        if self.server:
            self.server.wait(READY_WITHIN_SECONDS)


class Redis:
    """A Redis that keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self.binary = shutil.which("redis-server")
        if self.binary is None:
            sys.exit("Redis is not installed. On Debian: apt-get install redis-server")
        self.folder, self.port = folder, find_free_port()
        self.server: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.server = subprocess.Popen([str(self.binary), *words], stdout=subprocess.DEVNULL)
        wait_for(self.port, self.server)

    def stop(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait(READY_WITHIN_SECONDS)


@contextmanager
def start_postgresql(folder: Path, **settings: str) -> Iterator[str]:
    """Yield the address of a database in a new cluster."""
    server = PostgreSQL(folder, **settings)
    server.make()
    try:
        server.start()
        yield server.address()
    finally:
        server.stop_at_once()


@contextmanager
def start_redis(folder: Path) -> Iterator[str]:
    server = Redis(folder)
    try:
        server.start()
        yield server.address
    finally:
        server.stop()


def find_postgresql() -> Path:
    """The folder of the newest PostgreSQL's programs."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if not folders:
        sys.exit("PostgreSQL is not installed. On Debian: apt-get install postgresql")
    return folders[-1]


def wait_for(port: int, server: subprocess.Popen, *, is_ready: Callable[[], bool] | None = None) -> None:
    """Until it takes connections; where it does so before it answers, `is_ready` tells."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            sys.exit(f"A server ended before it was ready (exit status {server.returncode}).")
        if is_ready() if is_ready else _listens(port):
            return
        time.sleep(0.1)
    sys.exit(f"No server answered on port {port} within {READY_WITHIN_SECONDS} seconds.")


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def run(command: list[str]) -> None:
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if ended.returncode:
        sys.exit(f"{command[0]} failed: {ended.stderr}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

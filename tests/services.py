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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import find_free_port

READY_WITHIN_SECONDS = 120
#: What is the same on every database and broker, or brings its own. That every page is answered there, to each role,
#: is held by `tests/test_roles.py`.
NEITHER_STORES_NOR_SENDS = [
    "tests/text",
    "stories/text",
    "tests/web",
    "tests/security",
    "tests/faults/test_loop.py",
    "tests/test_audit.py",
    "tests/test_house.py",
    "tests/test_in_spanish.py",
    "tests/test_messages.py",
    "tests/test_readme.py",
    "tests/test_unmarked.py",
]


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="newsroom-services-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with start_postgresql(folder / "postgresql") as database, start_redis(folder / "redis") as broker:
            sys.stdout.write(f"PostgreSQL and Redis are up; testing on {database} and {broker}\n")
            sys.stdout.flush()
            command = [sys.executable, "-m", "pytest", "-n", "auto", "-m", "not browser"]
            command += arguments or [f"--ignore={path}" for path in NEITHER_STORES_NOR_SENDS]
            return subprocess.call(
                command, env={**os.environ, "DATABASE_URL": database, "CELERY_BROKER_URL": broker}
            )


@contextmanager
def start_postgresql(folder: Path) -> Iterator[str]:
    """Yield the address of a database in a new cluster that listens on loopback alone."""
    binaries = find_postgresql()
    port = find_free_port()
    folder.mkdir()
    # PostgreSQL refuses to run as root: there its own account runs it.
    as_owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if as_owner:
        shutil.chown(folder, "postgres")
    cluster = folder / "data"
    run(
        [
            *as_owner,
            str(binaries / "initdb"),
            "-D",
            str(cluster),
            "-U",
            "newsroom",
            "-A",
            "trust",
            "-E",
            "UTF8",
        ]
    )
    options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off"
    server = subprocess.Popen(
        [*as_owner, str(binaries / "postgres"), "-D", str(cluster), *options.split()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    try:
        wait_for(port, server)
        yield f"postgres://newsroom@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [*as_owner, str(binaries / "pg_ctl"), "-D", str(cluster), "-m", "immediate", "stop"],
            check=False,
            capture_output=True,
            cwd=folder,
        )
        server.wait(READY_WITHIN_SECONDS)


@contextmanager
def start_redis(folder: Path) -> Iterator[str]:
    """Yield the address of a Redis that keeps nothing on disk."""
    binary = shutil.which("redis-server")
    if binary is None:
        sys.exit("Redis is not installed. On Debian: apt-get install redis-server")
    port = find_free_port()
    folder.mkdir()
    server = subprocess.Popen(
        [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port, server)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(READY_WITHIN_SECONDS)


def find_postgresql() -> Path:
    """The folder of the newest PostgreSQL's programs."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if not folders:
        sys.exit("PostgreSQL is not installed. On Debian: apt-get install postgresql")
    return folders[-1]


def wait_for(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            sys.exit(f"A server ended before it was ready (exit status {server.returncode}).")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"No server answered on port {port} within {READY_WITHIN_SECONDS} seconds.")


def run(command: list[str]) -> None:
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if ended.returncode:
        sys.exit(f"{command[0]} failed: {ended.stderr}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

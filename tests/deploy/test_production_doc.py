"""The commands of docs/production.md run as they stand there, in their order, on PostgreSQL and Redis."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.pristine import copy_pristine
from tests.running import ROOT
from tests.services import find_postgresql
from tests.test_production import PRODUCTION

pytestmark = pytest.mark.services

DOC = (ROOT / "docs/production.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", DOC, re.DOTALL)
    for line in block.replace("\\\n", " ").splitlines()
]
NOT_RUN = {
    "docker": "there is no Docker where the tests run; tests/deploy/test_files.py reads what it would",
    "set": "the settings are not in /etc; tests/deploy/test_files.py has a shell read the example of them",
    "cd": "there is no account of the newsroom where the tests run",
    "systemctl": "the tests run under no systemd; tests/deploy/test_processes.py starts the same processes",
}
#: What a newsroom says of itself whose processes this test does not start.
NOT_STARTED = {"schedule", "mail"}
PUBLISH = """
from django.utils import timezone
from stories.publishing.checkpoints import sign_checkpoint
from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory
publish_article(ArticleFactory(), by=None, now=timezone.now())
sign_checkpoint(now=timezone.now())
"""


class Operator:
    """Whoever follows the page: in a folder with the code, on three databases of their own."""

    def __init__(self, folder: Path, server: str, broker: str) -> None:
        self.folder, self.server, self.has_acknowledged = folder, urlsplit(server), False
        self.names = {name: f"{name}_{uuid.uuid4().hex[:12]}" for name in ("running", "newsroom", "restored")}
        inherited = {name: value for name, value in os.environ.items() if name not in PRODUCTION}
        self.environment = {
            **inherited,
            **PRODUCTION,
            "DATABASE_URL": self.address("running"),
            "CELERY_BROKER_URL": broker,
            "CACHE_URL": broker,
            "DATA_DIR": str(folder / "var"),
            "RECORD_EXPORT_DIR": str(folder / "exports"),
            "PATH": f"{Path(sys.executable).parent}:{find_postgresql()}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PGHOST": str(self.server.hostname),
            "PGPORT": str(self.server.port),
            "PGUSER": str(self.server.username),
            "DJANGO_SUPERUSER_USERNAME": "chief",
            "DJANGO_SUPERUSER_EMAIL": "chief@newsroom.example",
            "DJANGO_SUPERUSER_PASSWORD": "a long enough password",
        }

    def address(self, name: str) -> str:
        return self.server._replace(path=f"/{self.names[name]}").geturl()

    def run(self, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-euc", command],
            cwd=self.folder,
            env={name: value for name, value in {**self.environment, **environment}.items() if value},
            capture_output=True,
            text=True,
        )

    def as_written(self, command: str) -> str:
        """With the names and addresses of this machine."""
        command = command.replace("postgres://newsroom:password@db/newsroom", self.address("newsroom"))
        command = command.replace("createdb newsroom", f"createdb {self.names['newsroom']}")
        return f"{command} --noinput" if "createsuperuser" in command else command


@pytest.fixture
def operator(tmp_path) -> Iterator[Operator]:
    for name in ("manage.py", "deploy"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    for name in ("newsroom", "stories", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    broker = urlsplit(os.environ["CELERY_BROKER_URL"])._replace(path="/8").geturl()
    operator = Operator(tmp_path, os.environ["DATABASE_URL"], broker)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        for name in ("running", "restored"):
            connection.execute(f"CREATE DATABASE {operator.names[name]}")
    yield operator
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        for name in operator.names.values():
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_every_command_of_the_page_does_what_it_says(operator):
    run: list[str] = []
    for command in COMMANDS:
        words = shlex.split(command, comments=True)
        if words[0] in NOT_RUN:
            continue
        follow(operator, command)
        run.append(" ".join(words[:3]))

    assert len(run) >= 14
    with psycopg.connect(operator.address("newsroom")) as connection:
        assert connection.execute("SELECT count(*) FROM django_migrations").fetchone() > (50,)


def follow(operator: Operator, command: str) -> None:
    """Do it, with what it takes to be where the page has come to by then."""
    environment: dict[str, str] = {}
    if "move_to" in command:
        environment = dict.fromkeys(("PRODUCTION", "DATABASE_URL", "CELERY_BROKER_URL"), "")
        copy_pristine(operator.folder / "var/newsroom.sqlite3")
    if "pg_restore" in command:
        # After the backup somebody published: what is restored is older than what was signed.
        ended = operator.run(f"python manage.py shell -v 0 -c '{PUBLISH}'")
        assert ended.returncode == 0, ended.stderr
        operator.environment["DATABASE_URL"] = operator.address("restored")
    if "doctor" in command:
        command = f"{command} --json"
    ended = operator.run(operator.as_written(command), **environment)
    if "doctor" in command:
        assert wrong(ended.stdout) <= NOT_STARTED, ended.stdout
    elif "verify_record" in command and not operator.has_acknowledged:
        assert ended.returncode, f"nobody noticed that the backup is old: {ended.stdout}"
    else:
        operator.has_acknowledged |= "acknowledge_record" in command
        assert ended.returncode == 0, f"{command}\n{ended.stdout}\n{ended.stderr}"


def wrong(told: str) -> set[Any]:
    return {finding["what"] for finding in json.loads(told)["findings"] if finding["level"] == "wrong"}


def test_what_is_not_run_is_named_with_a_reason():
    programs = {shlex.split(command, comments=True)[0] for command in COMMANDS}

    assert programs - NOT_RUN.keys() == {
        "cp",
        "python",
        "createdb",
        "pg_dump",
        "pg_restore",
        "psql",
        "sqlite3",
        "rm",
    }
    assert NOT_RUN.keys() <= programs

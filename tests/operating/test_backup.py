"""A backup that is taken while people publish is restored as docs/production.md says, and the record tells its age."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from stories.publishing.checkpoints import sign_checkpoint
from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory, make_chief
from tests.running import ROOT
from tests.services import find_postgresql

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "a-token-of-twenty-characters"
#: What an operator asks of it, one thing after the other, in one process: each takes a second to start.
ASKED = """
import contextlib, io, json, sys
import django; django.setup()
from django.core.management import execute_from_command_line
from django.test import Client
told = {}
for name, words in {"verified": ["verify_record"], "examined": ["doctor", "--json"]}.items():
    said, status = io.StringIO(), 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            execute_from_command_line(["manage.py", *words])
        except SystemExit as ended:
            status = ended.code
    told[name] = [status, said.getvalue()]
answer = Client().get("/readyz", headers={"host": "localhost", "authorization": "Bearer %s"})
told["readyz"] = answer.json()["parts"]["record"]
sys.stdout.write(json.dumps(told))
"""
#: Only what hangs takes so long.
LONGEST_SECONDS = 300


@dataclass(frozen=True)
class Told:
    """How `verify_record` ended and what it said; what the doctor says, by what it is about; what /readyz does."""

    status: int
    said: str
    examined: dict[str, str]
    readyz: dict[str, Any]


@dataclass(frozen=True)
class Restored:
    """The newsroom of a backup, with the exports and the keys of the one that it was taken of."""

    folder: Path
    address: str
    exports: Path

    def asked(self) -> Told:
        ours = {
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.address,
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "CELERY_BROKER_URL": "",
            "RECORD_EXPORT_DIR": str(self.exports),
            "RECORD_SIGNING_KEY": settings.RECORD_SIGNING_KEY,
            "SECRET_KEY": settings.SECRET_KEY,
            "PROBE_TOKEN": TOKEN,
        }
        environment = {**os.environ, **ours}
        ended = subprocess.run(
            [sys.executable, "-c", ASKED % TOKEN],
            cwd=ROOT,
            env={name: value for name, value in environment.items() if value or name not in ours},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        told = json.loads(ended.stdout)
        findings = json.loads(told["examined"][1])["findings"]
        examined = {each["what"]: f"{each['level']}: {each['said']}" for each in findings}
        return Told(*told["verified"], examined, told["readyz"])


@contextmanager
def people_publishing(editor) -> Iterator[None]:
    """Somebody publishes one story after the other, and has published when we begin."""
    is_over, has_begun = threading.Event(), threading.Event()

    def publish() -> None:
        with closing(connection):
            while not is_over.is_set():
                publish_article(ArticleFactory(), by=editor, now=timezone.now())
                has_begun.set()

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(publish)
        writing.add_done_callback(lambda _: has_begun.set())
        try:
            assert has_begun.wait(LONGEST_SECONDS)
            yield
        finally:
            is_over.set()
        writing.result()


def back_up(folder: Path) -> Path:
    if connection.vendor == "postgresql":
        return run_pg(
            "pg_dump", "--format=custom", f"--file={folder / 'newsroom.dump'}", address_of(database())
        )
    copy = folder / "newsroom.backup.sqlite3"
    into = f"VACUUM INTO '{copy}'"
    if program := shutil.which("sqlite3"):
        subprocess.run([program, database(), into], check=True)
    else:
        with closing(sqlite3.connect(database())) as ours:
            ours.execute(into)
    return copy


@pytest.fixture
def restore(tmp_path) -> Iterator[Callable[[Path], Restored]]:
    with ExitStack() as cleanup:

        def restore_(backup: Path) -> Restored:
            folder = tmp_path / "restored"
            folder.mkdir(mode=0o700)
            if connection.vendor == "postgresql":
                address = cleanup.enter_context(new_database())
                run_pg("pg_restore", "--no-owner", f"--dbname={address}", str(backup))
                return Restored(folder, address, settings.RECORD_EXPORT_DIR)
            shutil.copy(backup, folder / "newsroom.sqlite3")
            return Restored(folder, "", settings.RECORD_EXPORT_DIR)

        yield restore_


@contextmanager
def new_database() -> Iterator[str]:
    server, name = os.environ["DATABASE_URL"], f"restored_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as asked:
        asked.execute(f"CREATE DATABASE {name}")
    yield address_of(name)
    with psycopg.connect(server, autocommit=True) as asked:
        asked.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run_pg(program: str, *words: str) -> Path:
    subprocess.run([str(find_postgresql() / program), *words], check=True)
    return Path(words[-2].partition("=")[2])


def database() -> str:
    return str(connection.settings_dict["NAME"])


def address_of(name: str) -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def publish_and_sign(editor) -> None:
    publish_article(ArticleFactory(), by=editor, now=timezone.now())
    sign_checkpoint(now=timezone.now())


@pytest.mark.long
def test_it_is_sound_and_an_older_one_says_that_it_is_behind_what_was_signed(editor, tmp_path, restore):
    make_chief()
    publish_and_sign(editor)
    with people_publishing(editor):
        backup = back_up(tmp_path)

    restored = restore(backup)

    told = restored.asked()
    assert (told.status, "sound" in told.said) == (0, True), told.said
    assert told.examined["schema"].startswith("well")
    assert told.examined["guard"].startswith("well")
    assert told.examined["record"].startswith("well")
    assert told.readyz["well"] is True

    publish_and_sign(editor)

    told = restored.asked()
    assert re.match("wrong: .* an older backup was restored", told.examined["record"])
    assert "an older backup was restored" in str(told.readyz)
    assert told.status != 0
    assert "Traceback" not in told.said

"""A backup while everybody is at work, by the commands of docs/production.md; restored by them, and verified."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

import psycopg
from django.conf import settings

from tests.faults.kills import wait_for_first_change
from tests.faults.life import EDITORS, Life, at_work
from tests.faults.places import SERVICES, SQLITE, OnServices, Place
from tests.faults.runs import Done, Occasion, run
from tests.running import ROOT, inherited
from tests.services import find_postgresql

#: What a command may take on the busiest machine; one that begins again at each write takes for ever.
LONGEST_SECONDS = 300
_DOCS = ROOT / "docs" / "production.md"


@run("backup under load, restored and verified", times=20, on=(SQLITE, SERVICES))
def back_up(at: Occasion) -> Done:
    lost: list[str] = []
    newsroom = at_work(at)
    with newsroom.going_on(editors=EDITORS):
        wait_for_first_change(at.place)
        for number in range(at.times):
            time.sleep(at.random.uniform(0, 2))
            lost += [f"backup {number + 1}: {loss}" for loss in _back_up(at.place, newsroom, at.random)]
            at.say(f"{number + 1} of {at.times}")
    lost += newsroom.what_was_lost()
    return Done(at.times, newsroom.meanwhile(), lost)


def commands(place: Place) -> tuple[list[str], list[str]]:
    """As docs/production.md has them: how to back up, and how to restore."""
    section = _DOCS.read_text(encoding="utf-8").partition("## 5. Backup and restore")[2]
    blocks = re.findall(r"^```sh\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    wanted = "pg_dump" if place.name == SERVICES else "VACUUM INTO"
    lines = next(block for block in blocks if wanted in block).splitlines()
    split = next(number for number, line in enumerate(lines) if wanted in line) + 1
    return lines[:split], lines[split:]


def _back_up(place: Place, newsroom: Life, chance: Random) -> Iterator[str]:
    answered = {note for editor in newsroom.editors for note in list(editor.published)}
    saved = {body for editor in newsroom.editors for body in list(editor.saved)}
    how_to, restore = commands(place)
    folder = place.folder / f"backup_{chance.randrange(10**9)}"
    folder.mkdir()
    (folder / "var").symlink_to(place.data)
    yield from _give(how_to, folder, place.database_url)
    with _former_newsroom(place, folder) as address:
        yield from _give(restore, folder, address)
        yield from _is_unsound(place, folder, address)
        for what, sql, wanted in (
            ("published", "SELECT note FROM stories_update WHERE version_id IS NOT NULL", answered),
            ("saved", "SELECT body FROM stories_historicalarticle", saved),
        ):
            missing = wanted - {text for (text,) in _query(address, sql)}
            yield from (f"was {what} before and is not in it: {text}" for text in missing)
    shutil.rmtree(folder)


def _give(lines: list[str], folder: Path, address: str) -> Iterator[str]:
    """The commands as they stand there, one after the other, by somebody who stands in `folder`."""
    path = f"{Path(sys.executable).parent}:{find_postgresql()}:{os.environ['PATH']}"
    for line in lines:
        try:
            ended = subprocess.run(
                ["sh", "-c", line],
                cwd=folder,
                env={**inherited(), "DATABASE_URL": address, "PATH": path},
                capture_output=True,
                text=True,
                timeout=LONGEST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            yield f"did not come to its end in {LONGEST_SECONDS} s: {line}"
            return
        if ended.returncode:
            yield f"{line} failed: {ended.stderr[-500:]}"


@contextmanager
def _former_newsroom(place: Place, folder: Path) -> Iterator[str]:
    """Where it is restored: a new database, or in place of the file of a newsroom that a crash has stopped."""
    (folder / "var").unlink()
    (folder / "var").mkdir(mode=0o700)
    if not isinstance(place, OnServices):
        for path in place.data.glob("newsroom.sqlite3*"):
            shutil.copy(path, folder / "var")
        yield f"sqlite:///{folder / 'var' / 'newsroom.sqlite3'}"
        return
    with psycopg.connect(place.postgresql.address(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {folder.name}")  # type: ignore[call-overload]
    yield place.postgresql.address(folder.name)
    with psycopg.connect(place.postgresql.address(), autocommit=True) as server:
        server.execute(f"DROP DATABASE {folder.name} WITH (FORCE)")  # type: ignore[call-overload]


def _is_unsound(place: Place, folder: Path, address: str) -> Iterator[str]:
    """By itself: that it is older than what was exported since is another matter, and is said there."""
    keys = {"RECORD_SIGNING_KEY": settings.RECORD_SIGNING_KEY, "SECRET_KEY": settings.SECRET_KEY}
    there = {
        "DATA_DIR": str(folder / "var"),
        "DATABASE_URL": address,
        "RECORD_EXPORT_DIR": str(folder / "exports"),
    }
    for words in (["verify_record"], ["verify_snapshots"]):
        ended = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env={**inherited(), **place.surroundings(), **there, **keys},
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode:
            yield f"{words[0]}: {ended.stdout[-500:]}{ended.stderr[-500:]}"


def _query(address: str, sql: str) -> list[tuple[Any, ...]]:
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as database:
            return database.execute(sql).fetchall()
    with psycopg.connect(address) as server:
        return server.execute(sql).fetchall()  # type: ignore[call-overload, no-any-return]

"""`manage.py move_to postgres://…`: a newsroom moves into PostgreSQL, with its record's proof."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from stories.management.embedded import AlreadyRunning, only_one
from stories.operating.moving.errors import MoveRefused
from stories.operating.moving.move import Begin, move_newsroom, target_at
from stories.publishing.record import verify_record


class Command(BaseCommand):
    help = (
        "Copies the newsroom into an empty PostgreSQL, compares every table and the root of the record, "
        "and verifies the record there. All of it is moved or nothing; what is here stays as it is."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("database_url", help="such as postgres://newsroom:password@db/newsroom")

    def handle(self, *, database_url: str, **_options: Any) -> None:
        try:
            parsed = dj_database_url.parse(database_url)
        except (ValueError, KeyError) as error:
            raise CommandError("The address is like postgres://newsroom:password@db/newsroom.") from error
        try:
            with only_one(Path(settings.DATA_DIR) / "running.pid"):
                self._refuse_flawed()
                with target_at(dict(parsed)), _progress() as begin:
                    moved = move_newsroom(now=timezone.now(), begin=begin)
        except AlreadyRunning as error:
            raise CommandError(f"This newsroom is running (process {error}): stop it first.") from None
        except MoveRefused as refusal:
            raise CommandError(f"{refusal} Nothing was moved.") from refusal
        self._verify_there(database_url)
        self.stdout.write(
            f"Moved {sum(moved.values())} rows of {len(moved)} tables; both sides are the same, and so is the root of "
            "the record. Set DATABASE_URL to the new address, start the newsroom, and keep the old file until then."
        )

    def _refuse_flawed(self) -> None:
        if flaws := verify_record():
            for flaw in flaws:
                self.stderr.write(str(flaw))
            raise MoveRefused("The record here is not sound, and it would not be over there.")

    def _verify_there(self, database_url: str) -> None:
        """As an operator would, in a process that knows the new database alone."""
        ended = subprocess.run(
            [sys.executable, "manage.py", "verify_record"],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATABASE_URL": database_url},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        self.stdout.write(ended.stdout.strip())
        if ended.returncode:
            raise CommandError("The record does not verify over there: do not use the new database.")


@contextmanager
def _progress() -> Iterator[Begin]:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:

        def begin(step: str, rows: int) -> Callable[[], None]:
            bar = progress.add_task(step, total=rows)
            return lambda: progress.advance(bar)

        yield begin

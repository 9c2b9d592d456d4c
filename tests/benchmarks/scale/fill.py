"""Fill an empty PostgreSQL: `python -m tests.benchmarks.scale.fill --stories 1000 …` with DATABASE_URL set."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from stories.models import Blob, User
from stories.models.user import CHIEFS, EDITORS, REPORTERS
from stories.publishing.checkpoints import sign_checkpoint
from stories.searching.index import lay_search_triggers
from tests.benchmarks.checks.corpus import page
from tests.benchmarks.scale.hands import Advance, run_all, write_in_stretches
from tests.benchmarks.scale.published import write_sources, write_stories
from tests.benchmarks.scale.rows import Statement, statements
from tests.benchmarks.scale.sizes import Sizes
from tests.benchmarks.scale.words import texts_to_index

_BLOBS = 50
_SOURCES_AT_ONCE, _STORIES_AT_ONCE, _TEXTS_AT_ONCE = 10_000, 1_000, 2_000


def fill(sizes: Sizes, *, console: Console, hands: int = 1) -> dict[str, float]:
    """Write a whole newsroom of these sizes, by so many processes; the seconds of each step."""
    took: dict[str, float] = {}
    call_command("migrate", verbosity=0)
    with _telling(console, took) as step:
        indexes = _take_indexes()
        _write_everything(sizes, timezone.now(), step, hands=hands)
        _settle()
        # The words are written by what all other tables are asked with.
        words = [each for each in indexes if each[0] == "stories_searchable"]
        _run("indexes", [each for each in indexes if each not in words], step, hands=hands)
        lay_search_triggers()
        _run("the index of words", texts_to_index(_TEXTS_AT_ONCE), step, hands=hands)
        _run("the index of words", words, step, hands=hands)
        with step("the log, signed"):
            sign_checkpoint(now=timezone.now())
        with step("vacuum"), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return took


Step = Callable[..., "contextmanager[Advance]"]


@contextmanager
def _telling(console: Console, took: dict[str, float]) -> Iterator[Step]:
    """A bar for each step where somebody looks, and a line where nobody does."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:

        @contextmanager
        def step(name: str, total: int | None = None) -> Iterator[Advance]:
            bar, began = progress.add_task(name, total=total), time.perf_counter()
            yield lambda count: progress.advance(bar, count)
            seconds = time.perf_counter() - began
            progress.update(bar, total=total or 1, completed=total or 1)
            took[name] = took.get(name, 0) + seconds
            if not console.is_terminal:
                console.print(f"{name}: {seconds:.1f} s")

        yield step


def _write_everything(sizes: Sizes, now: datetime, step: Step, *, hands: int) -> None:
    _write_people(sizes.people)
    _write_blobs()
    for name, write, count, at_once in (
        ("sources", write_sources, sizes.sources, _SOURCES_AT_ONCE),
        ("stories", write_stories, sizes.stories, _STORIES_AT_ONCE),
    ):
        with step(name, count) as advance:
            stretches = _stretches(count, at_once)
            write_in_stretches(write, stretches, sizes, now=now, hands=hands, advance=advance)
    for name, some in zip(("the rest", "what is made of it"), statements(sizes, _BLOBS), strict=True):
        _run(name, some, step, hands=hands, values={"now": now})


def _stretches(count: int, at_once: int) -> list[range]:
    return [range(first, min(first + at_once, count + 1)) for first in range(1, count + 1, at_once)]


def _run(
    name: str, some: list[Statement], step: Step, *, hands: int, values: dict[str, Any] | None = None
) -> None:
    with step(name, len(some)) as advance:
        for _done in run_all(some, hands=hands, values=values):
            advance(1)


def _take_indexes() -> list[Statement]:
    """Drop what nothing needs while rows are only added; return how to lay it again, by its table."""
    with connection.cursor() as cursor:
        cursor.execute(_UNIQUE)
        unique = cursor.fetchall()
        for table, name, _ in unique:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(_INDEXES)
        indexes = cursor.fetchall()
        for _, name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    again = [(table, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {words}') for table, name, words in unique]
    return [*again, *((table, words) for table, _, words in indexes)]


_UNIQUE = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'u' AND conrelid::regclass::text LIKE 'stories\\_%'"""
_INDEXES = """
    SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    AND tablename LIKE 'stories\\_%' AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)"""


def _write_people(people: int) -> None:
    """Everybody may use the desk; every tenth edits, and the first is a chief."""
    User.objects.bulk_create(
        User(
            pk=key, username=f"person{key}", first_name=f"Person {key}", email=f"person{key}@newsroom.example"
        )
        for key in range(1, people + 1)
    )
    for name, every in ((REPORTERS, 1), (EDITORS, 10), (CHIEFS, 100)):
        chosen = User.objects.filter(pk__in=range(1, people + 1, every))
        Group.objects.get(name=name).user_set.add(*chosen)
    User.objects.filter(pk__in=range(1, people + 1, 10)).update(is_staff=True)


def _write_blobs() -> None:
    """Few contents, for all the copies: what they take on disk is reckoned from the checks of real pages."""
    for number in range(_BLOBS):
        Blob.of_bytes(page(number)).save()


def _settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SEQUENCES)
        for table, column in cursor.fetchall():
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), "
                f'COALESCE((SELECT MAX("{column}") FROM {table}), 0) + 1)'
            )


_SEQUENCES = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE is_identity = 'YES' AND table_schema = 'public' AND table_name LIKE 'stories\\_%'"""

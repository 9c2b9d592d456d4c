"""Fill an empty PostgreSQL: `python -m tests.benchmarks.scale.fill --stories 1000 …` with DATABASE_URL set."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from stories.models import Blob, User
from stories.models.user import CHIEFS, EDITORS, REPORTERS
from stories.publishing.checkpoints import sign_checkpoint
from stories.searching.index import lay_search_triggers, mend_index
from tests.benchmarks.checks.corpus import page
from tests.benchmarks.scale.published import write_sources, write_stories
from tests.benchmarks.scale.rows import statements
from tests.benchmarks.scale.sizes import PEOPLE, Sizes

_BLOBS = 50


def fill(sizes: Sizes, *, console: Console) -> dict[str, float]:
    """Write a whole newsroom of these sizes; the seconds of each step."""
    took: dict[str, float] = {}
    call_command("migrate", verbosity=0)
    now = timezone.now()
    with _telling(console, took) as step:
        with _bare_tables(step):
            with _unwatched():
                _write_everything(sizes, now, step)
            with step("sequences, statistics"):
                _settle()
            with step("the index of words, by search_index --rebuild"):
                lay_search_triggers()
                mend_index()
        with step("the log, signed"):
            sign_checkpoint(now=timezone.now())
        with step("vacuum"), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return took


Advance = Callable[[int], None]
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


def _write_everything(sizes: Sizes, now: datetime, step: Step) -> None:
    _write_people()
    _write_blobs()
    with step("sources", sizes.sources) as advance:
        write_sources(sizes, now=now, advance=advance)
    with step("stories", sizes.stories) as advance:
        write_stories(sizes, now=now, advance=advance)
    for name, statement in statements(sizes, _BLOBS):
        with step(name), connection.cursor() as cursor:
            cursor.execute(statement, {"now": now})


@contextmanager
def _bare_tables(step: Step) -> Iterator[None]:
    """Without those indexes that nothing needs while rows are only added."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES)
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        cursor.execute("SET maintenance_work_mem = '1GB'")
        with step("indexes", len(indexes)) as advance:
            for _, definition in indexes:
                cursor.execute(definition)
                advance(1)


@contextmanager
def _unwatched() -> Iterator[None]:
    """Without triggers: nothing is refused that was made to fit, and nothing followed that is written at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = origin")


_INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename LIKE 'stories\\_%'
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)"""


def _write_people() -> None:
    """Everybody may use the desk; every tenth edits, and the first is a chief."""
    User.objects.bulk_create(
        User(
            pk=key, username=f"person{key}", first_name=f"Person {key}", email=f"person{key}@newsroom.example"
        )
        for key in range(1, PEOPLE + 1)
    )
    for name, every in ((REPORTERS, 1), (EDITORS, 10), (CHIEFS, 100)):
        chosen = User.objects.filter(pk__in=range(1, PEOPLE + 1, every))
        Group.objects.get(name=name).user_set.add(*chosen)
    User.objects.filter(pk__in=range(1, PEOPLE + 1, 10)).update(is_staff=True)


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
        cursor.execute("ANALYZE")


_SEQUENCES = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE is_identity = 'YES' AND table_schema = 'public' AND table_name LIKE 'stories\\_%'"""

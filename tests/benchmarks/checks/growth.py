"""Does a check cost more among more sources, or after a longer past? And what is due, of a million?

What is told is told at an even pace: a machine that slows down in the middle would pass for growth.
"""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from django.db import connection, models
from django.utils import timezone
from rich.table import Table

from stories.management.supervisor import Child
from stories.models import Check, Source, Watch
from stories.watching.due import adopt_some, due_watches
from tests.benchmarks.checks import newsroom
from tests.benchmarks.checks.compare import OWN_PAGES, serving
from tests.benchmarks.checks.figures import Figures
from tests.benchmarks.checks.pace import Pace
from tests.benchmarks.checks.site import load_corpus

CITED = 200
SOURCES = (1_000, 10_000, 100_000)
CHECKS_EACH = (10, 100, 1_000)
_TIMES = 10
# The first is made before anything is measured: a page that changed of late is held against what it said then.
_EDITS = [f"v{number}" for number in range(2, 3 + len(SOURCES) + len(CHECKS_EACH))]
_PHASES = ("unchanged", "changed", "second look, told")
_FINDING = ("the work of a tick, ms", "finding what is due, ms")


@dataclass(frozen=True)
class _Row:
    """How many rows there were, what a check cost in each phase, and what it took to find what is due."""

    count: int
    costs: tuple[Figures, ...]
    finding: tuple[Figures, ...] = ()


def tables(data: Path, *, most: int) -> Iterator[Table]:
    """A newsroom that grows: the same two hundred pages are looked at among ever more rows; at last `most` of them."""
    edits = iter(_EDITS)
    with serving(OWN_PAGES, CITED, ("v1", "token", *_EDITS)), Pace() as pace:
        quotes = load_corpus(OWN_PAGES)["quotes"]
        newsroom.cite_pages({number: quotes(number) for number in range(CITED)})
        with newsroom.working({**os.environ, **newsroom.ENVIRONMENT}, data) as children:
            newsroom.show("v1")
            newsroom.look_at_all(children, "first", CITED)
            _costs(children, next(edits), pace)
            sources, history = list[_Row](), list[_Row]()
            for count in SOURCES:
                grow_sources(count)
                sources.append(_Row(count, _costs(children, next(edits), pace), _finding(pace)))
            for count in CHECKS_EACH:
                grow_history(count)
                history.append(_Row(count, _costs(children, next(edits), pace)))
        yield _table("CPU ms a check", "sources", (*_PHASES, *_FINDING), sources)
        yield _table("CPU ms a check", "checks of each source before", _PHASES, history)
        if most > max(SOURCES):
            grow_sources(most)
            yield _table("What is due", "sources", _FINDING, [_Row(most, (), _finding(pace))])


def _table(what: str, counted: str, headings: tuple[str, ...], rows: list[_Row]) -> Table:
    table = Table(
        title=f"{what} at an even pace (as measured), by the number of {counted}",
        title_justify="left",
        min_width=76,
    )
    for heading in (counted, *headings):
        table.add_column(heading, justify="right")
    quickest = min(each.pace_ms or 0 for row in rows for each in (*row.costs, *row.finding))
    for row in rows:
        cells = (f"{each.even_ms(quickest):.1f} ({each.cpu_ms:.1f})" for each in (*row.costs, *row.finding))
        table.add_row(f"{row.count:,}", *cells)
    return table


def _costs(children: list[Child], edit: str, pace: Pace) -> tuple[Figures, ...]:
    """Each page is edited once more, and looked at again until that is confirmed and told, so that all begins anew."""

    def cost(phase: str) -> Figures:
        pace.lap()
        return replace(newsroom.look_at_all(children, phase, CITED), pace_ms=pace.lap())

    unchanged = cost("unchanged")
    newsroom.show(edit)
    return unchanged, cost("changed"), cost("second look")


def _finding(pace: Pace) -> tuple[Figures, ...]:
    return (
        _timed(lambda: adopt_some(now=timezone.now()), pace),
        _timed(lambda: due_watches(now=timezone.now(), limit=500), pace),
    )


def _timed(call: Callable[[], object], pace: Pace) -> Figures:
    call()
    pace.lap()
    began, clock = time.thread_time(), time.perf_counter()
    for _ in range(_TIMES):
        call()
    cpu, wall = time.thread_time() - began, time.perf_counter() - clock
    return Figures("ours", "finding", _TIMES, cpu, wall, pace_ms=pace.lap())


def grow_sources(count: int) -> None:
    """As many sources as that in all; those that are new are due another day."""
    before = Source.objects.count()
    template = Source.objects.order_by("pk")[0]
    key = "CAST(n.i AS varchar)"
    with connection.cursor() as cursor:
        _copy_rows(
            cursor.execute,
            template,
            count - before,
            url=f"'http://far.example/{before}/' || {key}",
            title=f"'Other page {before} ' || {key}",
        )
    watch = Watch.objects.order_by("pk")[0]
    due_at = timezone.now() + timedelta(days=1)
    columns = [field.column for field in Watch._meta.concrete_fields if not field.primary_key]
    values = {"source_id": "stories_source.id", "due_at": "%s", "snapshot_id": "NULL", "previous_id": "NULL"}
    chosen = ", ".join(values.get(column, f"w.{column}") for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO stories_watch ({', '.join(columns)}) SELECT {chosen} FROM stories_watch w, stories_source "
            "WHERE w.id = %s AND stories_source.id NOT IN (SELECT source_id FROM stories_watch)",
            [due_at, watch.pk],
        )
        cursor.execute("ANALYZE")


def grow_history(count: int) -> None:
    """As many checks of each cited source as that, long ago."""
    first = Check.objects.filter(source__title__startswith="Page ").order_by("pk")[0]
    long_ago = timezone.now() - timedelta(days=90)
    with connection.cursor() as cursor:
        for source in Source.objects.filter(title__startswith="Page "):
            missing = count - source.checks.count()
            _copy_rows(
                cursor.execute, first, missing, source_id=str(source.pk), started_at="%s", params=[long_ago]
            )
        cursor.execute("ANALYZE")


def _copy_rows(
    execute: Callable[..., object],
    template: models.Model,
    count: int,
    *,
    params: list[object] | None = None,
    **values: str,
) -> None:
    """Copy a row many times inside the database, with SQL for the columns that are to differ."""
    if count <= 0:
        return
    meta = template._meta
    columns = [field.column for field in meta.concrete_fields if not field.primary_key]
    chosen = ", ".join(values.get(column, f"t.{column}") for column in columns)
    execute(
        f"INSERT INTO {meta.db_table} ({', '.join(columns)}) "
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
        f"SELECT {chosen} FROM {meta.db_table} t, n WHERE t.id = {template.pk}",
        params or [],
    )

"""Checks a second with 1, 2 and 4 processes that check, on PostgreSQL and Redis."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.table import Table

from stories.management.supervisor import Child, Supervisor
from stories.models import Source
from tests.benchmarks.checks import newsroom
from tests.benchmarks.checks.compare import OWN_PAGES, serving
from tests.benchmarks.checks.site import load_corpus

PROCESSES = (1, 2, 4)


def table(*, count: int) -> Table:
    """Pages of its own for each number of processes: one that changes again costs more than one that changes."""
    found = Table(title=f"{count:,} pages, on {os.cpu_count()} cores: checks a second (CPU ms a check)")
    for heading in ("processes", "unchanged", "changed", "second look, told"):
        found.add_column(heading, justify="right")
    with serving(OWN_PAGES, count * len(PROCESSES), ("v1", "token", "v2")):
        quotes = load_corpus(OWN_PAGES)["quotes"]
        for place, processes in enumerate(PROCESSES):
            newsroom.show("v1")
            newsroom.cite_pages(
                {number: quotes(number) for number in range(place * count, (place + 1) * count)}
            )
            with _working(processes) as children:
                newsroom.look_at_all(children, "first", count)
                found.add_row(str(processes), *_figures(children, count))
            # These are not looked at any more.
            Source.objects.update(title="Before")
    return found


def _figures(children: list[Child], count: int) -> Iterator[str]:
    for phase in ("unchanged", "changed", "second look"):
        if phase == "changed":
            newsroom.show("v2")
        figures = newsroom.look_at_all(children, phase, count)
        yield f"{figures.checks_a_second:.0f} ({figures.cpu_ms:.1f})"


@contextmanager
def _working(processes: int) -> Iterator[list[Child]]:
    """The processes of a newsroom on servers, as the Procfile starts them."""
    children = [
        _worker("checking", "checking", processes),
        _worker("others", "publishing,delivering,posting,upkeep", 1),
    ]
    environment = {**os.environ, **newsroom.ENVIRONMENT}
    supervisor = Supervisor(children, environment=environment, say=sys.stderr.write)
    try:
        supervisor.start()
        newsroom.wait_for_the_worker()
        yield children
    finally:
        supervisor.stop()


def _worker(name: str, queues: str, processes: int) -> Child:
    command = [sys.executable, "-m", "celery", "-A", "newsroom", "worker", "-n", f"{name}@%h", "-Q", queues]
    return Child(name, [*command, "-c", str(processes), "--without-gossip", "--without-mingle"])

"""Many hands: what is to be written is shared among processes and connections, as many as there are processors."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

import django
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from tests.benchmarks.scale.sizes import Sizes

Advance = Callable[[int], None]
Write = Callable[..., None]


def write_in_stretches(
    write: Write, stretches: Iterable[range], sizes: Sizes, *, now: datetime, hands: int, advance: Advance
) -> None:
    """Each stretch by a process of its own, as they are free; by this one where there is one hand."""
    act = partial(_write, write, sizes, now)
    if hands == 1:
        for stretch in stretches:
            advance(act(stretch))
        return
    processes = ProcessPoolExecutor(
        hands,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(connection.settings_dict["NAME"],),
    )
    with processes as pool:
        for done in as_completed([pool.submit(act, stretch) for stretch in stretches]):
            advance(done.result())


def run_all(
    statements: Iterable[tuple[str, str]], *, hands: int, values: dict[str, Any] | None = None
) -> Iterator[str]:
    """Each statement on a connection of its own; the name of each as it is done."""
    with ThreadPoolExecutor(hands) as pool:
        running: dict[Future[None], str] = {
            pool.submit(_run, statement, values): name for name, statement in statements
        }
        for done in as_completed(running):
            done.result()
            yield running[done]


def _run(statement: str, values: dict[str, Any] | None) -> None:
    try:
        with _unwatched() as cursor:
            cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
            cursor.execute(statement, values)
    finally:
        # That of this thread, which nobody else uses.
        connection.close()


def _write(write: Write, sizes: Sizes, now: datetime, stretch: range) -> int:
    with _unwatched():
        write(stretch, sizes, now=now)
    return len(stretch)


def _begin(name: str) -> None:
    django.setup()
    connection.settings_dict["NAME"] = name


@contextmanager
def _unwatched() -> Iterator[CursorWrapper]:
    """Without triggers: nothing is refused that was made to fit, and nothing followed that is written at the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor

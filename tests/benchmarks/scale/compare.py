"""Both sizes side by side: each thing is asked of the one and of the other in turns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from rich.table import Table

#: Before a name: its queries are wanted, not its cost.
COUNT = "queries of "

_TURNS = 3
#: What is so slow is asked twice.
_SLOW_MS = 3_000.0
#: Less than this is nobody's trouble, and twice of it neither.
NOISE_MS = 5.0
MOST_TIMES = 2.0


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    small_ms: float
    large_ms: float
    small_queries: int
    large_queries: int
    slowest: str
    #: Rows on the page; None where it is no page of rows.
    small_shown: int | None = None
    large_shown: int | None = None

    @property
    def times(self) -> float:
        return max(self.large_ms, NOISE_MS) / max(self.small_ms, NOISE_MS)

    @property
    def is_alike(self) -> bool:
        """False where the smaller newsroom has not half of a page to show: no cost of it says what a page costs."""
        return 2 * (self.small_shown or 0) >= (self.large_shown or 0)

    @property
    def holds(self) -> bool:
        return self.times <= MOST_TIMES and self.small_queries == self.large_queries


class Asked:
    """A process at one database."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.names: list[str] = self._read()

    def cost(self, name: str) -> float:
        return float(self._ask(name))

    def queries(self, name: str) -> dict[str, Any]:
        return dict(self._ask(COUNT + name))

    def _ask(self, line: str) -> Any:
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            sys.exit("What was asked could not be answered; what hindered it stands above.")
        return json.loads(line)


@contextmanager
def asking(database: str) -> Iterator[Asked]:
    command = [sys.executable, "-m", "tests.benchmarks.scale", "ask"]
    environment = {**os.environ, "DATABASE_URL": database}
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Asked(process)
    finally:
        process.terminate()
        process.wait(60)


def compare(small: str, large: str, *, only: str = "") -> Iterator[Row]:
    with asking(small) as less, asking(large) as more:
        for name in less.names:
            if only in name:
                yield _compared(name, less, more)


def _compared(name: str, less: Asked, more: Asked) -> Row:
    less.cost(name)
    slow = more.cost(name)
    turns = _TURNS if slow < _SLOW_MS else 1
    # The least of some: what is more is the machine's.
    costs = [(less.cost(name), more.cost(name)) for _ in range(turns)]
    few, many = less.queries(name), more.queries(name)
    slowest = f"{many['ms']:.0f} ms: {many['sql']}"
    small_ms, large_ms = (min(each) for each in zip(*costs, strict=True))
    return Row(
        name,
        small_ms,
        large_ms,
        few["queries"],
        many["queries"],
        slowest,
        few["shown"],
        many["shown"],
    )


def as_table(rows: Sequence[Row], sizes: Mapping[str, str]) -> Table:
    table = Table(title="ms on a processor, ours and the database’s, and queries", title_justify="left")
    for heading in ("what", *sizes.values(), "times", "queries"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for row in rows:
        same = row.small_queries == row.large_queries
        queries = f"{row.large_queries}" if same else f"{row.small_queries} → {row.large_queries}"
        mark = "" if row.holds else " !" if row.is_alike else f" ({row.small_shown} → {row.large_shown} rows)"
        table.add_row(
            row.name, f"{row.small_ms:.0f}", f"{row.large_ms:.0f}", f"{row.times:.1f}{mark}", queries
        )
    return table

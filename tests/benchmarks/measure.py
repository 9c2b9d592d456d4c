"""Contenders measured in turns, so that a busy moment of the machine hits all of them."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rich.table import Table

TURNS = 25
LONGEST_SECONDS = 8.0


@dataclass(frozen=True)
class Result:
    name: str
    median_ms: float
    p95_ms: float


def measure(contenders: Mapping[str, Callable[[], object]]) -> list[Result]:
    """Call each contender up to `TURNS` times, in turns, after one call to warm it; CPU time of this process."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for call in contenders.values():
        call()
    gc.collect()
    end = time.monotonic() + LONGEST_SECONDS
    for turn in range(TURNS):
        if turn >= 3 and time.monotonic() > end:
            break
        for name, call in contenders.items():
            began = time.process_time()
            call()
            times[name].append((time.process_time() - began) * 1000)
    return [
        Result(name, statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)])
        for name, taken in times.items()
    ]


def as_table(title: str, results: list[Result]) -> Table:
    """The first contender is the floor that the others are held against."""
    table = Table(title=title, title_justify="left", min_width=76)
    table.add_column("what", ratio=1)
    for heading in ("a second", "median ms", "p95 ms", "times the floor"):
        table.add_column(heading, justify="right")
    floor = results[0].median_ms
    for result in results:
        ratio = result.median_ms / floor if floor else float("nan")
        a_second = f"{1000 / result.median_ms:,.0f}" if result.median_ms else "∞"
        table.add_row(
            result.name, a_second, f"{result.median_ms:.3f}", f"{result.p95_ms:.3f}", f"{ratio:.1f}"
        )
    return table

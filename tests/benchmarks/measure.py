"""Contenders measured in turns, so that a busy moment of the machine hits all of them."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

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

"""What a tree of processes costs: its processor time, and its memory; Linux."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

_SAMPLES_A_SECOND = 10


@dataclass(frozen=True)
class Figures:
    """One phase: how many checks, what they cost, and how long they took."""

    who: str
    phase: str
    checks: int
    cpu_seconds: float
    wall_seconds: float
    #: The sum of what each process holds; memory that forked processes share is counted for each of them.
    rss_mb: float | None = None
    #: The same with shared memory shared out among those that share it: what the machine gives.
    pss_mb: float | None = None
    #: What a piece of work that is always the same took meanwhile.
    pace_ms: float | None = None

    @property
    def cpu_ms(self) -> float:
        return self.cpu_seconds * 1000 / self.checks

    def even_ms(self, quickest: float) -> float:
        """The same had the machine been as quick as when that piece of work took `quickest` ms."""
        return self.cpu_ms * quickest / self.pace_ms if self.pace_ms else self.cpu_ms

    @property
    def checks_a_second(self) -> float:
        return self.checks / self.wall_seconds


class Meter:
    """Measures the trees under `roots` from entry to exit; `figures` says what was seen.

    The time of children that have ended counts, as their parent has waited for them.
    """

    def __init__(self, roots: Callable[[], list[int]]) -> None:
        self._roots = roots
        self._stop = threading.Event()
        self.rss = self.pss = 0

    def __enter__(self) -> Self:
        self._cpu, self._began = self._cpu_seconds(), time.perf_counter()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wall_seconds = time.perf_counter() - self._began
        self.cpu_seconds = self._cpu_seconds() - self._cpu
        self._stop.set()
        self._thread.join()

    def figures(self, who: str, phase: str, checks: int) -> Figures:
        return Figures(
            who, phase, checks, self.cpu_seconds, self.wall_seconds, self.rss / 1e6, self.pss / 1e6
        )

    def _cpu_seconds(self) -> float:
        total = 0.0
        for process in _tree(self._roots()):
            try:
                times = process.cpu_times()
            except psutil.Error:
                continue
            total += times.user + times.system + times.children_user + times.children_system
        return total

    def _sample(self) -> None:
        while not self._stop.is_set():
            pids = [process.pid for process in _tree(self._roots())]
            sums = [sum(each) for each in zip(*map(_memory, pids), strict=True)]
            if sums:
                self.rss, self.pss = max(self.rss, sums[0]), max(self.pss, sums[1])
            self._stop.wait(1 / _SAMPLES_A_SECOND)


def _tree(roots: list[int]) -> Iterator[psutil.Process]:
    for root in roots:
        try:
            process = psutil.Process(root)
            yield from (process, *process.children(recursive=True))
        except psutil.Error:
            continue


def _memory(pid: int) -> tuple[int, int]:
    """RSS and PSS in bytes; nothing for a process that has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    kib = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:] if line.endswith("kB")}
    return kib.get("Rss", 0) * 1024, kib.get("Pss", 0) * 1024

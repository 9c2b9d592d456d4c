"""How quick the machine is while something else is measured: shared machines go at half their pace for minutes."""

from __future__ import annotations

import threading
import time
from statistics import median
from types import TracebackType
from typing import Self

_EVERY_SECONDS = 0.25
_WORDS = " ".join(map(str, range(10_000)))


class Pace:
    """From entry to exit a small piece of work is done over and over, and timed by its processor time."""

    def __enter__(self) -> Self:
        self._times = [_time_of_work()]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def lap(self) -> float:
        """The ms that the work took since the last lap, in the middle of all times."""
        times, self._times = self._times, []
        return median(times or [_time_of_work()]) * 1000

    def _go_on(self) -> None:
        while not self._stop.wait(_EVERY_SECONDS):
            self._times.append(_time_of_work())


def _time_of_work() -> float:
    began = time.thread_time()
    sorted(_WORDS.split(), key=len)
    sum(number * number for number in range(10_000))
    return time.thread_time() - began

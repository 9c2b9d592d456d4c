import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from stories.watching import busy as turns
from stories.watching.busy import busy, idle

LONG = 60


def test_one_thread_at_a_time_is_busy(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", LONG)
    at_work, most = 0, 0

    def work() -> None:
        nonlocal at_work, most
        with busy():
            at_work += 1
            most = max(most, at_work)
            time.sleep(0.002)
            at_work -= 1

    with ThreadPoolExecutor(4) as threads:
        for each in [threads.submit(work) for _ in range(20)]:
            each.result()

    assert most == 1


def test_who_is_idle_leaves_the_turn_to_another_and_has_it_again(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", LONG)
    done: list[str] = []

    def work() -> None:
        with busy():
            done.append("the other")

    with ThreadPoolExecutor(1) as threads, busy():
        with idle():
            threads.submit(work).result(LONG)
        waiting = threads.submit(work)
        time.sleep(0.05)
        done.append("the first")
    waiting.result(LONG)

    assert done == ["the other", "the first", "the other"]


def test_nobody_waits_for_ever(monkeypatch):
    """Invariant 6."""
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.01)
    goes_on = threading.Event()

    def work_long() -> None:
        with busy():
            goes_on.wait(LONG)

    with ThreadPoolExecutor(2) as threads:
        long = threads.submit(work_long)
        try:
            with busy():
                assert not long.done()
        finally:
            goes_on.set()


def test_a_failure_keeps_the_turn_from_nobody(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", LONG)

    def work() -> None:
        with busy():
            pass

    with pytest.raises(OSError, match="away"), busy(), idle():
        raise OSError("away")

    with ThreadPoolExecutor(1) as threads:
        threads.submit(work).result(LONG / 2)

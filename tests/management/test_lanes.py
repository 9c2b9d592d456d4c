"""The threads of a worker: each kind of work has its own."""

import threading
import time

import pytest

from stories.management import lanes
from stories.management.lanes import LANES, TaskPool

CHECK, MAIL, PUBLISH = "stories.tasks.check_sources", "stories.tasks.deliver", "stories.tasks.publish"


@pytest.fixture
def pool():
    pool = TaskPool(limit=1)
    pool.start()
    yield pool
    pool.stop()


def test_slow_sites_keep_no_mail_and_slow_mail_no_publication_waiting(pool):
    hold, done = threading.Event(), threading.Event()
    for name in (*[CHECK] * (LANES[CHECK] + 3), MAIL):
        pool.apply_async(lambda _name: hold.wait(20), (name,), callback=print)

    pool.apply_async(lambda _name: done.set(), (PUBLISH,), callback=print)

    try:
        assert done.wait(20)
    finally:
        hold.set()


def test_what_comes_to_a_full_lane_is_over_at_once(pool, monkeypatch):
    monkeypatch.setattr(lanes, "MOST_WAITING", 2)
    hold, results = threading.Event(), []
    begun = [threading.Event() for _ in range(LANES[CHECK])]
    for each in begun:
        pool.apply_async(lambda _name, each=each: each.set() or hold.wait(20), (CHECK,), callback=print)
        assert each.wait(20)
    for _ in range(2):
        pool.apply_async(lambda _name: "was done", (CHECK,), callback=results.append)

    pool.apply_async(lambda _name: "was done", (CHECK,), callback=results.append)

    assert results == [(0, None, 0.0)]
    hold.set()


def test_a_task_that_takes_too_long_is_told_by_name(pool):
    hold, begun = threading.Event(), threading.Event()
    pool.apply_async(lambda _name: begun.set() or hold.wait(20), (MAIL,), callback=print)
    assert begun.wait(20)

    assert pool.overtime(1000) is None
    assert pool.overtime(0) == MAIL

    hold.set()
    deadline = time.monotonic() + 20
    while pool.overtime(0):
        assert time.monotonic() < deadline
        time.sleep(0.01)

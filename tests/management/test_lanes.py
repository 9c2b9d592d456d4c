"""The threads of a worker: each kind of work has its own."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from stories.management import lanes
from stories.management.lanes import LANES, TaskPool
from stories.tasks import verify_nightly

#: Only what hangs takes so long.
LONGEST_SECONDS = 120
CHECK, MAIL, PUBLISH = "stories.tasks.check_sources", "stories.tasks.deliver", "stories.tasks.publish"
VERIFY = verify_nightly.name
#: What waits for a mail server, or does thousands of rows.
SLOW = (
    "stories.tasks.mail_link",
    "stories.tasks.mail_link_to",
    "stories.tasks.mail_invitation",
    "stories.tasks.mail_notice",
    "stories.tasks.carry_out",
    "stories.tasks.count_figures",
    VERIFY,
)


@pytest.fixture
def pool():
    pool = TaskPool(limit=1)
    pool.start()
    yield pool
    pool.stop()


def test_slow_sites_keep_no_mail_and_slow_mail_no_publication_waiting(pool):
    hold, done = threading.Event(), threading.Event()
    for name in (*[CHECK] * (LANES[CHECK] + 3), MAIL):
        pool.apply_async(lambda _name: hold.wait(LONGEST_SECONDS), (name,), callback=print)

    pool.apply_async(lambda _name: done.set(), (PUBLISH,), callback=print)

    try:
        assert done.wait(LONGEST_SECONDS)
    finally:
        hold.set()


@pytest.mark.parametrize("slow", SLOW)
def test_no_letter_and_nothing_done_in_bulk_keeps_a_publication_waiting(pool, slow):
    hold, done = threading.Event(), threading.Event()
    pool.apply_async(lambda _name: hold.wait(LONGEST_SECONDS), (slow,), callback=print)

    pool.apply_async(lambda _name: done.set(), (PUBLISH,), callback=print)

    try:
        assert done.wait(LONGEST_SECONDS)
    finally:
        hold.set()


def test_what_comes_to_a_full_lane_is_over_at_once(pool, monkeypatch):
    monkeypatch.setattr(lanes, "MOST_WAITING", 2)
    hold, results = threading.Event(), []
    begun = [threading.Event() for _ in range(LANES[CHECK])]
    for each in begun:
        pool.apply_async(
            lambda _name, each=each: each.set() or hold.wait(LONGEST_SECONDS), (CHECK,), callback=print
        )
        assert each.wait(LONGEST_SECONDS)
    for _ in range(2):
        pool.apply_async(lambda _name: "was done", (CHECK,), callback=results.append)

    pool.apply_async(lambda _name: "was done", (CHECK,), callback=results.append)

    assert results == [(0, None, 0.0)]
    hold.set()


@pytest.mark.parametrize(
    "name", ["deliver_digest", "say_what_is_paused", "look_at_a_feed", "bring_in", "export_daily"]
)
def test_no_tick_waits_for_other_machines_or_for_long_work(pool, name):
    hold, done = threading.Event(), threading.Event()
    pool.apply_async(lambda _name: hold.wait(LONGEST_SECONDS), (f"stories.tasks.{name}",), callback=print)

    pool.apply_async(lambda _name: done.set(), ("stories.tasks.tick",), callback=print)

    try:
        assert done.wait(LONGEST_SECONDS)
    finally:
        hold.set()


def test_a_message_that_expires_in_its_lane_is_over_when_its_turn_comes(pool):
    hold, results = threading.Event(), []
    pool.apply_async(lambda *_: hold.wait(LONGEST_SECONDS), (PUBLISH,), callback=print)
    now = datetime.now(UTC)
    for told, expires in [("late", now), ("in time", now + timedelta(hours=1)), ("whenever", None)]:
        about = {"expires": expires and expires.isoformat()}
        message = (PUBLISH, "its key", about, told)
        pool.apply_async(lambda *message: message[-1], message, callback=results.append)

    hold.set()
    wait_until(lambda: len(results) == 3)

    assert results == [(0, None, 0.0), "in time", "whenever"]


def test_a_pool_that_stops_ends_what_is_at_work_and_begins_nothing_else(pool):
    hold, done, begun = threading.Event(), [], {name: threading.Event() for name in (PUBLISH, MAIL)}
    for name in (PUBLISH, *[MAIL] * LANES[MAIL]):
        pool.apply_async(
            lambda name: begun[name].set() or hold.wait(LONGEST_SECONDS), (name,), callback=done.append
        )
    assert all(each.wait(LONGEST_SECONDS) for each in begun.values())

    stopping = threading.Thread(target=pool.stop)
    stopping.start()
    wait_until(lambda: is_closed(pool, lambda _name: done.append("began")))
    hold.set()
    stopping.join(LONGEST_SECONDS)

    assert done == [True] * (1 + LANES[MAIL])


def test_what_fails_around_a_task_is_said_and_ends_no_thread(pool, caplog):
    results = []
    pool.apply_async(lambda _name: 1 / 0, (PUBLISH,), callback=results.append)
    pool.apply_async(lambda _name: "was done", (PUBLISH,), callback=results.append)

    wait_until(lambda: results)

    assert "ZeroDivisionError" in caplog.text
    assert results == ["was done"]


def test_a_task_that_takes_too_long_is_told_by_name(pool):
    hold, begun = threading.Event(), threading.Event()
    pool.apply_async(lambda _name: begun.set() or hold.wait(LONGEST_SECONDS), (MAIL,), callback=print)
    assert begun.wait(LONGEST_SECONDS)

    assert pool.overtime(1000) is None
    assert pool.overtime(0) == MAIL

    hold.set()
    wait_until(lambda: not pool.overtime(0))


def test_a_task_that_may_take_long_is_given_its_time(pool):
    hold, begun = threading.Event(), threading.Event()
    pool.apply_async(lambda _name: begun.set() or hold.wait(LONGEST_SECONDS), (VERIFY,), callback=print)
    assert begun.wait(LONGEST_SECONDS)

    assert pool.overtime(0) is None

    hold.set()


def wait_until(is_so):
    deadline = time.monotonic() + LONGEST_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_closed(pool, work):
    try:
        pool.apply_async(work, (MAIL,), callback=print)
    except RuntimeError:
        return True
    return False

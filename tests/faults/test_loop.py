"""The loop, in the product as it is started, while parts of it are killed. Invariants 1, 2 and 3."""

import os
import signal
from collections.abc import Sequence

import pytest

from tests.running import RunningNewsroom

SENT = "state = 'sent'"
WORKER, SCHEDULE = " worker", " beat"


@pytest.fixture
def newsroom(tmp_path):
    with RunningNewsroom(tmp_path / "data") as running:
        yield running


def wait_for_alerts(newsroom: RunningNewsroom) -> None:
    newsroom.wait_until(lambda: newsroom.count("delivery", SENT) >= 2, "both reporters have their mail", 120)


def test_the_loop_goes_from_a_reworded_page_to_both_reporters_without_a_click(newsroom):
    wait_for_alerts(newsroom)

    newsroom.wait_until(lambda: len(newsroom.message_ids()) == 2, "both e-mails are on the console")
    assert newsroom.query("SELECT DISTINCT verdict FROM stories_verdict WHERE is_news") == [("altered",)]
    assert newsroom.count("alert", "state = 'open'") == 2
    assert "excluding" in newsroom.printed
    assert "failed" not in newsroom.manage("check_sources", "--all")
    assert newsroom.stop() == 0
    assert newsroom.find_processes() == []


def test_killed_in_the_middle_it_carries_on_where_it_stopped_and_tells_nothing_twice(newsroom):
    newsroom.wait_until(lambda: newsroom.count("watch", "is_suspected") == 1, "the change was seen once", 120)
    newsroom.kill_one(" worker")
    wait_for_alerts(newsroom)
    newsroom.kill()
    newsroom.start()
    before = newsroom.count("check")

    newsroom.wait_until(lambda: newsroom.count("check") >= before + 3, "checks go on", 120)

    assert newsroom.count("alert") == 2
    assert newsroom.count("delivery") == newsroom.count("delivery", SENT) == 2
    assert len(set(newsroom.message_ids())) == 2


def test_whatever_process_of_worker_and_schedule_is_killed_there_is_one_of_each_again(newsroom):
    newsroom.wait_until(lambda: is_whole_without(newsroom, []), "worker and schedule are whole")
    main, *pool = sorted(newsroom.find_processes(WORKER))
    schedule = newsroom.find_processes(SCHEDULE)
    for pid in (*pool, *schedule):
        os.kill(pid, signal.SIGKILL)
    newsroom.wait_until(lambda: is_whole_without(newsroom, [*pool, *schedule]), "pool and schedule are back")
    assert main in newsroom.find_processes(WORKER)
    first = newsroom.find_processes(WORKER)

    os.kill(main, signal.SIGKILL)

    newsroom.wait_until(lambda: is_whole_without(newsroom, first), "another worker, and nothing of the first")
    wait_for_alerts(newsroom)


def is_whole_without(newsroom: RunningNewsroom, gone: Sequence[int]) -> bool:
    """The worker, its two, and the schedule: none of those that were killed, and none too many."""
    workers, schedules = newsroom.find_processes(WORKER), newsroom.find_processes(SCHEDULE)
    return (len(workers), len(schedules)) == (3, 1) and not {*workers, *schedules} & set(gone)

"""The loop, in the product as it is started, while parts of it are killed. Invariants 1, 2 and 3."""

from collections.abc import Sequence

import pytest

from tests.running import RunningNewsroom

SENT = "state = 'sent'"
WORKER = " run_worker"


@pytest.fixture
def newsroom(tmp_path):
    with RunningNewsroom(tmp_path / "data") as running:
        yield running


def wait_for_alerts(newsroom: RunningNewsroom) -> None:
    newsroom.wait_until(lambda: newsroom.count("delivery", SENT) >= 2, "both reporters have their mail")


def test_the_loop_goes_from_a_reworded_page_to_both_reporters_without_a_click(newsroom):
    wait_for_alerts(newsroom)

    newsroom.wait_until(lambda: len(newsroom.message_ids()) == 2, "both e-mails are on the console")
    assert newsroom.query("SELECT DISTINCT verdict FROM stories_verdict WHERE is_news") == [("altered",)]
    assert newsroom.count("alert", "state = 'open'") == 2
    assert "excluding" in newsroom.printed
    assert "failed" not in newsroom.manage("check_sources", "--all")
    assert newsroom.stop() == 0
    newsroom.wait_until_nothing_is_left()


def test_killed_in_the_middle_it_carries_on_where_it_stopped_and_tells_nothing_twice(newsroom):
    newsroom.wait_until(lambda: newsroom.count("verdict", "verdict = 'altered'") >= 1, "the change was seen")
    newsroom.kill_one(WORKER)
    wait_for_alerts(newsroom)
    newsroom.kill()
    newsroom.start()
    last = newsroom.query("SELECT max(checked_at) FROM stories_watch")[0][0]

    newsroom.wait_until(lambda: newsroom.count("watch", f"checked_at > '{last}'") >= 3, "checks go on")

    assert newsroom.count("alert") == 2
    assert newsroom.count("delivery") == newsroom.count("delivery", SENT) == 2
    assert len(set(newsroom.message_ids())) == 2


def test_a_worker_that_is_killed_has_another_in_its_place_with_its_schedule(newsroom):
    newsroom.wait_until(lambda: is_whole_without(newsroom, []), "the worker is there")
    first = newsroom.find_processes(WORKER)

    newsroom.kill_one(WORKER)

    newsroom.wait_until(lambda: is_whole_without(newsroom, first), "another worker, and nothing of the first")
    wait_for_alerts(newsroom)


def is_whole_without(newsroom: RunningNewsroom, gone: Sequence[int]) -> bool:
    """One worker, and none that was killed."""
    workers = newsroom.find_processes(WORKER)
    return len(workers) == 1 and not set(workers) & set(gone)

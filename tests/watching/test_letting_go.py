"""What a batch held is let go of at its end: a worker seldom searches for garbage, and copies are large."""

import gc

from aiohttp import StreamReader

from stories.models import Blob, Snapshot, Source, Watch
from stories.watching.check import check_watches
from stories.watching.due import due_watches
from tests.watching.looking import OTHER_PASSAGE, REWORDED, CitedPage

HELD = Watch, Source, Snapshot, Blob, StreamReader


def count_held() -> int:
    return sum(isinstance(each, HELD) for each in gc.get_objects())


def test_a_batch_lets_go_of_all_that_it_held_without_a_search_for_garbage(read_once: CitedPage):
    read_once.put(REWORDED, OTHER_PASSAGE)
    read_once.clock.advance(hours=2)
    gc.collect()
    gc.disable()
    try:
        held_before = count_held()
        outcomes = [
            check.outcome
            for check in check_watches(due_watches(now=read_once.clock(), limit=10), now=read_once.clock)
        ]
        held_after = count_held()
    finally:
        gc.enable()

    assert outcomes == ["changed"]
    assert held_after == held_before

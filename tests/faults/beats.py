"""Two beats, which ask for the same at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.life import EDITORS, Life, at_work
from tests.faults.places import SERVICES, SQLITE, Place, wait_until
from tests.faults.runs import Done, Occasion, run


@run("two beats at once", times=60, on=(SQLITE, SERVICES))
def two_beats(at: Occasion) -> Done:
    """So many ticks of each; on SQLite a second worker with a schedule of its own."""
    newsroom = at_work(at)
    seen = newsroom.changes + len(newsroom.urls)
    for site in newsroom.world.sites:
        site.asked_twice_at_once.clear()
    with _another_schedule(at.place):
        with newsroom.going_on(editors=EDITORS):
            at.say("goes on")
            wait_until(lambda: newsroom.changes > seen)
            time.sleep(at.times)
        lost = newsroom.what_was_lost()
    return Done(at.times, newsroom.meanwhile(), [*lost, *asked_twice_at_once(newsroom)])


@contextmanager
def _another_schedule(place: Place) -> Iterator[None]:
    own, second = place.commands, "worker" if place.name == SQLITE else "beat"
    other = own[second] if second == "worker" else f"{own[second]} -s {place.data}/beat-of-another-machine"
    place.commands = {**own, "second": other}
    place.start("second")
    try:
        yield
    finally:
        place.stop("second")
        place.commands = own


def asked_twice_at_once(newsroom: Life) -> list[str]:
    """Invariant 2, from outside: a page is asked for by one worker at a time."""
    twice = sorted(path for site in newsroom.world.sites for path in site.asked_twice_at_once)
    return [f"invariant 2: two workers were at {path} at once" for path in twice]

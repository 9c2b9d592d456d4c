"""The broker loses everything, is started again, or is away: the rows are the truth."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.faults.kills import wait_for_first_change
from tests.faults.life import EDITORS, at_work
from tests.faults.places import SERVICES, SQLITE
from tests.faults.runs import Done, Occasion, run

#: Longer than any lease, claim or expiry of a message lasts here: as minutes are in production.
AWAY_SECONDS = 12.0


@run("broker flushed", times=20, on=(SQLITE, SERVICES))
def flush(at: Occasion) -> Done:
    return _strike(at, at.place.flush_broker, longest=3.0)


@run("broker restarted", times=20, on=(SQLITE, SERVICES))
def restart(at: Occasion) -> Done:
    """On SQLite its file is deleted under those who have it open."""
    return _strike(at, at.place.restart_broker, longest=3.0)


@run("broker away", times=20, on=(SQLITE, SERVICES))
def be_away(at: Occasion) -> Done:
    """Meanwhile editors save and publish as ever."""
    return _strike(at, lambda: at.place.restart_broker(away_seconds=AWAY_SECONDS), longest=6.0)


def _strike(at: Occasion, fault: Callable[[], None], *, longest: float) -> Done:
    newsroom = at_work(at)
    with newsroom.going_on(editors=EDITORS):
        wait_for_first_change(at.place)
        for number in range(at.times):
            time.sleep(at.random.uniform(0, longest))
            fault()
            at.say(f"{number + 1} of {at.times}")
    lost = newsroom.what_was_lost()
    return Done(at.times, newsroom.meanwhile(), lost)

"""PostgreSQL stopped at once and started again, while everybody is at work. Invariants 1 to 4."""

from __future__ import annotations

import time

from django.db import connections

from tests.faults.kills import wait_for_first_change
from tests.faults.life import EDITORS, Life, at_work
from tests.faults.places import SERVICES, OnServices, wait_until
from tests.faults.runs import Done, Occasion, run


@run("PostgreSQL stopped at once", times=20, on=(SERVICES,))
def stop_postgresql(at: Occasion) -> Done:
    """As by a crash (`pg_ctl -m immediate`): what was answered has to be there, and nobody is started again."""
    assert isinstance(at.place, OnServices)
    server = at.place.postgresql
    newsroom = at_work(at)
    with newsroom.going_on(editors=EDITORS):
        wait_for_first_change(at.place)
        started = sum(at.place.started.values())
        for number in range(at.times):
            time.sleep(at.random.uniform(0, 3))
            server.stop_at_once()
            time.sleep(at.random.uniform(0, 3))
            before = _answered(newsroom)
            server.start()
            _wait_until_work_goes_on(newsroom, before)
            at.say(f"{number + 1} of {at.times}")
    # Ours were cut off, too.
    connections.close_all()
    lost = newsroom.what_was_lost()
    ended = sum(at.place.started.values()) - started
    said = f"{newsroom.meanwhile()}; {ended} processes ended by themselves"
    return Done(at.times, said, lost)


def _answered(newsroom: Life) -> int:
    return sum(len(editor.published) for editor in newsroom.editors)


def _wait_until_work_goes_on(newsroom: Life, before: int) -> None:
    went_on = wait_until(lambda: _answered(newsroom) > before)
    assert went_on, f"nothing is published after a stop: {newsroom.editors[0].refused[-3:]}"

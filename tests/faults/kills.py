"""SIGKILL of worker, pool child, beat and web server at random moments."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.faults.life import life
from tests.faults.places import SERVICES, SQLITE, Place, wait_until
from tests.faults.runs import Done, Occasion, run
from tests.running import kill_at_once

#: Of each place, what works.
WORKERS = {SQLITE: ("worker",), SERVICES: ("publishing", "delivering", "posting", "checking", "upkeep")}


@run("worker killed", times=200, on=(SQLITE, SERVICES))
def kill_workers(at: Occasion) -> Done:
    """The process that leads, with all that it has forked."""
    workers = WORKERS[at.place.name]
    # One of several leaves the others time to work; one alone needs more itself.
    longest = 1.5 if len(workers) > 1 else 5.0
    return _kill(at, lambda: at.place.kill(at.random.choice(workers)), longest=longest)


@run("pool child killed", times=200, on=(SERVICES,))
def kill_children(at: Occasion) -> Done:
    """The process that does the task, under a worker that lives on."""

    def kill() -> None:
        _kill_child(at, at.random.choice(("publishing", "delivering", "checking")))

    return _kill(at, kill, longest=0.6)


@run("beat killed", times=50, on=(SERVICES,))
def kill_beat(at: Occasion) -> Done:
    """On SQLite the worker keeps the schedule, and is killed with it."""
    return _kill(at, lambda: at.place.kill("beat"), longest=3.0)


@run("web server killed", times=100, on=(SQLITE, SERVICES))
def kill_web(at: Occasion) -> Done:
    """While editors save and publish: the server that leads, or the process that serves."""

    def kill() -> None:
        if at.random.random() < 0.5:
            at.place.kill("web")
        else:
            _kill_child(at, "web")

    return _kill(at, kill, longest=4.0, editors=4)


def _kill_child(at: Occasion, name: str) -> None:
    if children := at.place.children(name):
        kill_at_once(at.random.choice(children))


def _kill(at: Occasion, kill: Callable[[], None], *, longest: float, editors: int = 2) -> Done:
    """So often, each after a while that chance chooses; then let the product come to rest, and look."""
    with (
        life(at.place, at.random, editors=editors) as newsroom,
        at.place.running(**newsroom.world.settings),
    ):
        with newsroom.going_on():
            wait_for_first_change(newsroom.place)
            for number in range(at.times):
                time.sleep(at.random.uniform(0, longest))
                kill()
                at.say(f"{number + 1} of {at.times}")
        lost = newsroom.what_was_lost()
        return Done(at.times, newsroom.meanwhile(), lost)


def wait_for_first_change(place: Place) -> None:
    """Until the loop goes round: somebody was told."""
    assert wait_until(lambda: place.count("delivery", "state = 'sent'") > 0), "nobody was ever told"

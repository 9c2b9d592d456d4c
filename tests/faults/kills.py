"""SIGKILL of worker, pool child, beat and web server at random moments."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.faults.life import EDITORS, Life, at_work
from tests.faults.places import SERVICES, SQLITE, Place, wait_until
from tests.faults.runs import Done, Occasion, run
from tests.running import kill_at_once

#: Of each place, what works.
WORKERS = {SQLITE: ("worker",), SERVICES: ("publishing", "delivering", "posting", "checking", "upkeep")}


#: Of four blows, this many wait until the part is at work again; the others may hit it while it starts.
AT_WORK = 0.75


@run("worker killed", times=200, on=(SQLITE, SERVICES))
def kill_workers(at: Occasion) -> Done:
    """The process that leads, with all that it has forked."""
    workers = WORKERS[at.place.name]

    def kill(_newsroom: Life) -> None:
        ready = [name for name in workers if at.place.name == SQLITE or at.place.children(name)]
        at.place.kill(at.random.choice(ready or workers))

    return _kill(at, kill, shows=_looks, longest=1.5)


@run("pool child killed", times=200, on=(SERVICES,))
def kill_children(at: Occasion) -> Done:
    """The process that does the task, under a worker that lives on."""

    def kill(_newsroom: Life) -> None:
        _kill_child(at, at.random.choice(("publishing", "delivering", "checking")))

    return _kill(at, kill, shows=_looks, longest=0.6)


@run("beat killed", times=50, on=(SERVICES,))
def kill_beat(at: Occasion) -> Done:
    """On SQLite the worker keeps the schedule, and is killed with it."""
    return _kill(at, lambda _newsroom: at.place.kill("beat"), shows=_ticks, longest=2.0)


@run("web server killed", times=100, on=(SQLITE, SERVICES))
def kill_web(at: Occasion) -> Done:
    """While editors save and publish: the server that leads, or the process that serves."""

    def kill(_newsroom: Life) -> None:
        if at.random.random() < 0.5:
            at.place.kill("web")
        else:
            _kill_child(at, "web")

    return _kill(at, kill, shows=_editing, longest=1.5, editors=4)


@run("everything killed at once", times=20, on=(SQLITE, SERVICES))
def kill_all(at: Occasion) -> Done:
    """As a power cut does; the servers of the database and the broker live on."""

    def kill(_newsroom: Life) -> None:
        for name in at.place.commands:
            at.place.kill(name)

    return _kill(at, kill, shows=_looks, longest=3.0)


def _kill_child(at: Occasion, name: str) -> None:
    if children := at.place.children(name):
        kill_at_once(at.random.choice(children))


def _kill(
    at: Occasion,
    kill: Callable[[Life], None],
    *,
    shows: Callable[[Life], object],
    longest: float,
    editors: int = EDITORS,
) -> Done:
    """So often, each after a while that chance chooses; then let the product come to rest, and look.

    `shows` is another thing whenever the part has done some work.
    """
    newsroom = at_work(at)
    with newsroom.going_on(editors=editors):
        wait_for_first_change(newsroom.place)
        for number in range(at.times):
            time.sleep(at.random.uniform(0, longest))
            kill(newsroom)
            at.say(f"{number + 1} of {at.times}")
            if at.random.random() < AT_WORK:
                _wait_for_work(newsroom, shows)
    lost = newsroom.what_was_lost()
    return Done(at.times, newsroom.meanwhile(), lost)


def _wait_for_work(newsroom: Life, shows: Callable[[Life], object]) -> None:
    before = shows(newsroom)
    wait_until(lambda: shows(newsroom) != before)


def _looks(newsroom: Life) -> object:
    return newsroom.place.query(
        "SELECT sum(looks), (SELECT count(*) FROM stories_delivery) FROM stories_check"
    )


def _ticks(newsroom: Life) -> object:
    return newsroom.place.query("SELECT max(beat_at) FROM stories_pulse")


def _editing(newsroom: Life) -> object:
    return sum(len(editor.saved) + len(editor.published) for editor in newsroom.editors)


def wait_for_first_change(place: Place) -> None:
    """Until the loop goes round: somebody was told."""
    assert wait_until(lambda: place.count("delivery", "state = 'sent'") > 0), "nobody was ever told"

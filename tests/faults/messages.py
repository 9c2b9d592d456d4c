"""Messages that come twice and out of order, and that come again while they are at work."""

from __future__ import annotations

from pathlib import Path

from celery import Task

from stories import tasks
from stories.models import Delivery, Publication, Source
from tests.faults import again
from tests.faults.beats import asked_twice_at_once
from tests.faults.kills import wait_for_first_change
from tests.faults.life import EDITORS, at_work, life
from tests.faults.places import SERVICES, SQLITE, wait_until
from tests.faults.runs import Done, Occasion, run
from tests.faults.shuffling import messages_sent, note, shuffling

#: How long Redis waits for an acknowledgement, and how long a page takes that is slow to answer.
VISIBLE_SECONDS, SLOW_SECONDS = 1, 4
LEAST_WAITING = 100


@run("each message twice, out of order", times=10_000, on=(SQLITE, SERVICES))
def shuffle(at: Occasion) -> Done:
    """Real tasks through the real broker, until so many were sent, each of which comes twice."""
    newsroom, path = at_work(at), at.place.shuffled
    with shuffling(path):
        with newsroom.going_on(editors=EDITORS):
            wait_for_first_change(at.place)
            _until_sent(at, path)
        lost = newsroom.what_was_lost()
        return Done(messages_sent(path), newsroom.meanwhile(), lost)


def _until_sent(at: Occasion, path: Path) -> None:
    while (sent := messages_sent(path)) < at.times:
        at.say(f"{sent:,} of {at.times:,}")
        _ask_for_more(at, path)
        # Whoever asks faster than it is done asks for nothing new.
        wait_until(lambda: at.place.waiting_messages() < LEAST_WAITING)


def _ask_for_more(at: Occasion, path: Path) -> None:
    """What many desks do at once: ask for looks and deliveries that are under way or done already."""
    wanted: list[tuple[Task, object]] = [
        *((tasks.check_sources, [key]) for key in _latest(Source, 12)),
        *((tasks.deliver, key) for key in _latest(Delivery, 100)),
        *((tasks.publish, key) for key in _latest(Publication, 20)),
        *((task, None) for task in (tasks.tell, tasks.tick, tasks.sign_record, tasks.gather)),
    ]
    twice = [*wanted, *wanted]
    at.random.shuffle(twice)
    for task, argument in twice:
        task.delay(*([] if argument is None else [argument]))
    note(path, len(wanted))


def _latest(model: type[Source | Delivery | Publication], most: int) -> list[int]:
    return list(model.objects.order_by("-pk").values_list("pk", flat=True)[:most])


@run("task longer than the visibility time-out", times=20, on=(SERVICES,))
def outlast(at: Occasion) -> Done:
    """Redis gives a message that is at work to a second worker, which finds the page or the letter held."""
    path = at.place.folder / "begun"
    path.unlink(missing_ok=True)
    short = {
        "FAULTS_VISIBLE_SECONDS": str(VISIBLE_SECONDS),
        "FAULTS_LEASE_SECONDS": "60",
        "WATCH_TOTAL_SECONDS": "20",
        again.FILE: str(path),
    }
    with (
        life(at.place, at.random) as newsroom,
        at.place.running(**newsroom.world.settings, **short),
    ):
        with newsroom.going_on():
            wait_until(lambda: newsroom.changes > len(newsroom.urls))
            newsroom.world.be_slow(SLOW_SECONDS)
            wait_until(lambda: again.begun_again(path) >= at.times)
            newsroom.world.be_slow(0)
        times, lost = again.begun_again(path), newsroom.what_was_lost()
        return Done(times, newsroom.meanwhile(), [*lost, *asked_twice_at_once(newsroom)])

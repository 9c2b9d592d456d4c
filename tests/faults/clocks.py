"""Clocks that jump: back by an hour and by a day, over the two changes of summer time, past 2038."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import time_machine

from tests.faults.kills import wait_for_first_change
from tests.faults.life import Life, life
from tests.faults.places import SERVICES, SQLITE
from tests.faults.runs import Done, Occasion, run

CLOCK = Path(__file__).parent / "clock"
#: Just before each of them: the jumps of the wall clock in New York and in Berlin, and the last second of 31 bits.
EVES = {
    "spring in New York": datetime(2027, 3, 14, 6, 59, 57, tzinfo=UTC),
    "spring in Berlin": datetime(2027, 3, 28, 0, 59, 57, tzinfo=UTC),
    "autumn in Berlin": datetime(2027, 10, 31, 0, 59, 57, tzinfo=UTC),
    "autumn in New York": datetime(2027, 11, 7, 5, 59, 57, tzinfo=UTC),
    "2038": datetime(2038, 1, 19, 3, 14, 4, tzinfo=UTC),
}
ACROSS = timedelta(seconds=5)
BACK = {"back an hour": timedelta(hours=1), "back a day": timedelta(days=1)}
#: What nobody has seen happen by then never happens; in seconds that pass, whatever the clocks say.
STANDS_STILL_SECONDS = 480


class Clock:
    """Of this process and of all that the product starts; `jump` sets it, and it goes on from there."""

    def __init__(self, file: Path) -> None:
        self._file, self._travel = file, time_machine.travel(datetime.now(UTC), tick=True)
        self._hands = self._travel.start()
        self._hands.shift(time_machine.escape_hatch.time.time() - time.time())
        self._write(timedelta())

    @property
    def settings(self) -> dict[str, str]:
        return {"PYTHONPATH": str(CLOCK), "FAULTS_CLOCK": str(self._file)}

    def jump(self, by: timedelta) -> None:
        self._hands.shift(by)
        self._write(self._offset + by)
        # Each process looks ten times a second.
        time.sleep(1)

    def jump_to(self, moment: datetime) -> None:
        self.jump(moment - datetime.now(UTC))

    def _write(self, offset: timedelta) -> None:
        self._offset = offset
        draft = self._file.with_suffix(".new")
        draft.write_text(str(offset.total_seconds()))
        draft.replace(self._file)

    def stop(self) -> None:
        self._travel.stop()


@run("clock back an hour or a day, summer time, 2038", times=7, on=(SQLITE, SERVICES))
def set_clocks(at: Occasion) -> Done:
    """In one newsroom at work, one jump after the other; after each, every kind of work has to go on."""
    jumps = _jumps(at.random, at.times)
    with life(at.place, at.random, sources=6) as newsroom, _clock(at.place.folder / "clock") as clock:
        lost: list[str] = []
        with at.place.running(**newsroom.world.settings, **clock.settings):
            with newsroom.going_on():
                wait_for_first_change(at.place)
                for name in jumps:
                    with newsroom.scheduling:
                        _jump(clock, name)
                        _ask_again(newsroom)
                    lost += [f"after {name}: {sentence}" for sentence in _what_stands_still(newsroom)]
                    at.say(name)
            lost += [
                sentence for sentence in newsroom.what_was_lost() if "after it was recorded" not in sentence
            ]
        return Done(len(jumps), f"{', '.join(jumps)}; {newsroom.meanwhile()}", lost)


def _jumps(chance: Random, times: int) -> list[str]:
    """Forward in the order of time, with a jump back after some of them."""
    eves, back = list(EVES), list(BACK)
    chance.shuffle(back)
    chosen = [back[0], *eves[:2], back[1], *eves[2:]] if times >= 7 else [back[0], chance.choice(eves)]
    return chosen[: max(times, 2)]


def _jump(clock: Clock, name: str) -> None:
    if name in BACK:
        clock.jump(-BACK[name])
    else:
        clock.jump_to(EVES[name])
        while datetime.now(UTC) < EVES[name] + ACROSS:
            time.sleep(0.2)


def _ask_again(newsroom: Life) -> None:
    """What a person scheduled by a wrong clock is theirs to cancel: for all that anybody knows they meant tomorrow."""
    from django.utils import timezone

    from stories.models import Publication, User
    from stories.publishing.publication import cancel_publication

    now = timezone.now()
    for publication in Publication.objects.on_the_way().filter(publish_at__gt=now + timedelta(minutes=1)):
        cancel_publication(publication, by=User.objects.get(username="editor0"), now=now)
        newsroom.scheduled.remove(publication.note)


def _what_stands_still(newsroom: Life) -> Iterator[str]:
    """Something is read, told, published and published as scheduled after this moment, soon."""
    before = _done(newsroom)
    began, left = time.monotonic(), dict(before)
    while left and time.monotonic() - began < STANDS_STILL_SECONDS:
        time.sleep(0.3)
        now = _done(newsroom)
        left = {what: count for what, count in before.items() if now[what] <= count}
    for what in left:
        yield f"nothing was {what} any more"


def _done(newsroom: Life) -> dict[str, int]:
    return {
        "noticed": newsroom.place.count("check"),
        "told": len(newsroom.world.letters.times),
        "published by editors": sum(len(editor.published) for editor in newsroom.editors),
        "scheduled": newsroom.place.count("publication", "state = 'published' AND publish_at IS NOT NULL"),
    }


@contextmanager
def _clock(file: Path) -> Iterator[Clock]:
    clock = Clock(file)
    try:
        yield clock
    finally:
        clock.stop()

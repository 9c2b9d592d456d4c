"""SQLite with eight writers at once: the web server, the worker, and six more (`writing.py`).

An error in any of them is an error that a user would have seen. Invariants 1, 3, 4 and 10.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.faults.kills import wait_for_first_change
from tests.faults.life import Life, life
from tests.faults.places import SQLITE, Place, wait_until
from tests.faults.runs import Done, Occasion, run
from tests.running import ROOT, inherited

#: Beside the web server and the worker.
HANDS = ("save", "publish", "publish", "look", "look", "answer")
#: What a write leaves: rows, and looks that are counted on a row that is there already.
WRITES = {
    "looks": "SELECT coalesce(sum(looks), 0) FROM stories_check",
    "verdicts": "SELECT count(*) FROM stories_verdict",
    "deliveries": "SELECT count(*) FROM stories_delivery",
    "answers and other events of alerts": "SELECT count(*) FROM stories_alertevent",
    "saves": "SELECT count(*) FROM stories_historicalarticle",
    "versions": "SELECT count(*) FROM stories_version",
}
LONGEST_SECONDS = 3600


@run("SQLite with 8 writers", times=10_000, on=(SQLITE,))
def write_at_once(at: Occasion) -> Done:
    with (
        life(at.place, at.random, sources=24, editors=4) as newsroom,
        at.place.running(**newsroom.world.settings),
    ):
        _furnish(newsroom)
        with newsroom.going_on():
            wait_for_first_change(at.place)
            before = _written(at.place)
            with _hands(at.place, newsroom) as (hands, stop):
                target = at.times + sum(before.values())
                wait_until(
                    # One that has ended is in trouble, and has said so.
                    lambda: sum(_written(at.place).values()) >= target or any(hand.poll() for hand in hands),
                    seconds=LONGEST_SECONDS,
                    every=1,
                )
                stop.touch()
                told = [_told_by(hand) for hand in hands]
        lost = [loss for each in told for loss in each["lost"]]
        lost += [*_refused(newsroom), *newsroom.what_was_lost(), *_missing(at.place, told)]
        done = {what: count - before[what] for what, count in _written(at.place).items()}
        return Done(sum(done.values()), ", ".join(f"{count:,} {what}" for what, count in done.items()), lost)


def _furnish(newsroom: Life) -> None:
    from tests.factories import ArticleFactory, make_chief

    make_chief(username="hand")
    for number in range(len(HANDS)):
        ArticleFactory(slug=f"hand-{number}")


@contextmanager
def _hands(place: Place, newsroom: Life) -> Iterator[tuple[list[subprocess.Popen[str]], Path]]:
    stop = place.folder / "stop"
    stop.unlink(missing_ok=True)
    hands = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.writing", work, str(number), str(stop)],
            cwd=ROOT,
            env={**inherited(), **place.surroundings(), **newsroom.world.settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number, work in enumerate(HANDS)
    ]
    try:
        yield hands, stop
    finally:
        for hand in hands:
            hand.kill()
            hand.communicate()


def _told_by(hand: subprocess.Popen[str]) -> dict[str, Any]:
    said, trouble = hand.communicate(timeout=LONGEST_SECONDS)
    if hand.returncode:
        return {"lost": [f"a writer saw an error: {trouble[-1500:]}"], "saved": [], "published": []}
    told: dict[str, Any] = json.loads(said)
    return {**told, "lost": []}


def _written(place: Place) -> dict[str, int]:
    return {what: int(place.query(sql)[0][0]) for what, sql in WRITES.items()}


def _refused(newsroom: Life) -> Iterator[str]:
    for editor in newsroom.editors:
        for refusal in editor.refused:
            yield f"{editor.name} saw an error: {refusal}"


def _missing(place: Place, told: list[dict[str, Any]]) -> Iterator[str]:
    bodies = {body for (body,) in place.query("SELECT body FROM stories_historicalarticle")}
    digests = {digest for (digest,) in place.query("SELECT digest FROM stories_version")}
    for each in told:
        yield from (f"saved and not in the history: {body}" for body in each["saved"] if body not in bodies)
        yield from (
            f"published and not there: {digest}" for digest in each["published"] if digest not in digests
        )
    for word in ("database is locked", "database table is locked"):
        if word in place.last_words(10_000_000):
            yield f"the log of the product says: {word}"

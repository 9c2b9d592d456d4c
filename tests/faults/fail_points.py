"""Death before and after every commit and every send that the loop comes to."""

from __future__ import annotations

import time
from pathlib import Path

from tests.faults.life import Life, life
from tests.faults.places import SERVICES, SQLITE
from tests.faults.runs import Done, Occasion, run
from tests.faults.trap import FILE, SEED, SHARE, points_of
from tests.running import LONGEST_SECONDS

#: There are as many as the loop passes; with fewer asked for, chance picks that share of them.
MOST = 400
#: So often each page is reworded without anybody dying, until the loop counts as gone through.
ROUNDS = 1


@run("fail points", times=MOST, on=(SQLITE, SERVICES))
def die_at_each(at: Occasion) -> Done:
    """Workers, beat and web server carry the trap; each is started again where it died."""
    path = at.place.folder / "fail-points.txt"
    path.unlink(missing_ok=True)
    trap = {FILE: str(path), SEED: str(at.seed), SHARE: str(at.times / MOST)}
    with life(at.place, at.random) as newsroom, at.place.running(**newsroom.world.settings, **trap):
        with newsroom.going_on():
            while _somebody_dies(newsroom, path):
                points = points_of(path)
                at.say(f"{len(points)} points; last: {points[-1]}")
        lost = newsroom.what_was_lost()
        points = points_of(path)
    commits = sum(" commit " in point or " write " in point for point in points)
    meanwhile = f"{commits} at commits, {len(points) - commits} at sends; {newsroom.meanwhile()}"
    return Done(len(points), meanwhile, lost)


def _somebody_dies(newsroom: Life, path: Path) -> bool:
    """False where the loop went round without: every page was reworded and told of."""
    known = len(points_of(path))
    wanted = newsroom.changes + ROUNDS * len(newsroom.urls)
    deadline = time.monotonic() + LONGEST_SECONDS
    while newsroom.changes < wanted and time.monotonic() < deadline:
        if len(points_of(path)) > known:
            return True
        time.sleep(0.2)
    return False

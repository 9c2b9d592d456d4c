"""`python -m tests.faults.sitting PLACE …`: the chosen runs at one place, one after the other, in one process.

Settings are read once in a process, and each place has its own: so `python -m tests.faults` starts one for each.
Progress goes to standard error, one line of JSON for each run to standard output.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from random import Random
from typing import Any

import django

from tests.faults.places import SERVICES, SQLITE, OnServices, OnSQLite, Place
from tests.faults.runs import BROKE, Done, Occasion, Run, load_runs

_PR_SET_PDEATHSIG = 1
PLACES: dict[str, type[Place]] = {SQLITE: OnSQLite, SERVICES: OnServices}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("place", choices=PLACES)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--share", type=float, required=True)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--together", action="store_true")
    options = parser.parse_args()
    # Whoever started us was stopped, and the servers are to stop too.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="newsroom-faults-") as name:
        place = PLACES[options.place](Path(name))
        os.environ |= place.surroundings()
        try:
            django.setup()
            runs = load_runs()
            place.open()
            for name in options.names:
                share = options.share / (len(runs[name].on) if options.together else 1)
                told = _hold_steadily(runs[name], place, seed=options.seed, share=share)
                if told["lost"] or not options.keep:
                    place.leave()
                sys.stdout.write(f"{json.dumps(told)}\n")
                sys.stdout.flush()
        finally:
            place.leave()
            place.close()


def _hold_steadily(run: Run, place: Place, *, seed: int, share: float) -> dict[str, Any]:
    """Once more where the run itself broke, as on a machine that stands still; never where something was lost."""
    told = _hold(run, place, seed=seed, share=share)
    is_broken = told["lost"] and all(sentence.startswith(BROKE) for sentence in told["lost"])
    if not is_broken:
        return told
    place.leave()
    return _hold(run, place, seed=seed, share=share)


def _hold(run: Run, place: Place, *, seed: int, share: float) -> dict[str, Any]:
    began = time.monotonic()

    def say(what: str) -> None:
        sys.stderr.write(f"{place.name}: {run.name}: {what} ({time.monotonic() - began:.0f} s)\n")
        sys.stderr.flush()

    random = Random(f"{seed} {run.name} {place.name}")
    say("begins")
    try:
        done = run.what(Occasion(random, run.times_at(share), place, seed, say))
    except Exception:  # noqa: BLE001 - the next run may go well
        done = Done(0, "", [f"{BROKE}: {traceback.format_exc()}\n{place.last_words()}"])
    finally:
        if place.kept is None:
            place.end()
    say("lost nothing" if not done.lost else "\n  ".join([f"LOST {len(done.lost)}:", *done.lost]))
    return {"name": run.name, "on": place.name, **vars(done), "seconds": round(time.monotonic() - began)}


if __name__ == "__main__":
    main()

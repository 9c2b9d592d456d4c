"""`make faults`: break the product on purpose, as often as asked, and say what was lost.

With no name everything is run, on SQLite and on PostgreSQL with Redis at the same time. Exit status 1: something was
lost.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django

from tests.faults.places import SERVICES, SQLITE
from tests.faults.runs import RUNS, load_runs
from tests.faults.table import HEAD, Row, as_markdown, merge
from tests.running import ROOT

SEED = 1
_WRITING = threading.Lock()


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="newsroom-faults-") as folder:
        # The runs use the product's models; each sitting sets it up with settings of its own.
        with_settings = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "DATA_DIR": folder}
        with patch.dict(os.environ, with_settings):
            django.setup()
            load_runs()
    options = read_options()
    told = hold_all(options)
    if options.twice and (lost := [each for each in told if each["lost"]]):
        say_what_was_lost(lost, options)
        options.names = [name for name in options.names if name in {each["name"] for each in lost}]
        told = hold_all(options)
        sys.stdout.write(f"UNSTEADY, and tried once more: {', '.join(options.names)}\n")
    lost = [each for each in told if each["lost"]]
    say_what_was_lost(lost, options)
    return int(bool(lost))


def hold_all(options: argparse.Namespace) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(2) as sittings:
        each_place = sittings.map(lambda on: list(hold(on, options)), options.on)
        told = [each for place in each_place for each in place]
    sys.stdout.write(f"{as_markdown([as_row(each, options).cells for each in told])}\n")
    sys.stdout.flush()
    return told


def say_what_was_lost(lost: list[dict[str, Any]], options: argparse.Namespace) -> None:
    for each in lost:
        words = f"--on {each['on']} --seed {options.seed} --share {options.share:g}"
        words += " --keep" * options.keep + " --together" * options.together
        # In a newsroom that was kept, what went before may have a part in it.
        first = 0 if options.keep else options.names.index(each["name"])
        names = options.names[first : options.names.index(each["name"]) + 1]
        again = f"python -m tests.faults {shlex.join(names)} {words}"
        sys.stdout.write(f"\n{each['name']} lost something. Again: {again}\n")
        sys.stdout.writelines(f"  {sentence}\n" for sentence in each["lost"])


def as_row(told: dict[str, Any], options: argparse.Namespace) -> Row:
    facts = [told[fact] for fact in ("name", "on", "times", "meanwhile")]
    return Row(*facts, lost=len(told["lost"]), seed=options.seed, date=f"{datetime.now(UTC):%Y-%m-%d}")


def read_options() -> argparse.Namespace:
    parser = make_parser()
    options = parser.parse_args()
    if unknown := set(options.names) - set(RUNS):
        parser.error(f"There is no run {', '.join(unknown)}: choose of {names_of_runs()}.")
    options.names = options.names or list(RUNS)
    options.on = options.on or [SQLITE, SERVICES]
    return options


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    # argparse fills in whatever a percent sign announces, and a run has one in its name.
    names = names_of_runs().replace("%", "%%")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {names} (default: all)")
    parser.add_argument("--on", action="append", choices=[SQLITE, SERVICES], help="default: both")
    parser.add_argument("--seed", type=int, default=SEED, help=f"of chance (default: {SEED})")
    parser.add_argument(
        "--share", type=float, default=1.0, help="of each number; 0.1 is a tenth (default: 1)"
    )
    parser.add_argument(
        "--table", type=table, metavar="FILE", help=f"write the rows ({', '.join(HEAD)}) there"
    )
    parser.add_argument(
        "--keep", action="store_true", help="let runs that ask for nothing of their own share one newsroom"
    )
    parser.add_argument(
        "--together", action="store_true", help="let that be the share at all places of a run together"
    )
    parser.add_argument("--twice", action="store_true", help="try what lost something once more, in the open")
    return parser


def table(name: str) -> Path:
    """Where rows may be written, which is found out before the first of them took half an hour."""
    try:
        Path(name).touch()
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{name} cannot be written: {error.strerror}") from None
    return Path(name)


def names_of_runs() -> str:
    return "; ".join(f"“{run.name}” ({run.times:,})" for run in RUNS.values())


def hold(on: str, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """What came of each run, and a row in the table as soon as it has ended."""
    names = [name for name in options.names if on in RUNS[name].on]
    told = 0
    for each in sit(on, names, options) if names else ():
        told += 1
        if options.table:
            with _WRITING:
                merge(options.table, [as_row(each, options)], order=list(RUNS))
        yield each
    for name in names[told:]:
        yield {"name": name, "on": on, "times": 0, "meanwhile": "", "lost": ["the sitting ended early"]}


def sit(on: str, names: list[str], options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    words = ["--seed", str(options.seed), "--share", str(options.share)]
    words += ["--keep"] * options.keep + ["--together"] * options.together
    command = [sys.executable, "-m", "tests.faults.sitting", on, *names, *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as sitting:
        assert sitting.stdout is not None
        for line in sitting.stdout:
            yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main())

"""A disk that fills up under a newsroom at work: database, broker, copies, exports and log share it.

The disk is a small file system in memory. Where none can be mounted, no process may write past where its files end,
which fails at the same places (setrlimit(2), RLIMIT_FSIZE), and the run says so.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from tests.faults.kills import wait_for_first_change
from tests.faults.life import Life, life
from tests.faults.places import SQLITE, Place, wait_until
from tests.faults.runs import Done, Occasion, run

SIZE_MB = 96
#: What is left when the disk is full: nothing, or too little for the next file, or for the one after that.
MOST_LEFT_BYTES = 200_000
_NO_LIMIT = resource.RLIM_INFINITY


class Disk(Protocol):
    told: str

    def fill(self, *, but: int) -> None: ...
    def make_room(self) -> None: ...


class SmallDisk:
    told = "a file system of its own"

    def __init__(self, folder: Path) -> None:
        self._folder, self._ballast = folder, folder / "ballast"

    def fill(self, *, but: int) -> None:
        with self._ballast.open("wb", buffering=0) as file:
            # Others write meanwhile: so much was free a moment ago.
            free = shutil.disk_usage(self._folder).free
            try:
                os.posix_fallocate(file.fileno(), 0, max(1, free - but))
            except OSError:
                return

    def make_room(self) -> None:
        self._ballast.unlink(missing_ok=True)


class Limited:
    """The processes of the newsroom may write no file past so many bytes."""

    told = "no file system could be mounted: RLIMIT_FSIZE instead"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fill(self, *, but: int) -> None:
        self._limit(but)

    def make_room(self) -> None:
        self._limit(_NO_LIMIT)

    def _limit(self, most: int) -> None:
        for pid in _processes_in(self._folder):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, _NO_LIMIT))


def _processes_in(folder: Path) -> Iterator[int]:
    """All but this one whose data is in this folder; Linux."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"DATA_DIR={folder}\0".encode() in (process / "environ").read_bytes():
                yield from {int(process.name)} - {os.getpid()}


@run("disk full", times=20, on=(SQLITE,))
def fill_disk(at: Occasion) -> Done:
    """With more or less room left each time; what was answered is there, and with room the work goes on."""
    with _disk(at.place) as disk, life(at.place, at.random, sources=8) as newsroom:
        with at.place.running(**newsroom.world.settings):
            with newsroom.going_on():
                wait_for_first_change(at.place)
                lost = [loss for number in range(at.times) for loss in _fill(at, disk, newsroom, number)]
            lost += newsroom.what_was_lost()
        lost += _half_written(at.place)
        refused = sum(len(editor.refused) for editor in newsroom.editors)
        ended = sum(at.place.started.values()) - len(at.place.started)
        said = f"{newsroom.meanwhile()}; {refused} saves refused, {ended} processes ended ({disk.told})"
        return Done(at.times, said, lost)


def _fill(at: Occasion, disk: Disk, newsroom: Life, number: int) -> Iterator[str]:
    refused, published = _counts(newsroom)
    disk.fill(but=at.random.choice((0, at.random.randrange(MOST_LEFT_BYTES))))
    # Until somebody was refused, or all was small enough to find its room.
    wait_until(lambda: _counts(newsroom)[0] > refused, seconds=5)
    time.sleep(at.random.uniform(0, 2))
    if number == 0:
        yield from _what_the_doctor_misses(at.place)
    disk.make_room()
    published = _counts(newsroom)[1]
    if not wait_until(lambda: _counts(newsroom)[1] > published):
        yield f"with room again nothing is published: {newsroom.editors[0].refused[-2:]}"
    at.say(f"{number + 1} of {at.times}")


def _counts(newsroom: Life) -> tuple[int, int]:
    editors = newsroom.editors
    return sum(len(each.refused) for each in editors), sum(len(each.published) for each in editors)


def _what_the_doctor_misses(place: Place) -> Iterator[str]:
    said = place.manage("doctor", "--json")
    findings = json.loads(said.stdout)["findings"] if said.stdout.startswith("{") else []
    if not any(each["what"] == "disk" and each["level"] == "wrong" for each in findings):
        yield f"the doctor does not say that the disk is full: {said.stdout[-500:]}{said.stderr[-500:]}"


def _half_written(place: Place) -> Iterator[str]:
    """The databases are whole, and what lies beside them is complete."""
    for name in ("newsroom.sqlite3", "broker.sqlite3"):
        with closing(sqlite3.connect(place.data / name)) as database:
            (said,) = database.execute("PRAGMA integrity_check").fetchone()
            if said != "ok":
                yield f"{name}: {said}"
    exported = place.manage("export_record")
    if exported.returncode:
        yield f"the record cannot be exported: {exported.stderr[-500:]}"
    for path in (place.data / "exports").iterdir():
        if path.suffix == ".new":
            yield f"{path.name} was left half-written"
        if (
            path.name.endswith(".jsonl.gz")
            and (verified := place.manage("verify_record", "--export", str(path))).returncode
        ):
            yield f"{path.name}: {verified.stdout[-500:]}{verified.stderr[-500:]}"
    copies = place.manage("verify_snapshots")
    if copies.returncode:
        yield f"copies are damaged: {copies.stdout[-500:]}{copies.stderr[-500:]}"


@contextmanager
def _disk(place: Place) -> Iterator[Disk]:
    """The folder of the newsroom's data on a disk of its own, with the keys that it has."""
    from django.db import connections

    place.leave()
    connections.close_all()
    kept = [path for path in place.data.iterdir() if path.is_file() and "sqlite3" not in path.name]
    texts = {path.name: path.read_bytes() for path in kept}
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m,mode=700", "tmpfs", str(place.data)]
    if os.getuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        yield Limited(place.data)
        return
    try:
        for name, text in texts.items():
            (place.data / name).touch(mode=0o600)
            (place.data / name).write_bytes(text)
        yield SmallDisk(place.data)
    finally:
        place.end()
        connections.close_all()
        subprocess.run(["umount", "--lazy", str(place.data)], capture_output=True, check=True)

"""One run: the site, the floor, ours and the peers, one after another."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.checks import newsroom, peers
from tests.benchmarks.checks.figures import Figures
from tests.benchmarks.checks.pace import Pace
from tests.benchmarks.checks.site import load_corpus

ROOT = Path(__file__).resolve().parents[3]
#: Where the peers' drivers and the pages that they are measured on may be found.
PEERS_FOLDER = ROOT.parent / "shared" / "peers"
OWN_PAGES = Path(__file__).parent
VERSIONS = ("v1", "token", "v2", "noise")
_KEPT_PAGES = ROOT / "var" / "bench"


def compare(folder: Path, *, data: Path, count: int, names: list[str]) -> Iterator[Figures]:
    """Yield figures as they are measured. `names` are the peers that are wanted, of those installed in `folder`."""
    pages = folder if (folder / "corpus.py").exists() else OWN_PAGES
    with serving(pages, count), Pace() as pace:
        for figures in measure_all(folder, pages, data=data, count=count, names=names):
            yield replace(figures, pace_ms=pace.lap())


def measure_all(folder: Path, pages: Path, *, data: Path, count: int, names: list[str]) -> Iterator[Figures]:
    yield from measure_floor(pages, count)
    yield from measure_ours(pages, count, data)
    wanted = [peer for peer in peers.PEERS if peer.name in names and peer.is_installed(folder)]
    if wanted:
        peers.prepare(folder, count)
    for peer in wanted:
        yield from peer.measure(folder, count)


@contextmanager
def serving(pages: Path, count: int, versions: Sequence[str] = VERSIONS) -> Iterator[None]:
    what = [str(pages), str(count), ",".join(versions), str(_KEPT_PAGES)]
    command = [sys.executable, "-m", "tests.benchmarks.checks.site", *what]
    site = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert site.stdout is not None
    try:
        if site.stdout.readline() != "serving\n":
            sys.exit("The pages could not be served; what hindered it stands above.")
        yield
    finally:
        site.terminate()
        site.wait(10)
        site.stdout.close()


def measure_floor(pages: Path, count: int) -> Iterator[Figures]:
    command = [sys.executable, "-m", "tests.benchmarks.checks.floor", str(pages), str(count)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as floor:
        assert floor.stdout is not None
        for line in floor.stdout:
            yield Figures("floor", checks=count, **json.loads(line))
    if floor.returncode:
        sys.exit("The floor could not be measured; what hindered it stands above.")


def measure_ours(pages: Path, count: int, data: Path) -> Iterator[Figures]:
    quotes = load_corpus(pages)["quotes"]
    newsroom.cite_pages({number: quotes(number) for number in range(count)})
    with newsroom.working({**os.environ, **newsroom.ENVIRONMENT}, data) as children:
        yield from newsroom.measure_phases(children, count)

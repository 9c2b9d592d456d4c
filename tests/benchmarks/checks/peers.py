"""Other people's monitors on the same pages, through the drivers of a folder that holds their environments too.

Each driver prints a line of JSON for each of its phases; what a driver says of itself is taken over as it is.
"""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.checks.figures import Figures

#: What the drivers call the phases, at the end of their labels.
_PHASES = {
    "first": "first",
    "unchanged": "unchanged",
    "unchanged1": "unchanged",
    "token": "same text",
    "changed": "changed",
}


@dataclass(frozen=True)
class Peer:
    name: str
    environment: str
    command: Sequence[str]

    def is_installed(self, folder: Path) -> bool:
        return (folder / self.environment / "bin/python").exists() and os.access(folder, os.W_OK)

    def measure(self, folder: Path, count: int) -> Iterator[Figures]:
        """Yield the figures of each phase once it is over; what the driver prints beside them is left out."""
        process = subprocess.Popen(
            self.command,
            cwd=folder,
            env={**os.environ, "N": str(count)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        seen = set()
        with process.stdout:
            for line in process.stdout:
                figures = _read(self.name, line, count)
                if figures and figures.phase not in seen:
                    seen.add(figures.phase)
                    yield figures
        process.wait()


PEERS = (
    Peer("urlwatch", "venv-urlwatch", ["bash", "run_urlwatch.sh"]),
    Peer(
        "changedetection.io",
        "venv-changedetection.io",
        ["venv-bench/bin/python", "run_cdio.py", "10", "bench"],
    ),
    Peer("webchanges", "venv-webchanges", ["bash", "run_webchanges.sh"]),
)


def prepare(folder: Path, count: int) -> None:
    """Write the lists of addresses that the drivers read."""
    subprocess.run(
        ["venv-bench/bin/python", "mk_webchanges.py"],
        cwd=folder,
        env={**os.environ, "N": str(count)},
        check=True,
    )


def _read(name: str, line: str, count: int) -> Figures | None:
    try:
        told = json.loads(line)
        phase = _PHASES[told["label"].rpartition("-")[2]]
        return Figures(
            name,
            phase,
            count,
            cpu_seconds=told["cpu_s"],
            wall_seconds=told["wall_s"],
            rss_mb=told["peak_rss_MB"],
        )
    except (ValueError, KeyError, TypeError):
        return None

"""The registry: every run by its name, how often its fault strikes, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from random import Random

from tests.faults.places import SERVICES, SQLITE, Place

__all__ = ["BROKE", "RUNS", "SERVICES", "SQLITE", "Done", "Occasion", "Run", "load_runs", "run"]

#: How a sentence begins that tells of the run, and not of the product.
BROKE = "the run itself broke"
#: The modules in which runs are written; those first whose runs can share a newsroom.
MODULES = (
    "kills",
    "brokers",
    "stopping",
    "backups",
    "editors",
    "beats",
    "messages",
    "fail_points",
    "writers",
    "clocks",
    "full_disk",
    "slow_sources",
)


@dataclass
class Occasion:
    """One run at one place: its share of chance, how often the fault is to strike, and the product."""

    random: Random
    times: int
    place: Place
    seed: int
    say: Callable[[str], None]


@dataclass
class Done:
    """How often the fault struck, what was done meanwhile, and a sentence for each thing that was lost."""

    times: int
    meanwhile: str
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Run:
    name: str
    times: int
    on: tuple[str, ...]
    what: Callable[[Occasion], Done]

    def times_at(self, share: float) -> int:
        return max(1, round(self.times * share))


RUNS: dict[str, Run] = {}


def run(
    name: str, *, times: int, on: tuple[str, ...]
) -> Callable[[Callable[[Occasion], Done]], Callable[[Occasion], Done]]:
    def register(what: Callable[[Occasion], Done]) -> Callable[[Occasion], Done]:
        RUNS[name] = Run(name, times, on, what)
        return what

    return register


def load_runs() -> dict[str, Run]:
    for module in MODULES:
        import_module(f"tests.faults.{module}")
    return RUNS

"""What an examination finds: in plain words what is so, and what to do where it is not as it should be."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import IntEnum


class Level(IntEnum):
    """The number is the exit status that it asks for."""

    WELL = 0
    WARNING = 1
    WRONG = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """`remedy` is empty where all is well."""

    what: str
    level: Level
    said: str
    remedy: str = ""

    def as_json(self) -> dict[str, str]:
        return {**asdict(self), "level": self.level.name.lower()}


def well(what: str, said: str) -> Finding:
    return Finding(what, Level.WELL, said)


def warning(what: str, said: str, remedy: str) -> Finding:
    return Finding(what, Level.WARNING, said, remedy)


def wrong(what: str, said: str, remedy: str) -> Finding:
    return Finding(what, Level.WRONG, said, remedy)

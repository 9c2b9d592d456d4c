"""What a verification finds, and how its end is told to a machine."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

SOUND, ALTERED, MISSING, CANNOT_TELL = 0, 1, 2, 3
_STATUS = {"altered": ALTERED, "missing": MISSING, "unknown": CANNOT_TELL}

Kind = Literal["altered", "missing", "unknown"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that does not agree: two places say different things, something is gone, or nobody can tell."""

    article: str
    version: int | None
    what: str
    kind: Kind

    def __str__(self) -> str:
        where = f"{self.article}, version {self.version}" if self.version else self.article
        word = "CANNOT TELL" if self.kind == "unknown" else self.kind.upper()
        return f"{word} {where}: {self.what}."


def exit_status(flaws: Iterable[Flaw]) -> int:
    """0 sound, 1 altered, 2 missing, 3 cannot tell; of several the lowest but 0."""
    return min((_STATUS[flaw.kind] for flaw in flaws), default=SOUND)

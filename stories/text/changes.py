"""The one shape in which a difference of two texts is told: runs of words kept, inserted and deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Operation = Literal["equal", "insert", "delete"]


@dataclass(frozen=True, slots=True)
class WordChange:
    """One run of text, white space with it.

    Joining `equal` and `delete` gives the text before, `equal` and `insert` the text after.
    """

    operation: Operation
    text: str

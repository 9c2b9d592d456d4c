"""The words of a text as a reader counts them: runs of letters and digits, and the signs that carry meaning."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from .characters import UNSPACED

# Scripts without spaces count by the character. The apostrophe, the full stop and the hyphen belong to a word
# when letters or digits stand on both sides.
_LETTER = rf"[^\W{UNSPACED}]"
WORD = re.compile(rf"{_LETTER}+(?:['.\-]{_LETTER}+)*|[{UNSPACED}]|[€$£%§&]")


@dataclass(frozen=True)
class Words:
    """The words of one text in order: lower-cased, and where each begins and ends."""

    keys: list[str]
    starts: array[int]
    ends: array[int]

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Each word, and the numbers of the places where it stands."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(self.keys):
            places[key].append(number)
        return dict(places)


def words_of(text: str) -> Words:
    """The words of `text`, linear in its length; `words_of("Won't pay 3.5").keys` is `["won't", "pay", "3.5"]`."""
    keys: list[str] = []
    starts, ends = array("l"), array("l")
    known: dict[str, str] = {}
    for match in WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        key = known.get(word)
        if key is None:
            key = known[word] = word.lower()
        keys.append(key)
        starts.append(start)
        ends.append(end)
    return Words(keys, starts, ends)

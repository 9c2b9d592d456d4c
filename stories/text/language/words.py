"""The words of a text as a reader counts them: runs of letters and digits, and the signs that carry meaning."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import add

from stories.text.language.characters import MARKS, UNSPACED

# Scripts without spaces count by the character. The apostrophe, the full stop and the hyphen belong to a word
# when letters or digits stand on both sides.
_LETTER = rf"[^\W{UNSPACED}]"
_ALONE = rf"[{UNSPACED}]|[€$£%§&]"
WORD = re.compile(rf"{_LETTER}++(?>(?:(?>(?:['.\-]{_LETTER}++){{1,500}}))*)|{_ALONE}")
# Hindi and its like write vowels as marks on letters, which few texts have.
_MARK = re.compile(f"[{MARKS}]")
_MARKED = rf"{_LETTER}++(?>(?:(?>(?:[{MARKS}]++{_LETTER}*+){{1,500}}))*)"
_MARKED_WORD = re.compile(rf"{_MARKED}(?>(?:(?>(?:['.\-]{_MARKED}){{1,500}}))*)|{_ALONE}")


# The capitals of these alone are drawn like Latin letters, and are those in the matching form. A μ may measure, and
# “не” is not “he”.
_LIKE_THEIR_CAPITALS = str.maketrans("вкмтαβεζικνρτυχ", "bkmtabeziknptyx")


@dataclass(frozen=True)
class Words:
    """The words of one text in order, lower-cased; where each stands is found out only when asked for."""

    text: str
    #: As they stand there.
    told: list[str]

    def __len__(self) -> int:
        return len(self.told)

    @cached_property
    def keys(self) -> list[str]:
        # Each word by itself, for the last letter of a Greek one is lowered in its own way; and each but once.
        lower = {word: word if (made := _lowered(word)) == word else made for word in set(self.told)}
        return list(map(lower.__getitem__, self.told))

    @property
    def starts(self) -> array[int]:
        """Where each word begins."""
        return self._edges[0]

    @property
    def ends(self) -> array[int]:
        """Where each word ends."""
        return self._edges[1]

    @cached_property
    def _edges(self) -> tuple[array[int], array[int]]:
        # Between two words nothing stands that could be taken for one, so the next place is that of the word.
        find, at = self.text.index, 0
        behind = zip(self.told, chain((0,), map(len, self.told)), strict=False)
        starts = array("l", [(at := find(word, at + length)) for word, length in behind])
        return starts, array("l", map(add, starts, map(len, self.told)))

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands there."""
        return Counter(self.keys)

    def places_of(self, wanted: Container[str]) -> Iterator[tuple[int, str]]:
        """The number of each place where one of these words stands, and which; in order."""
        return ((number, key) for number, key in enumerate(self.keys) if key in wanted)


def _lowered(word: str) -> str:
    return word.lower() if word.isascii() else word.lower().translate(_LIKE_THEIR_CAPITALS)


def words_of(text: str) -> Words:
    """The words of `text`, linear in its length; `words_of("Won't pay 3.5").keys` is `["won't", "pay", "3.5"]`."""
    pattern = WORD if text.isascii() or not _MARK.search(text) else _MARKED_WORD
    # A text says most of its words many times over: each is held once.
    found, known = pattern.findall(text), dict[str, str]()
    return Words(text, list(map(known.setdefault, found, found)))

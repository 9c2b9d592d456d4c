"""Two people changed one text: both changes where they fit together, and what does not fit, told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

#: A sentence with the space before it, so that what is added behind it leaves it as it was.
_UNIT = re.compile(r"\s*(?:[^\s.!?…]|[.!?…](?![\"'”’»)\]]*(?:\s|\Z))|[^\S\n]+(?=\S))*[.!?…]*[\"'”’»)\]]*")


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that both changed, each in a way of their own."""

    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The text with what fits of both; at each clash it has mine."""

    text: str
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edit:
    """Units `start` to `end` of the base became `text`."""

    start: int
    end: int
    text: str
    is_mine: bool


def merge_texts(base: str, *, mine: str, theirs: str) -> Merged:
    """Three-way merge by sentences, as `diff3` does it by lines: what only one changed is taken from them.

    Work in the size of the texts times their differences over the width of a word, whatever they say.

    >>> merge_texts("One. Two. Three.", mine="One! Two. Three.", theirs="One. Two. Four.").text
    'One! Two. Four.'
    """
    units = split_units(base)
    edits = [
        *_edits(units, split_units(mine), is_mine=True),
        *_edits(units, split_units(theirs), is_mine=False),
    ]
    pieces, clashes, at = [], [], 0
    for group in _groups(sorted(edits, key=lambda edit: (edit.start, edit.end))):
        start, end = group[0].start, max(edit.end for edit in group)
        ours, others = (_applied(units, group, start, end, is_mine=side) for side in (True, False))
        if len({edit.is_mine for edit in group}) == 2 and ours != others:
            clashes.append(Clash("".join(units[start:end]).strip(), ours.strip(), others.strip()))
        pieces += [*units[at:start], ours if any(edit.is_mine for edit in group) else others]
        at = end
    return Merged("".join([*pieces, *units[at:]]), tuple(clashes))


def split_units(text: str) -> list[str]:
    """Sentences, each with the space before it; together they are `text` again.

    >>> split_units("He left. “Why?” she asked.")
    ['He left.', ' “Why?”', ' she asked.']
    """
    units, at = [], 0
    while at < len(text):
        match = _UNIT.match(text, at)
        end = match.end() if match and match.end() > at else at + 1
        units.append(text[at:end])
        at = end
    return units


def _edits(base: Sequence[str], other: Sequence[str], *, is_mine: bool) -> Iterator[_Edit]:
    """Where the two differ; of as many sentences for as many, each is an edit of its own."""
    start = from_start = 0
    equal = [code for code in LCSseq.opcodes(base, other) if code.tag == "equal"]
    stops = [(code.src_start, code.dest_start, code.src_end, code.dest_end) for code in equal]
    for end, from_end, next_start, next_from in [*stops, (len(base), len(other), 0, 0)]:
        new = other[from_start:from_end]
        if len(new) == end - start:
            yield from (_Edit(start + at, start + at + 1, text, is_mine) for at, text in enumerate(new))
        else:
            yield _Edit(start, end, "".join(new), is_mine)
        start, from_start = next_start, next_from


def _groups(edits: Sequence[_Edit]) -> Iterator[list[_Edit]]:
    """Edits that meet: they overlap, or one puts something in at the edge of the other."""
    group: list[_Edit] = []
    for edit in edits:
        if group and not any(_meet(before, edit) for before in group):
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _meet(first: _Edit, second: _Edit) -> bool:
    if first.start == first.end or second.start == second.end:
        return second.start <= first.end
    return second.start < first.end


def _applied(units: Sequence[str], group: Sequence[_Edit], start: int, end: int, *, is_mine: bool) -> str:
    """The stretch of the base from `start` to `end` as one of the two has it."""
    pieces, at = [], start
    for edit in group:
        if edit.is_mine == is_mine:
            pieces += [*units[at : edit.start], edit.text]
            at = edit.end
    return "".join([*pieces, *units[at:end]])

"""In which block a piece of text stands, by the marks at the edges of the blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from stories.text.markup.marks import BLOCK_IN, BLOCK_OUT

# So many are looked up from where they stand, which for a line of prose is a step or two; more of them in one pass.
_FEW = 8


def places_of(pieces: Sequence[int], edges: str) -> Iterator[tuple[int, int | None]]:
    """Each of the ascending `pieces` with the number of the block in which it stands, None outside of all of them.

    Before piece n there are n edges, and blocks are numbered as they begin. Linear.

    >>> list(places_of([0, 2, 3], f"{BLOCK_IN}{BLOCK_IN}{BLOCK_OUT}{BLOCK_OUT}"))
    [(0, None), (2, 1), (3, 0)]
    """
    if len(pieces) <= _FEW:
        return ((piece, _place_of(piece, edges)) for piece in pieces)
    return _in_one_pass(pieces, edges)


def _place_of(piece: int, edges: str) -> int | None:
    ended = 0
    for at in range(piece - 1, -1, -1):
        if edges[at] == BLOCK_OUT:
            ended += 1
        elif edges[at] == BLOCK_IN:
            if not ended:
                return edges.count(BLOCK_IN, 0, at)
            ended -= 1
    return None


def _in_one_pass(pieces: Sequence[int], edges: str) -> Iterator[tuple[int, int | None]]:
    coming = iter(edges)
    entered, open_blocks, passed = 0, list[int](), 0
    for piece in pieces:
        for edge in islice(coming, piece - passed):
            if edge == BLOCK_IN:
                open_blocks.append(entered)
                entered += 1
            elif edge == BLOCK_OUT and open_blocks:
                open_blocks.pop()
        passed = piece
        yield piece, open_blocks[-1] if open_blocks else None

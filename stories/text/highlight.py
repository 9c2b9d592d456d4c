"""A difference with some of its words marked: those of passages that somebody quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stories.text.changes import Operation, WordChange

#: From and up to which character of a text.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a change that is wholly inside of a marked passage, or wholly outside."""

    operation: Operation
    text: str
    is_marked: bool


def highlight(
    changes: Iterable[WordChange], *, before: Sequence[Span] = (), after: Sequence[Span] = ()
) -> tuple[Piece, ...]:
    """Mark what stands in these spans of the text before and of the text after.

    The pieces, joined, are the changes. What both texts have is marked where either marks it. The work is
    linear in the number of changes times spans.

    >>> [(p.text, p.is_marked) for p in highlight([WordChange("equal", "We sell it.")], after=[(3, 7)])]
    [('We ', False), ('sell', True), (' it.', False)]
    """
    return tuple(_pieces(changes, before, after))


def _pieces(changes: Iterable[WordChange], before: Sequence[Span], after: Sequence[Span]) -> Iterator[Piece]:
    old = new = 0
    for change in changes:
        length = len(change.text)
        spans = [] if change.operation == "insert" else _inside(before, old, length)
        if change.operation != "delete":
            spans += _inside(after, new, length)
        yield from _cut(change, sorted(spans))
        old += 0 if change.operation == "insert" else length
        new += 0 if change.operation == "delete" else length


def _inside(spans: Sequence[Span], offset: int, length: int) -> list[Span]:
    """The parts of the spans that fall into so many characters from `offset` on, counted from there."""
    cut = ((max(start - offset, 0), min(end - offset, length)) for start, end in spans)
    return [(start, end) for start, end in cut if start < end]


def _cut(change: WordChange, spans: Sequence[Span]) -> Iterator[Piece]:
    done = 0
    for start, end in spans:
        if start > done:
            yield Piece(change.operation, change.text[done:start], is_marked=False)
        if end > done:
            yield Piece(change.operation, change.text[max(start, done) : end], is_marked=True)
            done = end
    if done < len(change.text):
        yield Piece(change.operation, change.text[done:], is_marked=False)

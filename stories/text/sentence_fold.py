"""Fold what did not change inside a paragraph, so that the sentences which did are seen at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stories.text.changes import WordChange

_SENTENCE = re.compile(r".*?(?:[.!?…][\"'”’»)\]]*\s+|[。！？]|\n|$)", re.DOTALL)
#: Fewer words than these are shown: the sign for what was left out takes as much room.
_FEWEST_LEFT_OUT = 6


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Unchanged sentences."""

    text: str


def fold_sentences(changes: Sequence[WordChange]) -> Iterator[WordChange | LeftOut]:
    """The changes with whole unchanged sentences left out; the one that a change stands in is kept.

    Linear.

    >>> kept = WordChange("equal", "He came on foot that very day. ")
    >>> [type(each).__name__ for each in fold_sentences([kept, WordChange("insert", "She left.")])]
    ['LeftOut', 'WordChange']
    """
    last = len(changes) - 1
    if not any(change.operation != "equal" for change in changes):
        yield from changes
        return
    for index, change in enumerate(changes):
        if change.operation != "equal":
            yield change
            continue
        yield from _folded(change.text, is_first=index == 0, is_last=index == last)


def _folded(text: str, *, is_first: bool, is_last: bool) -> Iterator[WordChange | LeftOut]:
    sentences = [match for match in _SENTENCE.findall(text) if match]
    # A last piece that ends no sentence is the beginning of the one that changed.
    is_whole = bool(re.search(r"[.!?…][\"'”’»)\]]*\s*$|[。！？\n]$", text))
    head = "" if is_first else sentences[0] if sentences else ""
    tail = "" if is_last or is_whole else sentences[-1] if len(sentences) > (not is_first) else ""
    middle = text[len(head) : len(text) - len(tail)]
    if len(middle.split()) < _FEWEST_LEFT_OUT:
        yield WordChange("equal", text)
        return
    if head:
        yield WordChange("equal", head)
    yield LeftOut(middle)
    if tail:
        yield WordChange("equal", tail)

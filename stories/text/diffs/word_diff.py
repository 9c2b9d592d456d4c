"""Two texts → what was deleted and inserted, in phrases."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from stories.text.changes import WordChange
from stories.text.diffs.hunks import Hunk, readable_hunks
from stories.text.diffs.runs import Budget, Run, common_runs, gaps_between, joined
from stories.text.diffs.tokens import Tokens, sentence_spans, word_count

_SENTENCES_FIRST_FROM_WORDS = 400

Piece = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class WordCount:
    """How many words a reader gained and lost."""

    added: int
    removed: int


def diff_words(before: str, after: str, *, budget: Budget | None = None) -> tuple[WordChange, ...]:
    """What changed between two texts, as equal, deleted and inserted pieces.

    Joining the equal and deleted pieces gives `before`, the equal and inserted ones `after`, to the character.
    A deletion comes before the insertion that replaces it; no piece is empty and no two neighbours are alike.

    The work is bounded whatever the texts. From 400 words on, equal sentences are matched first and words between
    them. Both texts together may have 300,000 characters; beyond, equal lines are matched first, and words between
    them until the `budget` is spent. What it no longer affords reads as replaced as a whole. `diff_blocks` spends
    one budget on all its paragraphs.

    >>> [(change.operation, change.text) for change in diff_words("It may share data.", "It shares data.")]
    [('equal', 'It '), ('delete', 'may share'), ('insert', 'shares'), ('equal', ' data.')]
    """
    return tuple(_tidied(_pieces(before, after, budget=budget or Budget())))


def count_words(changes: Iterable[WordChange]) -> WordCount:
    """
    >>> count_words(diff_words("It may share data.", "It shares data."))
    WordCount(added=1, removed=2)

    Linear.
    """
    added = removed = 0
    for change in changes:
        if change.operation == "insert":
            added += word_count(change.text)
        elif change.operation == "delete":
            removed += word_count(change.text)
    return WordCount(added=added, removed=removed)


def _matching_runs(before: Tokens, after: Tokens, *, budget: Budget) -> list[Run]:
    if min(len(before.words), len(after.words)) < _SENTENCES_FIRST_FROM_WORDS:
        return common_runs(before.words, after.words, budget=budget)
    runs = _sentence_runs(before, after, budget=budget)
    inside = []
    for start, end, after_start, after_end in gaps_between(
        runs, before_length=len(before.words), after_length=len(after.words)
    ):
        words = common_runs(before.words[start:end], after.words[after_start:after_end], budget=budget)
        inside += [Run(run.before + start, run.after + after_start, run.size) for run in words]
    return joined(sorted((*runs, *inside), key=lambda run: (run.before, run.after)))


def _sentence_runs(before: Tokens, after: Tokens, *, budget: Budget) -> list[Run]:
    """Runs of tokens that belong to sentences which stand on both sides."""
    old, new = list(sentence_spans(before)), list(sentence_spans(after))
    shared = common_runs(
        [before.words[start:end] for start, end in old],
        [after.words[start:end] for start, end in new],
        budget=budget,
    )
    return [
        Run(old[run.before][0], new[run.after][0], old[run.before + run.size - 1][1] - old[run.before][0])
        for run in shared
    ]


def _pieces(before: str, after: str, *, budget: Budget) -> Iterator[Piece]:
    """(kept, deleted, inserted) in the order of the texts."""
    if before == after:
        yield before, "", ""
    elif not before or not after:
        yield "", before, after
    elif budget.affords_words(before, after):
        yield from _pieces_by_word(before, after, budget=budget)
    elif "\n" in before and "\n" in after:
        yield from _pieces_by_line(before, after, budget=budget)
    else:
        yield "", before, after


def _pieces_by_line(before: str, after: str, *, budget: Budget) -> Iterator[Piece]:
    old_lines, new_lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    runs = common_runs(old_lines, new_lines, budget=budget)
    at = 0
    for start, end, new_start, new_end in gaps_between(
        runs, before_length=len(old_lines), after_length=len(new_lines)
    ):
        yield "".join(old_lines[at:start]), "", ""
        old, new = "".join(old_lines[start:end]), "".join(new_lines[new_start:new_end])
        if budget.affords_words(old, new):
            yield from _pieces_by_word(old, new, budget=budget)
        else:
            yield "", old, new
        at = end
    yield "".join(old_lines[at:]), "", ""


def _pieces_by_word(before: str, after: str, *, budget: Budget) -> Iterator[Piece]:
    old_tokens, new_tokens = budget.tokens_of(before), budget.tokens_of(after)
    runs = _matching_runs(old_tokens, new_tokens, budget=budget)
    bare = [
        Hunk(*gap)
        for gap in gaps_between(runs, before_length=len(old_tokens.words), after_length=len(new_tokens.words))
    ]
    old = new = 0
    for hunk in readable_hunks(bare, before=old_tokens, after=new_tokens):
        yield from _kept(old_tokens, new_tokens, old=old, new=new, size=hunk.before_start - old)
        yield (
            "",
            old_tokens.text(hunk.before_start, hunk.before_end),
            new_tokens.text(hunk.after_start, hunk.after_end),
        )
        old, new = hunk.before_end, hunk.after_end
    yield from _kept(old_tokens, new_tokens, old=old, new=new, size=len(old_tokens.words) - old)


def _kept(before: Tokens, after: Tokens, *, old: int, new: int, size: int) -> Iterator[Piece]:
    """Equal words; where the white space behind one differs, that is a change of its own."""
    if before.gaps[old : old + size] == after.gaps[new : new + size]:
        yield before.text(old, old + size), "", ""
        return
    for index in range(size):
        gap, new_gap = before.gaps[old + index], after.gaps[new + index]
        yield before.words[old + index], "", ""
        yield (gap, "", "") if gap == new_gap else ("", gap, new_gap)


def _tidied(pieces: Iterable[Piece]) -> Iterator[WordChange]:
    """Whole phrases: neighbours of one kind joined, white space that both sides share given back as kept."""
    kept = ""
    for is_kept, group in groupby(pieces, key=lambda piece: bool(piece[0])):
        equal, old, new = ("".join(side) for side in zip(*group, strict=True))
        if is_kept:
            kept += equal
            continue
        head, deleted, inserted, tail = _without_shared_space(old, new)
        kept += head
        if deleted or inserted:
            yield from _changes(kept, deleted, inserted)
            kept = ""
        kept += tail
    yield from _changes(kept, "", "")


def _changes(kept: str, deleted: str, inserted: str) -> Iterator[WordChange]:
    if kept:
        yield WordChange("equal", kept)
    if deleted:
        yield WordChange("delete", deleted)
    if inserted:
        yield WordChange("insert", inserted)


def _without_shared_space(old: str, new: str) -> tuple[str, str, str, str]:
    """White space at the start, what differs on either side, white space at the end."""
    start = _shared_space(old, new)
    old, new, head = old[start:], new[start:], old[:start]
    end = _shared_space(old[::-1], new[::-1])
    tail = old[len(old) - end :]
    return head, old[: len(old) - end], new[: len(new) - end], tail


def _shared_space(old: str, new: str) -> int:
    size = 0
    for left, right in zip(old, new, strict=False):
        if left != right or not left.isspace():
            break
        size += 1
    return size

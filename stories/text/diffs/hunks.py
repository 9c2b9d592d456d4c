"""Turn the bare difference of two token sequences into hunks that a person can read.

A longest common subsequence is as short as can be and often unreadable: the words "of" and "the" survive inside
a sentence that was written anew. Here hunks slide to where a phrase or a sentence starts, and hunks that have
next to nothing between them become one (after the semantic clean-up of Fraser's diff-match-patch, with words).
"""

from collections.abc import Sequence
from typing import NamedTuple

from stories.text.diffs.tokens import Tokens, ends_sentence, is_word

_MOST_ABSORBED_WORDS = 3
_FARTHEST_SLIDE = 60
_PAUSES = frozenset(",;:–—)]”’»")


class Hunk(NamedTuple):
    """Tokens `before_start` up to `before_end` gave way to `after_start` up to `after_end`."""

    before_start: int
    before_end: int
    after_start: int
    after_end: int

    @property
    def only_deletes(self) -> bool:
        return self.after_start == self.after_end

    @property
    def only_inserts(self) -> bool:
        return self.before_start == self.before_end


def readable_hunks(hunks: Sequence[Hunk], *, before: Tokens, after: Tokens) -> list[Hunk]:
    """The same difference with its hunks moved to phrase boundaries and confetti joined."""
    return _join(_slide(hunks, before=before, after=after), before=before, after=after)


def _slide(hunks: Sequence[Hunk], *, before: Tokens, after: Tokens) -> list[Hunk]:
    result: list[Hunk] = []
    floor = 0
    for number, hunk in enumerate(hunks):
        following = hunks[number + 1] if number + 1 < len(hunks) else None
        ceiling = following.before_start if following else len(before.words)
        room_left = min(hunk.before_start - floor, _FARTHEST_SLIDE)
        room_right = min(ceiling - hunk.before_end, _FARTHEST_SLIDE)
        if hunk.only_inserts:
            shift = _best_shift(after, hunk.after_start, hunk.after_end, left=room_left, right=room_right)
        elif hunk.only_deletes:
            shift = _best_shift(before, hunk.before_start, hunk.before_end, left=room_left, right=room_right)
        else:
            shift = 0
        result.append(Hunk(*(place + shift for place in hunk)) if shift else hunk)
        floor = hunk.before_end + shift
    return result


def _best_shift(tokens: Tokens, start: int, end: int, *, left: int, right: int) -> int:
    """How far tokens `start` up to `end` can move over equal neighbours to the best pair of boundaries."""
    words = tokens.words
    shifts = [0]
    for step in range(1, left + 1):
        # The empty first token of a text never moves.
        if start - step < 1 or words[start - step] != words[end - step]:
            break
        shifts.append(-step)
    for step in range(right):
        if words[start + step] != words[end + step]:
            break
        shifts.append(step + 1)
    if len(shifts) == 1:
        return 0
    return max(shifts, key=lambda shift: (_cut(tokens, start + shift) + _cut(tokens, end + shift), shift))


def _cut(tokens: Tokens, index: int) -> int:
    """How good a place it is to cut in front of the token at `index`: paragraph, sentence, phrase, word."""
    if index <= 1 or index >= len(tokens.words):
        return 4
    previous = index - 1
    if "\n" in tokens.gaps[previous]:
        return 4
    if ends_sentence(tokens, previous):
        return 3
    if tokens.words[previous] in _PAUSES and tokens.gaps[previous]:
        return 2
    return 1 if tokens.gaps[previous] else 0


def _join(hunks: Sequence[Hunk], *, before: Tokens, after: Tokens) -> list[Hunk]:
    result: list[tuple[Hunk, int, int]] = []
    for hunk in hunks:
        removed = _weight(before, hunk.before_start, hunk.before_end)
        added = _weight(after, hunk.after_start, hunk.after_end)
        while result:
            last, last_removed, last_added = result[-1]
            replaces = bool(last_removed + removed and last_added + added)
            smaller = min(max(last_removed, last_added), max(removed, added))
            touches = last.before_end == hunk.before_start
            if not touches and not (
                replaces and _is_crumb(before, last.before_end, hunk.before_start, most_weight=smaller)
            ):
                break
            result.pop()
            hunk = Hunk(last.before_start, hunk.before_end, last.after_start, hunk.after_end)
            removed, added = removed + last_removed, added + last_added
        result.append((hunk, removed, added))
    return [hunk for hunk, _, _ in result]


def _weight(tokens: Tokens, start: int, end: int) -> int:
    """How many letters and digits; punctuation weighs nothing."""
    return sum([len(word) for word in tokens.words[start:end] if is_word(word)])


def _is_crumb(tokens: Tokens, start: int, end: int, *, most_weight: int) -> bool:
    """Whether the equal tokens between two hunks are too few to read as kept; sentences stay apart."""
    if end - start > 2 * _MOST_ABSORBED_WORDS or _weight(tokens, start, end) > most_weight:
        return False
    if any(ends_sentence(tokens, index) for index in range(start, end)):
        return False
    return sum(map(is_word, tokens.words[start:end])) <= _MOST_ABSORBED_WORDS

"""What stands before and after a passage: it tells one occurrence from another, and replaced from lost."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Indel

from stories.text.normalise import Normalised, normalise

LEAST_CONTEXT = 6
_LONGEST_CONTEXT = 64
_BEYOND_DOUBT = 0.95
_MOST_PAIRS = 200


@dataclass(frozen=True, slots=True)
class Context:
    """The nearest 64 characters before and after a passage as it was cited, in plain form and lower case."""

    before: str
    after: str

    @property
    def is_told(self) -> bool:
        return len(self.before) >= LEAST_CONTEXT or len(self.after) >= LEAST_CONTEXT


_NONE = Context("", "")


def context_of(prefix: str, suffix: str) -> Context:
    """The context that a text quote selector (W3C Web Annotation) gives; only the nearest characters count.

    At most 256 characters are read.
    """
    if not prefix and not suffix:
        return _NONE
    before = lowered(normalise(prefix[-4 * _LONGEST_CONTEXT :]).plain.strip())
    after = lowered(normalise(suffix[: 4 * _LONGEST_CONTEXT]).plain.strip())
    return Context(before[-_LONGEST_CONTEXT:], after[:_LONGEST_CONTEXT])


def lowered(text: str) -> str:
    """The text in small letters, each in the place of its capital: the dotted İ alone would become two. Linear.

    >>> lowered("İzmir")
    'izmir'
    """
    return text.replace("İ", "i").lower()


def likeness(document: Normalised, start: int, end: int, context: Context) -> float:
    """How far the surroundings of `start` to `end` are the context: 0 to 1, on average of the two sides.

    At most 256 characters a side are compared.
    """
    source = document.source
    found = context_of(
        source[max(0, start - 4 * _LONGEST_CONTEXT) : start], source[end : end + 4 * _LONGEST_CONTEXT]
    )
    sides = []
    if context.before:
        sides.append(Indel.normalized_similarity(context.before, found.before[-len(context.before) :]))
    if context.after:
        sides.append(Indel.normalized_similarity(context.after, found.after[: len(context.after)]))
    return sum(sides) / len(sides) if sides else 0.0


def is_the_same(score: float) -> bool:
    """Is a likeness high enough to call the place, beyond doubt, the one that was cited? Constant."""
    return score >= _BEYOND_DOUBT


def between(document: Normalised, context: Context, *, longest: int) -> tuple[int, int] | None:
    """The shortest span of the source between the context's two sides, at most `longest` characters long.

    None unless both sides are told and stand in the document as they were. At most 200 places are tried.
    """
    if min(len(context.before), len(context.after)) < LEAST_CONTEXT:
        return None
    text = lowered(document.plain)
    best: tuple[int, int] | None = None
    at, tries = text.find(context.before), 0
    while at >= 0 and tries < _MOST_PAIRS:
        begin = at + len(context.before)
        end = text.find(context.after, begin, begin + longest + len(context.after) + 2)
        if end >= 0 and (best is None or end - begin < best[1] - best[0]):
            best = begin, end
        at, tries = text.find(context.before, at + 1), tries + 1
    return _trimmed(document, *best) if best else None


def sides_meet(document: Normalised, context: Context) -> bool:
    """Do both sides stand next to each other now, with nothing in the place of the passage? Linear."""
    if min(len(context.before), len(context.after)) < LEAST_CONTEXT:
        return False
    text = lowered(document.plain)
    return any(f"{context.before}{gap}{context.after}" in text for gap in ("", " "))


def _trimmed(document: Normalised, begin: int, end: int) -> tuple[int, int] | None:
    text = document.plain
    while begin < end and text[begin] == " ":
        begin += 1
    while end > begin and text[end - 1] == " ":
        end -= 1
    return document.plain_span(begin, end) if begin < end else None

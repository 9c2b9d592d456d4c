"""The judgement of this room: does a quoted passage still stand, and did a page really change?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache, partial

from stories.text.changes import WordChange
from stories.text.limits import LONG_TEXT
from stories.text.locate import Span, literal_in_context, literal_occurrence, occurrences
from stories.text.normalise import Normalised, normalise
from stories.text.page.change import judge_page
from stories.text.page.outcome import Copy, PageJudgement, PageOutcome
from stories.text.page.state import state_of_copy
from stories.text.passage.context import Context, context_of, is_the_same, likeness
from stories.text.passage.indexes import indexes_alike, lists_in
from stories.text.passage.nearest import Altered, nearest_in_context, nearness
from stories.text.passage.pointed import unpointed_alike
from stories.text.passage.qualified import qualified
from stories.text.passage.quoting import take_apart
from stories.text.passage.replaced import edited, replaced
from stories.text.passage.sentences_kept import sentences_kept
from stories.text.passage.turned_beside import is_turned_beside, with_what_turns
from stories.text.struck import MARK, as_said, holds_struck, without_gaps
from stories.text.verbatim import verbatim
from stories.text.wording import changes_between

__all__ = [
    "Copy",
    "Judgement",
    "PageJudgement",
    "PageOutcome",
    "Passage",
    "Verdict",
    "judge_page",
    "judge_passage",
    "judge_passages",
    "state_of_copy",
]

_LEAST_KEPT = 0.4
# Twice the longest passage, so that none is cut by the edge of a part.
_OVERLAP = 40_000
_LONGEST_MARK = 5


class Verdict(StrEnum):
    """How a quoted passage stands in a document."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted passage and what stood before and after it (a W3C TextQuoteSelector)."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a passage, with the document's own words and where they stand in it."""

    verdict: Verdict
    # What the document says; None if the passage is missing.
    wording: str | None
    # From the passage to the wording; empty unless the passage is altered.
    changes: tuple[WordChange, ...]
    # 1 − edits of words ÷ words of the longer, less than 1 of whatever is altered; 1 of what stands word for word.
    similarity: float
    start: int | None
    end: int | None


_MISSING = Judgement(Verdict.MISSING, None, (), 0.0, None, None)
_recently_normalised = lru_cache(maxsize=2)(normalise)


def judge_passage(text: str | Normalised, passage: str, *, prefix: str = "", suffix: str = "") -> Judgement:
    """Does `passage` stand in `text` word for word, altered, or not at all?

    Verbatim allows what typography and quoting practice allow (see `normalise` and `quoting`) and nothing that changes
    meaning. Altered means that the nearest window keeps at least 0.6 of the words, that something else now stands
    exactly between `prefix` and `suffix`, or that of several sentences some, with at least 0.4 of the words, stand as
    they did.
    Where the passage occurs several times, `prefix` and `suffix` choose; if the place they tell now reads otherwise,
    the passage is altered, whatever stands elsewhere.

    Linear in the length of `text`, but for the bounded searches of `locate` and `alignment`; give a `Normalised`
    (`normalise(text)`) to share that work between passages. A text of over 340,000 characters is looked through in
    parts, so that memory does not grow with it. Of a passage the first 20,000 characters count.

    Struck words (`~~so~~`) are not said any more, and no part of any wording. A passage that was cited with its marks
    stands with them.

    `judge_passage("We will not sell it.", "We will sell it.").verdict` is `Verdict.ALTERED`.
    """
    source = text if isinstance(text, str) else text.source
    unpointed, exact = unpointed_alike(source, passage)
    if unpointed != source:
        return _as_printed(_judge_what_is_said(unpointed, Passage(exact, prefix, suffix)), source)
    return _judge_what_is_said(text, Passage(exact, prefix, suffix))


def _as_printed(judged: Judgement, source: str) -> Judgement:
    """The judgement on a text in which each character stands where one of `source` does, in the words of that one."""
    if judged.start is None:
        return judged
    changes, at = list[WordChange](), judged.start
    for change in judged.changes:
        text = change.text
        if change.operation != "delete":
            text = source[at : at + len(text)]
            at += len(text)
        changes.append(replace(change, text=text))
    return replace(judged, wording=source[judged.start : judged.end], changes=tuple(changes))


def _judge_what_is_said(text: str | Normalised, passage: Passage) -> Judgement:
    source = text if isinstance(text, str) else text.source
    if MARK in passage.exact or not holds_struck(source):
        return _judge(text, passage)
    judged = _judge(as_said(source), passage)
    if judged.wording is None:
        return judged
    wording = without_gaps(judged.wording)
    changes = changes_between(passage.exact, wording) if judged.changes else ()
    return replace(judged, wording=wording, changes=changes)


def _judge(text: str | Normalised, passage: Passage) -> Judgement:
    source = text if isinstance(text, str) else text.source
    if len(source) > LONG_TEXT + _OVERLAP:
        return _judge_in_parts(source, passage)
    found = _find(text, passage)
    if isinstance(found, Altered):
        return _told(source, found, passage)
    return found or _MISSING


def _find(text: str | Normalised, passage: Passage) -> Judgement | Altered | None:
    """Where the passage stands, or what comes nearest to it, as yet without what turns that round beside it."""
    source = text if isinstance(text, str) else text.source
    document = _recently_normalised(text) if isinstance(text, str) else text
    context = context_of(passage.prefix, passage.suffix)
    if not context.is_told:
        span = literal_occurrence(source, passage.exact)
    else:
        span = literal_in_context(source, passage.exact, prefix=passage.prefix, suffix=passage.suffix)
    if span and not _is_turned(source, span, passage):
        return (_qualified(document, passage, span) if context.is_told else None) or _stands(document, span)
    quotation = take_apart(passage.exact)
    # Of a passage without brackets, nothing is asked of the whole text.
    lists = lists_in(source if "[" in passage.exact else "")
    spans = [
        span
        for span in verbatim(document, passage.exact, quotation)
        if not _is_turned(source, span, passage)
        and indexes_alike(passage.exact, source[span.start : span.end + _LONGEST_MARK], lists=lists)
    ]
    if spans:
        return _judge_occurrences(document, passage, spans, context)
    kept = sentences_kept(document, passage.exact, places_of=partial(_places_of, document))
    nearby = nearest_in_context(document, quotation, context)
    if kept and kept.tells_more_than(nearby):
        return kept.altered
    found = nearby or replaced(document, passage.exact, context)
    return found or (kept.altered if kept and kept.share >= _LEAST_KEPT else None)


def _places_of(document: Normalised, sentence: str) -> list[tuple[int, int]]:
    """Where a sentence of a passage stands word for word with nothing beside it that turns it round."""
    spans = occurrences(document, take_apart(sentence))
    told = Passage(sentence)
    return [(span.start, span.end) for span in spans if not _is_turned(document.source, span, told)]


def _is_turned(text: str, span: Span, passage: Passage) -> bool:
    return is_turned_beside(
        text, span.start, span.end, passage=passage.exact, prefix=passage.prefix, suffix=passage.suffix
    )


def _told(text: str, altered: Altered, passage: Passage) -> Judgement:
    """The judgement on a passage that was altered, whose wording has what turns it round."""
    shown = with_what_turns(
        text, altered, passage=passage.exact, prefix=passage.prefix, suffix=passage.suffix
    )
    similarity = shown.similarity
    if similarity == 1:
        # All its words stand: others were put beside them, or a mark or a capital alone differs, which counts as one.
        by_words, size = nearness(passage.exact, shown.wording)
        similarity = min(by_words, size / (size + 1))
    changes = changes_between(passage.exact, shown.wording)
    return Judgement(Verdict.ALTERED, shown.wording, changes, similarity, shown.start, shown.end)


def _judge_in_parts(text: str, passage: Passage) -> Judgement:
    """Of the parts in which the passage stands the one whose surroundings were told, or the first if none were.

    If another place beyond doubt has those, it was altered there; if it stands nowhere, the part that comes nearest
    counts.
    """
    context = context_of(passage.prefix, passage.suffix)
    standing, altered = list[_InPart](), list[_InPart]()
    for start in range(0, len(text), LONG_TEXT):
        part = text[start : start + LONG_TEXT + _OVERLAP]
        document = normalise(part)
        found = _find(document, passage)
        if found is None or found.start is None or found.end is None:
            continue
        score = likeness(document, found.start, found.end, context) if context.is_told else 1.0
        if isinstance(found, Altered):
            # What is put beside it, to show what turns it round, makes it no less near.
            altered.append(_InPart(_told(part, found, passage), start, found.similarity, score))
            continue
        standing.append(_InPart(found, start, 1.0, score))
        if is_the_same(score):
            break
    best = max(standing, key=lambda it: it.likeness, default=None)
    if best is None or not is_the_same(best.likeness):
        there = (it for it in altered if best is None or is_the_same(it.likeness))
        best = max(there, key=lambda it: it.similarity, default=best)
    return best.in_whole() if best else _MISSING


@dataclass(frozen=True, slots=True)
class _InPart:
    """A judgement on a part of a text, where that begins, and how far the surroundings are those that were told."""

    judged: Judgement
    begin: int
    similarity: float
    likeness: float

    def in_whole(self) -> Judgement:
        start, end = self.judged.start, self.judged.end
        if start is None or end is None:
            return self.judged
        return replace(self.judged, start=self.begin + start, end=self.begin + end)


def judge_passages(text: str | Normalised, passages: Iterable[Passage]) -> list[Judgement]:
    """`judge_passage` for several passages of one text, which is normalised once.

    Bounded as that for each.
    """
    document = normalise(text) if isinstance(text, str) else text
    return [judge_passage(document, p.exact, prefix=p.prefix, suffix=p.suffix) for p in passages]


def _judge_occurrences(
    document: Normalised, passage: Passage, spans: Sequence[Span], context: Context
) -> Judgement | Altered:
    if not context.is_told:
        return _stands(document, spans[0])
    scores = [likeness(document, span.start, span.end, context) for span in spans]
    best = max(scores)
    if not is_the_same(best):
        substitute = edited(document, passage.exact, context)
        if substitute and not any(_is_of(span, substitute) for span in spans):
            return substitute
    span = spans[scores.index(best)]
    return _qualified(document, passage, span) or _stands(document, span)


def _is_of(span: Span, substitute: Altered) -> bool:
    """Does more than half of the span lie in what stands between the surroundings now, or next to one of them?"""
    shared = min(span.end, substitute.end) - max(span.start, substitute.start)
    return 2 * shared > span.end - span.start


def _qualified(document: Normalised, passage: Passage, span: Span) -> Altered | None:
    """The passage as a part of the longer sentence that it has become, if its context tells that it was none."""
    whole = qualified(
        document.source,
        span.start,
        span.end,
        passage=passage.exact,
        prefix=passage.prefix,
        suffix=passage.suffix,
    )
    if whole is None:
        return None
    wording = document.source[slice(*whole)]
    similarity, _ = nearness(passage.exact, wording)
    return Altered(*whole, wording, similarity)


def _stands(document: Normalised, span: Span) -> Judgement:
    wording = document.source[span.start : span.end]
    return Judgement(Verdict.VERBATIM, wording, (), 1.0, span.start, span.end)

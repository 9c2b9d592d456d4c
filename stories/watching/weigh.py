"""What a look means: which verdicts it writes, whether it is news, or whether a second look must agree first.

Nothing here reads the clock or writes a row. A departure from what stands is confirmed when the look before found
the same thing departing, whatever its wording then; one that goes back and forth between two texts (`alternation`),
which no second look could confirm, is believed at once. A page that cannot be read is told of after three `strikes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from stories.models import Citation, Verdict
from stories.models.watch import ENOUGH_STRIKES
from stories.models.words import ALTERNATES, BELIEVED, RETURNED, Outcome, VerdictWord
from stories.watching.alternation import Turn, alternates, has_settled, is_known_side, turn_of
from stories.watching.known import Known
from stories.watching.reading import Found, Reading
from stories.watching.strikes import strikes_with


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be written down of a look. The verdicts are unsaved and lack only their check."""

    outcome: Outcome
    is_confirmed: bool
    is_suspected: bool
    is_news: bool = False
    becomes_baseline: bool = False
    strikes: int = 0
    #: What is written down in place of the reason that the reading came with.
    reason: str = ""
    #: Of a page that has changed for good: what it turned to.
    turn: Turn | None = None
    verdicts: list[Verdict] = field(default_factory=list)

    @property
    def has_confirmed_change(self) -> bool:
        return self.is_news or any(verdict.is_news for verdict in self.verdicts)


def weigh(known: Known, reading: Reading) -> Finding:
    return _weigh_copy(known, reading) if reading.outcome in BELIEVED else _weigh_loss(known, reading)


def with_a_past(known: Known, reading: Reading) -> list[Citation]:
    """The citations of which earlier verdicts have a say: something else is found than stands, or they alternate."""
    return [
        citation
        for citation in (known.citations if reading.passages else ())
        if (found := reading.passages.get(citation.pk)) and (standing := known.verdicts.get(citation.pk))
        if standing.is_alternating or not found.says_the_same_as(_what_stands(reading, standing))
    ]


def _weigh_loss(known: Known, reading: Reading) -> Finding:
    """What stood stands, and what was suspected stays suspected, until there are strikes enough."""
    strikes = strikes_with(known.watch, reading, at=known.at)
    is_lost = strikes >= ENOUGH_STRIKES
    outcome = Outcome.GONE if reading.is_dead and is_lost else reading.outcome
    if not is_lost:
        is_confirmed = outcome != Outcome.GONE or known.is_gone
        return Finding(outcome, is_confirmed, is_suspected=known.watch.is_suspected, strikes=strikes)
    was_told = known.is_gone or (outcome != Outcome.GONE and known.watch.is_lost)
    unreadable = Found(VerdictWord.UNREADABLE)
    return Finding(
        outcome,
        is_confirmed=True,
        is_suspected=False,
        is_news=not was_told,
        strikes=strikes,
        verdicts=[
            _verdict(citation, unreadable, is_confirmed=True)
            for citation in known.citations
            if not _is_marked_unreadable(known, citation)
        ],
    )


def _weigh_copy(known: Known, reading: Reading) -> Finding:
    verdicts = list(_weigh_passages(known, reading))
    has_news = any(verdict.is_news for verdict in verdicts)
    is_first_seen = any(_is_suspected(verdict) for verdict in verdicts)
    turn = turn_of(known, reading) if reading.outcome == Outcome.CHANGED else None
    has_moved = _is_move_untold(known, reading)
    page_departs = has_moved or turn not in (None, Turn.KNOWN)
    page_agrees = not page_departs or turn == Turn.ALTERNATES or known.suspicion.outcome == reading.outcome
    # A look that confirms one passage and first sees another is confirmed; the other passage stays suspected.
    is_confirmed = page_agrees and (has_news or not is_first_seen)
    outcome = _outcome(known, reading, verdicts, turn)
    return Finding(
        outcome,
        is_confirmed=is_confirmed,
        is_suspected=is_first_seen or not page_agrees,
        is_news=is_confirmed and page_departs and (has_moved or not has_news),
        becomes_baseline=is_confirmed
        and reading.copy is not None
        and (known.baseline is None or outcome != Outcome.UNCHANGED),
        reason=_REASONS.get(turn, "") if is_confirmed and turn else "",
        turn=turn if is_confirmed else None,
        verdicts=verdicts,
    )


_REASONS = {Turn.RETURNED: RETURNED, Turn.ALTERNATES: ALTERNATES, Turn.KNOWN: ALTERNATES}


def _is_suspected(verdict: Verdict) -> bool:
    return not (verdict.is_confirmed or verdict.is_alternating)


def _outcome(known: Known, reading: Reading, verdicts: list[Verdict], turn: Turn | None) -> Outcome:
    if turn == Turn.KNOWN:
        return Outcome.NOISE
    return Outcome.CHANGED if _is_changed_after_all(known, reading, verdicts) else reading.outcome


def _weigh_passages(known: Known, reading: Reading) -> Iterator[Verdict]:
    """The verdicts to be written: none for a passage of which the same stands already."""
    if not reading.passages:
        return
    for citation in known.citations:
        found = reading.passages.get(citation.pk)
        if found is None:
            continue
        standing = known.verdicts.get(citation.pk)
        if standing is None:
            yield from _weigh_first(known, citation, found)
        elif standing.is_alternating:
            yield from _weigh_alternating(known, citation, found, standing)
        elif not found.says_the_same_as(_what_stands(reading, standing)):
            yield _weigh_departing(known, citation, found, standing)
        elif not found.says_the_same_as(Found.in_verdict(standing)):
            # Only our reading of the same bytes has changed: nothing to tell anybody.
            yield _verdict(citation, found, is_confirmed=True)
        elif not standing.is_in_context(citation):
            # An editor has told its place otherwise, and it stands there as it did.
            yield _verdict(citation, found, is_confirmed=True)


def _weigh_first(known: Known, citation: Citation, found: Found) -> Iterator[Verdict]:
    if found.word == VerdictWord.VERBATIM:
        yield _verdict(citation, found, is_confirmed=True)
    else:
        yield _suspected_or_confirmed(known, citation, found)


def _weigh_departing(known: Known, citation: Citation, found: Found, standing: Verdict) -> Verdict:
    is_seen_twice = citation.pk in known.suspicion.citation_ids
    recent = known.recent_verdicts_on(citation)
    was_readable = standing.verdict != VerdictWord.UNREADABLE
    if not (was_readable and alternates(found, recent, is_seen_twice=is_seen_twice, now=known.at)):
        return _suspected_or_confirmed(known, citation, found)
    # Of the two it is the one that differs from the quotation that people must know.
    graver = Found.in_verdict(standing) if found.word == VerdictWord.VERBATIM else found
    return _verdict(citation, graver, is_confirmed=True, is_news=True, is_alternating=True)


def _weigh_alternating(
    known: Known, citation: Citation, found: Found, standing: Verdict
) -> Iterator[Verdict]:
    """Each turn leaves a verdict that nobody hears of; news are what was never seen, and that it has settled."""
    recent = known.recent_verdicts_on(citation)
    if not is_known_side(found, recent, standing=standing):
        yield _suspected_or_confirmed(known, citation, found)
    elif not found.says_the_same_as(Found.in_verdict(recent[-1])):
        yield _verdict(citation, found, is_confirmed=False, is_alternating=True)
    elif has_settled(recent[-1], now=known.at):
        yield _verdict(citation, found, is_confirmed=True, is_news=True)


def _suspected_or_confirmed(known: Known, citation: Citation, found: Found) -> Verdict:
    is_seen_twice = citation.pk in known.suspicion.citation_ids
    return _verdict(citation, found, is_confirmed=is_seen_twice, is_news=is_seen_twice)


def _what_stands(reading: Reading, standing: Verdict) -> Found:
    if standing.verdict != VerdictWord.UNREADABLE and standing.citation_id in reading.in_baseline:
        return reading.in_baseline[standing.citation_id]
    return Found.in_verdict(standing)


def _is_changed_after_all(known: Known, reading: Reading, verdicts: list[Verdict]) -> bool:
    """True where only noise was seen on the page, but among it a passage that could be read before."""
    if reading.outcome not in (Outcome.UNCHANGED, Outcome.NOISE) or reading.copy is None:
        return False
    departing = [verdict.citation for verdict in verdicts if verdict.is_news or _is_suspected(verdict)]
    return any(
        citation.pk in known.verdicts and not _is_marked_unreadable(known, citation) for citation in departing
    )


def _is_move_untold(known: Known, reading: Reading) -> bool:
    """A move is told once for each new address, which the explanation names."""
    return reading.outcome == Outcome.MOVED and not known.has_moved_so(reading.explanation)


def _is_marked_unreadable(known: Known, citation: Citation) -> bool:
    verdict = known.verdicts.get(citation.pk)
    return verdict is not None and verdict.verdict == VerdictWord.UNREADABLE


def _verdict(citation: Citation, found: Found, **state: bool) -> Verdict:
    return Verdict(
        citation=citation,
        verdict=found.word,
        passage=citation.exact,
        prefix=citation.prefix,
        suffix=citation.suffix,
        wording=found.wording,
        similarity=found.similarity,
        **state,
    )

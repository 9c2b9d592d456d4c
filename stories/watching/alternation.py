"""Whether a page, or what became of a passage in it, goes back and forth between two texts.

A text that is seen a third time, with another in between, alternates: by single looks (A B A B A B, never twice in
a row) or by changes that were each confirmed (A, then B, then A, then B). From then on both are known, and only
something new is worth a word, or that one of the two has stood for a whole `ALTERNATION_WINDOW`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from itertools import zip_longest

from stories.models import Verdict
from stories.models.words import Outcome
from stories.watching.known import ALTERNATION_WINDOW, Known
from stories.watching.reading import Found, Reading

#: This many times must a text have come and gone before it is seen again.
SIGHTINGS_BEFORE = 2


class Turn(StrEnum):
    """What a page that departs from its baseline is turning to."""

    NEW = "new"
    RETURNED = "returned"
    ALTERNATES = "alternates"
    #: It was told before that the page alternates.
    KNOWN = "known"


def may_have_been_said(known: Known) -> bool:
    """False where `turn_of` calls any change new, whatever older copies say: they need not be read."""
    is_looked_at_again = known.suspicion.outcome == Outcome.CHANGED
    return known.may_turn or is_looked_at_again or len(known.dropped_checks) >= SIGHTINGS_BEFORE


def turn_of(known: Known, reading: Reading) -> Turn:
    if known.may_turn and reading.is_seen_of_late:
        return Turn.KNOWN
    if known.suspicion.outcome != Outcome.CHANGED:
        is_turning = reading.is_seen_before and len(known.dropped_checks) >= SIGHTINGS_BEFORE
        return Turn.ALTERNATES if is_turning else Turn.NEW
    if not reading.is_seen_of_late:
        return Turn.NEW
    return Turn.ALTERNATES if known.returns >= SIGHTINGS_BEFORE - 1 else Turn.RETURNED


def alternates(found: Found, recent: Sequence[Verdict], *, is_seen_twice: bool, now: datetime) -> bool:
    """Does a finding that departs from what stands, after these verdicts on its passage, make it alternate?"""
    if is_seen_twice:
        return _turns_back_again(found, [verdict for verdict in recent if verdict.is_confirmed], now=now)
    of_late = [verdict for verdict in recent if _is_of_late(verdict, now)]
    return _sightings(found, of_late) >= SIGHTINGS_BEFORE


def is_known_side(found: Found, recent: Sequence[Verdict], *, standing: Verdict) -> bool:
    """Is it one of the two that `standing` said to alternate, or a turn since?

    Single looks that go back to what stood leave no verdict, so that it was seen once. What stood before that is
    none of the two: that it is back is news.
    """
    before = [verdict for verdict in recent if verdict.pk < standing.pk]
    had_stood = [verdict for verdict in before if verdict.is_confirmed][-1:]
    turns = [verdict for verdict in recent if verdict.is_alternating]
    is_among_these = any(_says(found, verdict) for verdict in (*had_stood, *turns))
    return is_among_these or _sightings(found, before) >= SIGHTINGS_BEFORE


def has_settled(last: Verdict, *, now: datetime) -> bool:
    """Has the text of the last turn stood long enough to be taken for good?"""
    return not _is_of_late(last, now)


def _turns_back_again(found: Found, confirmed: Sequence[Verdict], *, now: datetime) -> bool:
    """A, B, A confirmed one after the other, and now B."""
    if len(confirmed) <= SIGHTINGS_BEFORE:
        return False
    first, before, standing = confirmed[-3:]
    is_back = _says(Found.in_verdict(standing), first) and _says(found, before)
    return is_back and _is_of_late(before, now)


def _sightings(found: Found, verdicts: Sequence[Verdict]) -> int:
    """How often it came: a suspected verdict and the one that confirmed it count once."""
    return sum(
        _says(found, verdict) and not _is_confirmed_by(verdict, follower)
        for verdict, follower in zip_longest(verdicts, verdicts[1:])
    )


def _is_confirmed_by(verdict: Verdict, follower: Verdict | None) -> bool:
    if verdict.is_confirmed or follower is None or not follower.is_confirmed:
        return False
    return _says(Found.in_verdict(verdict), follower)


def _says(found: Found, verdict: Verdict) -> bool:
    return found.says_the_same_as(Found.in_verdict(verdict))


def _is_of_late(verdict: Verdict, now: datetime) -> bool:
    return verdict.found_by.started_at > now - ALTERNATION_WINDOW

"""The headline, the notes and each claim of a story through its versions: how it read and stood, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from stories.models import Article, Version
from stories.models.words import Standing
from stories.publishing.kept import kept_threads
from stories.publishing.notes import Note, notes_in
from stories.publishing.proof.tombstone import HEADLINE
from stories.text.diff import WordChange, diff_words

_FALLEN = frozenset({Standing.CORRECTED, Standing.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class HeadlineSpan:
    """A headline, the versions that had it and when it was live; `until` is None while it is."""

    headline: str
    first_number: int
    last_number: int
    since: datetime
    until: datetime | None
    zone: str
    changes: tuple[WordChange, ...]


@dataclass(frozen=True, slots=True)
class ClaimSpan:
    """A claim as it read and stood from one version on; `changes` are those of its words."""

    text: str
    standing: str
    number: int
    since: datetime
    zone: str
    changes: tuple[WordChange, ...]


@dataclass(frozen=True, slots=True)
class ClaimThread:
    """One claim, its spans newest first; `removed` is where the story no longer makes it."""

    spans: tuple[ClaimSpan, ...]
    removed: Turn | None

    @property
    def now(self) -> ClaimSpan:
        return self.spans[0]

    @property
    def before(self) -> tuple[ClaimSpan, ...]:
        return self.spans[1:]

    @property
    def is_changed(self) -> bool:
        return len(self.spans) > 1 or self.removed is not None


@dataclass(frozen=True, slots=True)
class Turn:
    """A version at which the headline or a claim changed."""

    number: int
    since: datetime
    zone: str
    threads: dict[str, Any]

    @property
    def is_claim_corrected(self) -> bool:
        claims = self.threads.get("claims", ())
        return self.number > 1 and any(claim["standing"] in _FALLEN for claim in claims)


@dataclass(frozen=True, slots=True)
class Threads:
    headlines: tuple[HeadlineSpan, ...]
    claims: tuple[ClaimThread, ...]

    @property
    def changed_claims(self) -> list[ClaimThread]:
        return [claim for claim in self.claims if claim.is_changed]

    @property
    def same_claims(self) -> list[ClaimThread]:
        return [claim for claim in self.claims if not claim.is_changed]


def threads_of(article: Article, *, newest: int) -> Threads:
    """Of all versions, the newest of which is number `newest`; two queries, and the texts stay unread."""
    turns = list(_turns(article))
    return Threads(tuple(_headlines(turns, newest=newest))[::-1], tuple(_claims(turns)))


def headlines(article: Article) -> list[HeadlineSpan]:
    """The strip of headlines, newest first, each with its changes by words from the one before."""
    numbers = Version.objects.filter(article_id=article.pk).order_by("-number")
    return list(threads_of(article, newest=numbers.values_list("number", flat=True)[0]).headlines)


def published_notes(article: Article, *, upto: int | None = None) -> list[Note]:
    """Every note that readers were told, up to a version where one is named, newest first; two queries."""
    notes = [
        replace(note, is_claim_corrected=turn.is_claim_corrected)
        for turn in _turns(article)
        if upto is None or turn.number <= upto
        for note in notes_in(turn.threads.get("updates", ()), number=turn.number)
    ]
    return sorted(notes, key=lambda note: (note.shown_at, note.id), reverse=True)


def _turns(article: Article) -> Iterator[Turn]:
    for number, stated_at, recorded_at, said in kept_threads(article):
        yield Turn(number, stated_at or recorded_at, said["zone"], said)


def _headlines(turns: Sequence[Turn], *, newest: int) -> Iterator[HeadlineSpan]:
    changed = [turn for turn in turns if "headline" in turn.threads]
    before = ""
    for turn, following in pairwise([*changed, None]):
        assert turn is not None, "only the last has nothing behind it"
        headline = turn.threads["headline"]
        yield HeadlineSpan(
            headline=headline,
            first_number=turn.number,
            last_number=following.number - 1 if following else newest,
            since=turn.since,
            until=following.since if following else None,
            zone=turn.zone,
            changes=_reworded(before, headline),
        )
        before = headline


def _reworded(before: str, headline: str) -> tuple[WordChange, ...]:
    """By words, but from no headline and none to what stands in the place of one that was taken down."""
    if not before or HEADLINE in (before, headline):
        return (WordChange("equal", headline),)
    return diff_words(before, headline)


def _claims(turns: Sequence[Turn]) -> Iterator[ClaimThread]:
    spans: dict[int, list[ClaimSpan]] = {}
    removed: dict[int, Turn] = {}
    for turn in turns:
        for claim in turn.threads.get("claims", ()):
            past = spans.setdefault(claim["id"], [])
            if removed.pop(claim["id"], None) or not _is_as_before(claim, past):
                past.insert(0, _span(claim, turn, past))
        removed |= dict.fromkeys(_gone(turn, spans.keys() - removed.keys()), turn)
    for key in sorted(spans, key=removed.__contains__):
        yield ClaimThread(tuple(spans[key]), removed.get(key))


def _is_as_before(claim: dict[str, Any], past: Sequence[ClaimSpan]) -> bool:
    """True only behind a version that was taken down, whose claims nobody is told."""
    return bool(past) and (past[0].text, past[0].standing) == (claim["text"], claim["standing"])


def _gone(turn: Turn, spans: Iterable[int]) -> list[int]:
    if not turn.threads.get("complete"):
        return turn.threads.get("gone", [])
    there = {claim["id"] for claim in turn.threads.get("claims", ())}
    return [key for key in spans if key not in there]


def _span(claim: dict[str, Any], turn: Turn, past: Sequence[ClaimSpan]) -> ClaimSpan:
    text = claim["text"]
    changes = diff_words(past[0].text, text) if past else (WordChange("equal", text),)
    return ClaimSpan(text, claim["standing"], turn.number, turn.since, turn.zone, changes)

"""A life as a picture: where each mark stands, in shares of the width, so that it fits a phone and a wall."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from stories.models import Citation, Source
from stories.models.words import Outcome, VerdictWord
from stories.watching.life import Lane, Life, Period, life_of

#: Heights in pixels. What was read stands on the line, what could not be read hangs below it.
LOOKS_LINE = 58
_HEIGHTS = {"read": 8, "noise": 14, "suspected": 22, "changed": 36}
_DEPTHS = {"unread": 10, "gone": 18}
COPIES_LINE, FIRST_LANE, LANE = 112, 140, 40
#: Letters that a passage and its word share on a phone of 320 pixels.
_ROOM = 40
_LEAST_WIDTH = 0.4


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle of a kind; `left` and `width` are shares of the width in per cent."""

    kind: str
    left: float
    width: float
    top: int
    height: int

    @property
    def x(self) -> str:
        return f"{self.left:.2f}%"

    @property
    def breadth(self) -> str:
        return f"{self.width:.2f}%"

    @property
    def middle(self) -> str:
        return f"{self.left + self.width / 2:.2f}%"


@dataclass(frozen=True, slots=True)
class DrawnLane:
    label: str
    #: How the passage stands now.
    word: str
    label_line: int
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Picture:
    life: Life
    looks: Sequence[Mark]
    copies: Sequence[Mark]
    lanes: Sequence[DrawnLane]
    height: int

    copies_label = COPIES_LINE - 12

    @property
    def axis_line(self) -> int:
        return self.height - 20

    @property
    def time_format(self) -> str:
        whole = self.life.period >= timedelta(hours=1)
        return pgettext("date format", "j M Y") if whole else pgettext("date format", "j M, H:i")

    @property
    def newest_first(self) -> list[Period]:
        return list(reversed(self.life.periods))

    @property
    def summary(self) -> str:
        """The picture in a sentence or two."""
        life = self.life
        looks = _told(ngettext("%(count)s check", "%(count)s checks", life.looks), life.looks)
        copies = _told(ngettext("%(count)s copy kept", "%(count)s copies kept", life.copies), life.copies)
        told = [f"{looks}, {copies}", *(_told(text, number) for number, text in _endings(life) if number)]
        return "; ".join(told) + "."


def picture_of(source: Source, *, citations: Sequence[Citation], now: datetime) -> Picture | None:
    """None where nobody has looked yet."""
    life = life_of(source, citations=citations, now=now)
    return draw(life) if life else None


def draw(life: Life) -> Picture:
    lanes = [_drawn_lane(life, lane, FIRST_LANE + number * LANE) for number, lane in enumerate(life.lanes)]
    return Picture(
        life=life,
        looks=[mark for period in life.periods for mark in _marks_of(life, period)],
        copies=[_mark(life, period, "copy", COPIES_LINE, 0) for period in life.periods if period.copies],
        lanes=lanes,
        height=FIRST_LANE + len(lanes) * LANE + 12,
    )


def _marks_of(life: Life, period: Period) -> Iterator[Mark]:
    """What was gravest of what was read, above the line; of what was not, below it."""
    if kind := _kind_above(period):
        yield _mark(life, period, kind, LOOKS_LINE - _HEIGHTS[kind], _HEIGHTS[kind])
    if kind := _kind_below(period):
        yield _mark(life, period, kind, LOOKS_LINE + 2, _DEPTHS[kind])


def _kind_above(period: Period) -> str:
    seen = period.by_outcome
    changes = seen.get(Outcome.CHANGED, 0) + seen.get(Outcome.MOVED, 0)
    if changes > period.suspected:
        return "changed"
    if changes:
        return "suspected"
    if seen.get(Outcome.NOISE):
        return "noise"
    return "read" if seen.get(Outcome.UNCHANGED) else ""


def _kind_below(period: Period) -> str:
    if period.by_outcome.get(Outcome.GONE):
        return "gone"
    unread = (Outcome.BLOCKED, Outcome.FAILED)
    return "unread" if any(period.by_outcome.get(outcome) for outcome in unread) else ""


def _mark(life: Life, period: Period, kind: str, top: int, height: int) -> Mark:
    left = _share(life, period.begins_at)
    # A gap between two periods.
    width = (_share(life, period.ends_at) - left) * 0.8
    return Mark(kind, left, width, top, height)


def _drawn_lane(life: Life, lane: Lane, top: int) -> DrawnLane:
    marks = []
    for span in lane.spans:
        left = _share(life, span.begins_at)
        width = max(_share(life, span.ends_at) - left, _LEAST_WIDTH)
        height = 4 if span.word == VerdictWord.VERBATIM else 10
        marks.append(Mark(span.word.value, left, width, top + 17 - height // 2, height))
    passage = " ".join(lane.citation.exact.split())
    word = str(lane.spans[-1].word.label) if lane.spans else _("not looked for yet")
    label = _fit(passage, letters=_ROOM - _breadth(f"“” {word}"))
    return DrawnLane(f"“{label}”", word, top + 4, marks)


def _fit(passage: str, *, letters: int) -> str:
    """As much of it as is no broader than so many letters, with an ellipsis where that is not all."""
    if _breadth(passage) <= letters:
        return passage
    kept = passage[: letters - 1]
    while _breadth(kept) > letters - 1:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _breadth(text: str) -> int:
    """In letters; a Chinese, Japanese or Korean one is as broad as two others (UAX #11)."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _share(life: Life, at: datetime) -> float:
    share = (at - life.begins_at) / (life.ends_at - life.begins_at)
    return 100 * min(max(share, 0.0), 1.0)


def _endings(life: Life) -> Iterator[tuple[int, str]]:
    changed, moved = life.looks_that_ended(Outcome.CHANGED), life.looks_that_ended(Outcome.MOVED)
    suspected = sum(period.suspected for period in life.periods)
    noise, gone = life.looks_that_ended(Outcome.NOISE), life.looks_that_ended(Outcome.GONE)
    unread = life.looks_that_ended(Outcome.BLOCKED, Outcome.FAILED)
    yield changed, ngettext("%(count)s check found a change", "%(count)s checks found a change", changed)
    yield moved, ngettext("%(count)s check found it moved", "%(count)s checks found it moved", moved)
    yield suspected, ngettext("%(count)s was to be confirmed", "%(count)s were to be confirmed", suspected)
    yield noise, ngettext("%(count)s found only noise", "%(count)s found only noise", noise)
    yield gone, ngettext("%(count)s found nothing there", "%(count)s found nothing there", gone)
    yield unread, ngettext("%(count)s could not read it", "%(count)s could not read it", unread)


def _told(text: str, number: int) -> str:
    return text % {"count": number_format(number, force_grouping=True)}

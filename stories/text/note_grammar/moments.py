"""Read the date and time that a note prints, in any order of their parts, without saying yet which day that was."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stories.text.note_grammar.clocks import read_time
from stories.text.note_grammar.dates import Fields, read_date, read_relative_day, read_weekday, read_year
from stories.text.note_grammar.zones import read_zone


@dataclass(frozen=True, slots=True)
class Moment:
    """The parts of a date and time as printed from `start` to `end`; whatever was not printed is None.

    `is_numeric` marks a month and day that strokes leave open ("5/6/24"), `is_relative` a while ago ("2 hours ago").
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    days_ago: int | None = None
    hour: int | None = None
    minute: int = 0
    zone: str | None = None
    is_numeric: bool = False
    is_relative: bool = False

    @property
    def has_time(self) -> bool:
        return self.hour is not None

    @property
    def has_date(self) -> bool:
        return any(part is not None for part in (self.year, self.day, self.weekday, self.days_ago))

    @property
    def is_year_only(self) -> bool:
        return self.year is not None and self.month is None


_GAP = re.compile(
    r"(?:T(?=\d\d:)|\s{0,3}[,;|·@/–—-]{0,2}\s{0,3})\(?"
    r"(?:(?i:at|on|as\sof|of|around|about|approximately|the|a\slas?|del|el)\s{1,2}){0,2}"
)
_SECOND_CLOCK = re.compile(r"\s?[/|(,]\s?(?=\d)")
_AND = re.compile(r",?\s(?:and|&)\s(?:(?:again\s)?on\s)?(?:the\s)?")
_AT = re.compile(r"\b(?i:at|a\slas?)\s{1,2}$")


def read_moments(text: str, start: int) -> list[Moment]:
    """Every moment printed from this place on, the longest first.

    "May 18, 3:24 PM ET" also reads as "May 18, 3:24 PM" and as "May 18", for what follows a date may only look like
    more of it: "May 18 — Friday's crowd was larger". At most a date, a time and a zone.
    """
    return list(_grown(text, start))[::-1]


def read_moment(text: str, start: int) -> Moment | None:
    """The longest moment printed from this place on, if any. Bounded as `read_moments`."""
    return next(iter(read_moments(text, start)), None)


def _grown(text: str, start: int) -> Iterator[Moment]:
    moment = Moment(start=start, end=start)
    while (longer := _extended(text, moment)) is not None:
        moment = longer
        yield _with_closing_bracket(text, moment)


def _extended(text: str, moment: Moment) -> Moment | None:
    if moment.is_relative:
        return None
    if moment.has_time and moment.zone is None and (zone := read_zone(text, moment.end)):
        return _past_second_clock(text, replace(moment, zone=zone[0], end=zone[1]))
    gap = _GAP.match(text, moment.end)
    if gap is not None and (gap.group() or moment.end == moment.start) and (more := _part(text, gap, moment)):
        return replace(moment, **more[0], end=more[1])
    return _with_later_date(text, moment) if moment.day is not None else None


def _part(text: str, gap: re.Match[str], moment: Moment) -> tuple[Fields, int] | None:
    """The next part of a moment that has not got one of its kind."""
    place = gap.end()
    part = read_date(text, place) if moment.day is None and moment.year is None else None
    if part is None and not moment.has_time:
        is_expected = moment.has_date or _AT.search(gap.group()) is not None
        time = read_time(text, place, is_expected=is_expected)
        part = ({"hour": time[0], "minute": time[1]}, time[2]) if time else None
    if part is None and moment.weekday is None:
        part = read_weekday(text, place)
    if part is None and moment.year is None:
        part = read_year(text, place)
    if part is None and not moment.has_date:
        part = read_relative_day(text, place)
    return part


def _with_later_date(text: str, moment: Moment) -> Moment | None:
    """Of "4 May and 6 June 2021" the later one, on which the text became what it is."""
    gap = _AND.match(text, moment.end)
    part = read_date(text, gap.end()) if gap else None
    return replace(moment, **part[0], end=part[1]) if part else None


def _past_second_clock(text: str, moment: Moment) -> Moment:
    """The moment with its repetition on another clock: "3:24 p.m. ET (1924 GMT)" says one time twice."""
    gap = _SECOND_CLOCK.match(text, moment.end)
    time = read_time(text, gap.end(), is_expected=False) if gap else None
    zone = read_zone(text, time[2]) if time else None
    return replace(moment, end=zone[1]) if zone else moment


def _with_closing_bracket(text: str, moment: Moment) -> Moment:
    inside = text[moment.start : moment.end]
    is_open = inside.count("(") > inside.count(")")
    return (
        replace(moment, end=moment.end + 1)
        if is_open and text[moment.end : moment.end + 1] == ")"
        else moment
    )

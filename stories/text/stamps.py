"""When a story was published and last changed, as the line under its headline prints it."""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

from stories.text.note_grammar.moments import Moment, read_moments
from stories.text.note_grammar.surface import read_surface
from stories.text.note_grammar.times import Precision, settle

_LONGEST = 200
_MOST_PARTS = 4
_WHAT_WAS_DONE = re.compile(
    r"(?:(?:(?:story|article|post)\s)?(?:(?:first|originally|last|most\srecently|última)\s){0,2}"
    r"(?:(?P<published>published|posted|filed|issued|released|created|date|dated|publicad[oa]|fecha)"
    r"|(?P<modified>updated?|modified|revised|edited|actualizad[oa]|actualización|modificad[oa])))\b"
    r"(?:\s?:)?\s{0,2}(?:(?:on|at(?=\s?:)|as\sof|date|time|el)\b(?:\s?:)?\s{0,2}){0,2}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s{0,3}(?:[|/·•,;()—–-]{1,2}|\n|\b(?:and|y|&)\b)?\s{0,3}", re.IGNORECASE)
# Who prints it, as in "Nov. 27, 2026 / 9:00 AM EST / City News".
_CREDIT = re.compile(r"\s{1,3}[|/·•—–]\s{1,3}[^\W\d][^\d|/:.!?]{1,40}")


class Occasion(StrEnum):
    """What a time is said to be that of; of a bare one nothing is said."""

    PUBLISHED = "published"
    MODIFIED = "modified"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Stamp:
    """One time of a line. `at` is None unless it can be told to the minute, and naive without a zone."""

    occasion: Occasion
    at: datetime.datetime | None


def read_stamps(
    line: str, *, reference_date: datetime.date | None = None, default_zone: str | None = None
) -> tuple[Stamp, ...]:
    """The times of a line that tells nothing but when its story was published and changed; none of any other line.

    What is not printed is settled as `parse_note` does. Looks at 200 characters: a longer line is none.

    >>> [(stamp.occasion.value, stamp.at.isoformat()) for stamp in read_stamps("Updated 4 May 2021, 9:05 a.m. ET")]
    [('modified', '2021-05-04T09:05:00-04:00')]
    """
    text = read_surface(line[: _LONGEST + 1]).folded
    if len(text) > _LONGEST:
        return ()
    stamps = list[Stamp]()
    at = 0
    while at < len(text) and len(stamps) < _MOST_PARTS:
        said = _WHAT_WAS_DONE.match(text, at)
        moment = _moment(text, said.end() if said else at)
        if moment is None or not (said or _is_dated(moment)):
            break
        words = said.group() if said else ""
        stated = settle(moment, said=words, reference_date=reference_date, default_zone=default_zone)
        is_known = stated.precision is Precision.MINUTE and _is_dated(moment)
        stamps.append(Stamp(_occasion(said), stated.at if is_known else None))
        at = _BETWEEN.match(text, moment.end).end()  # type: ignore[union-attr]
        end = moment.end
    if not stamps or (at < len(text) and not _CREDIT.fullmatch(text, end)):
        return ()
    return tuple(stamps)


def _moment(text: str, start: int) -> Moment | None:
    """The longest one after which the line ends, or something else begins."""
    return next((it for it in read_moments(text, start) if not text[it.end : it.end + 1].isalnum()), None)


def _is_dated(moment: Moment) -> bool:
    return moment.day is not None


def _occasion(said: re.Match[str] | None) -> Occasion:
    if said is None:
        return Occasion.BARE
    return Occasion.MODIFIED if said["modified"] else Occasion.PUBLISHED

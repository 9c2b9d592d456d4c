"""Read the notes to readers that newspapers print under their stories: "Update, May 18 2024, 3:24 PM ET: …".

A note is known by its label and the typography around it, or by a sentence in which this very article, story or
headline is the thing that was changed. Whatever else has the words "update" or "correction" in it is not a note.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from stories.text.note_grammar.headline import says_headline_changed
from stories.text.note_grammar.kinds import NoteKind
from stories.text.note_grammar.labels import read_label
from stories.text.note_grammar.reading import is_heading, read_note
from stories.text.note_grammar.surface import read_surface
from stories.text.note_grammar.times import UNSTATED, Precision, settle

__all__ = [
    "MOST_CHARACTERS_READ",
    "FoundNote",
    "Note",
    "NoteKind",
    "Precision",
    "find_notes",
    "find_notes_among",
    "parse_note",
]

MOST_CHARACTERS_READ = 10_000


@dataclass(frozen=True, slots=True)
class Note:
    """A published note as its readers saw it.

    `stated_at` is aware where a zone was printed or given, else naive, and None where the note states no time or one
    that cannot be settled; `precision` tells which. `zone` is the name of its zone, `label` the words it began with.
    """

    kind: NoteKind
    stated_at: datetime.datetime | None
    precision: Precision
    body: str
    headline_changed: bool
    zone: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note and the paragraphs it takes up, counted from 0."""

    paragraphs: range
    note: Note


def parse_note(
    text: str, *, reference_date: datetime.date | None = None, default_zone: str | None = None
) -> Note | None:
    """The note that this paragraph is, or None for any other text.

    `reference_date`, the day on which the note is read, settles what a note leaves out: a time alone is of that day; a
    weekday or a day without a year is the latest one not after it. Without it such a note has no `stated_at`.
    `default_zone` (a database name) is the clock of times printed without a zone, and where strokes are read: "5/6/24"
    is May 6 unless the zone is outside America or the label Spanish. So that the work has a bound, the grammar looks
    at the first `MOST_CHARACTERS_READ` characters only.
    Raises `zoneinfo.ZoneInfoNotFoundError` if `default_zone` is needed and does not exist.

    >>> note = parse_note("Update, May 18 2024, 3:24 PM ET: The company has replied.")
    >>> note.kind, note.stated_at.isoformat(), note.body
    (<NoteKind.UPDATE: 'update'>, '2024-05-18T15:24:00-04:00', 'The company has replied.')
    """
    surface = read_surface(text)
    reading = read_note(surface, reach=MOST_CHARACTERS_READ)
    if reading is None:
        return None
    label, stated = reading.label.text if reading.label else "", UNSTATED
    if reading.moment is not None:
        stated = settle(reading.moment, said=label, reference_date=reference_date, default_zone=default_zone)
    return Note(
        kind=reading.kind,
        stated_at=stated.at,
        precision=stated.precision,
        body=surface.shown_from(reading.body_start, reading.body_end),
        headline_changed=says_headline_changed(surface.folded[:MOST_CHARACTERS_READ]),
        zone=stated.zone,
        label=surface.shown_from(reading.label.start, reading.label.end) if reading.label else "",
    )


_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_MOST_JOINED = 3


def find_notes(
    text: str, *, reference_date: datetime.date | None = None, default_zone: str | None = None
) -> list[FoundNote]:
    """Every note among the paragraphs of a text, which blank lines part; they are counted as `text.strip()` has them.

    As `find_notes_among`.
    """
    paragraphs = _BLANK_LINE.split(text.replace("\r\n", "\n").strip())
    return find_notes_among(paragraphs, reference_date=reference_date, default_zone=default_zone)


def find_notes_among(
    paragraphs: Sequence[str], *, reference_date: datetime.date | None = None, default_zone: str | None = None
) -> list[FoundNote]:
    """Every note among these paragraphs, in their order.

    A heading that stands alone ("Correction", then a date, then the note) is read together with what follows it.
    Linear in their number: of each, or of up to three read together, the grammar looks at the first
    `MOST_CHARACTERS_READ` characters.
    """
    found: list[FoundNote] = []
    position = 0
    while position < len(paragraphs):
        count = _paragraphs_of_note(paragraphs, position)
        joined = "\n".join(paragraphs[position : position + count])
        note = parse_note(joined, reference_date=reference_date, default_zone=default_zone)
        if note is not None:
            found.append(FoundNote(range(position, position + count), note))
        position += count
    return found


def _paragraphs_of_note(paragraphs: Sequence[str], position: int) -> int:
    """How many paragraphs to read as one: more than one only under a heading that stands alone."""
    heading = paragraphs[position]
    for count in range(1, _MOST_JOINED):
        if not is_heading(read_surface(heading)):
            return count
        following = paragraphs[position + count : position + count + 1]
        if not following or read_label(read_surface(following[0]).folded[:MOST_CHARACTERS_READ]):
            return count
        heading = f"{heading}\n{following[0]}"
    return _MOST_JOINED

"""Put lead, statement and date together: what kind of note a paragraph is, of what time, and where its words are."""

import re
from dataclasses import dataclass

from stories.text.note_grammar.announcements import read_announcement, read_wire_line
from stories.text.note_grammar.changes import Statement, find_time_of_change, read_change
from stories.text.note_grammar.faults import read_fault
from stories.text.note_grammar.kinds import NoteKind, kind_of_purpose
from stories.text.note_grammar.labels import Label, read_label
from stories.text.note_grammar.leads import Lead, read_lead
from stories.text.note_grammar.moments import Moment, read_moment
from stories.text.note_grammar.spanish import read_spanish
from stories.text.note_grammar.surface import Surface


@dataclass(frozen=True, slots=True)
class Reading:
    """A note, read but not yet settled: its body stands from `body_start` to `body_end` of the surface."""

    kind: NoteKind
    label: Label | None
    moment: Moment | None
    body_start: int
    body_end: int | None


_AT_END = re.compile(
    r"(?:\s[(\[]|\n\s{0,3}[(\[]?|(?<=[.!?\"')])\s{1,3}[—–-]{1,2}\s?)"
    r"(?:(?:updated|corrected|posted|added|published|amended|correction|update|dated)\b:?\s){0,2}"
    r"(?=[^()\[\]\n]{4,60}[)\]]?\.?$)",
    re.IGNORECASE,
)
_REST_OF_END = re.compile(r"[)\]]?\.?$")
_LONGEST_END = 100


def read_note(surface: Surface, *, reach: int) -> Reading | None:
    """The note that a paragraph is, if it is one; nothing beyond `reach` characters is looked at."""
    text = surface.folded[:reach]
    lead = read_lead(surface, reach=reach)
    statement = _statement(text, surface, lead.body_start if lead else 0)
    if lead is not None and lead.needs_statement and statement is None:
        lead, statement = None, _statement(text, surface, 0)
    if lead is None and statement is None:
        return None
    body_start = statement.body_start if statement else lead.body_start if lead else 0
    moment = _moment(text, lead, statement, body_start)
    body_end = None
    if moment is None:
        body_end, moment = _moment_at_end(surface, body_start, reach=reach)
    return Reading(_kind(text, lead, statement), lead.label if lead else None, moment, body_start, body_end)


def is_heading(surface: Surface) -> bool:
    """Whether this is a lead with no note after it yet: "Correction", "Update, May 18", "2.15pm BST".

    "Updated on May 18" is none: it is a stamp, and what follows it is the story. Bounded as `read_note`.
    """
    text = surface.folded
    if len(text) > _LONGEST_END:
        return False
    label = read_label(text)
    if label is not None and not text[label.end :].strip(" .:)]"):
        return label.is_capitalised and not (label.is_verb or label.is_plural or label.needs_statement)
    reading = read_note(surface, reach=_LONGEST_END)
    is_empty = reading is not None and reading.body_start >= len(text)
    return is_empty and not (label is not None and label.is_verb)


def _statement(text: str, surface: Surface, start: int) -> Statement | None:
    wire = read_wire_line(text, start) if surface.was_bracketed and start == 0 else None
    found = wire or read_change(text, start) or read_announcement(text, start) or read_fault(text, start)
    return found or read_spanish(text, start)


def _moment(text: str, lead: Lead | None, statement: Statement | None, body_start: int) -> Moment | None:
    if lead is not None and lead.moment is not None:
        return lead.moment
    if statement is not None and statement.moment is not None:
        return statement.moment
    return find_time_of_change(text, body_start)


def _kind(text: str, lead: Lead | None, statement: Statement | None) -> NoteKind:
    """The label has the word; "amended" and "updated" leave it to the purpose that follows."""
    label = lead.label if lead else None
    if lead is None or label is None or lead.needs_statement:
        return statement.kind if statement else NoteKind.UPDATE
    if not label.is_neutral:
        return label.kind
    if statement and label.kind is NoteKind.CORRECTION:
        return statement.kind
    return kind_of_purpose(text[lead.body_start :], otherwise=label.kind)


def _moment_at_end(surface: Surface, start: int, *, reach: int) -> tuple[int | None, Moment | None]:
    """Where the note ends before a date in brackets or on a line of its own, and that date."""
    text = surface.folded.rstrip()
    if len(text) > reach:
        return None, None
    for opening in _AT_END.finditer(text, max(start, len(text) - _LONGEST_END)):
        moment = read_moment(text, opening.end())
        if moment and (moment.day or moment.has_time) and _REST_OF_END.match(text, moment.end):
            return opening.start(), moment
    return None, None

"""Read how a note begins: a label, a moment or both, and the break that sets them off from the note.

A word such as "update" opens as many sentences as notes. What tells them apart is how the word is set off.
"""

import re
from dataclasses import dataclass

from stories.text.note_grammar.breaks import Break, BreakKind, read_break
from stories.text.note_grammar.labels import Label, read_label
from stories.text.note_grammar.moments import Moment, read_moments
from stories.text.note_grammar.surface import Surface


@dataclass(frozen=True, slots=True)
class Lead:
    """How a note begins; a lead that `needs_statement` is one only if the text after it says what was changed."""

    label: Label | None
    moment: Moment | None
    body_start: int
    needs_statement: bool = False


_INTO_MOMENT = re.compile(
    r"\s{0,2}(?P<colon>:)?(?:,|[—–|;]|--|\s-)?\s{0,3}(?P<bracket>[(\[])?"
    r"(?:(?:published|posted|issued|added|made|dated|filed|appended|printed|from|publicad[oa]|del?|el)\s){0,2}",
    re.IGNORECASE,
)
_INTO_LABEL = re.compile(r"\s?[)\]]?\s{0,2}(?:[:,|—–-]{1,2})?\s{0,2}")
_WITH = re.compile(r"\s{1,2}with(?=\s?:)", re.IGNORECASE)
_PURPOSE = re.compile(
    r"(?:to|with|because|after|following|since|throughout|and|as|when|by\s(?:adding|removing|correcting))\b",
    re.IGNORECASE,
)
_NEWS = (
    r"(?:comments?|statements?|responses?|reply|details|information|quotes?|reactions?|context|new|latest|additional"
    r"|more|confirmation|background)"
)
_FOR_READERS = re.compile(
    rf"to\s(?:correct|clarify|reflect|note|make\s(?:it\s)?clear)\b"
    rf"|(?:throughout\s)?(?:with|to\s(?:include|add))\s(?:\w+\s){{0,4}}?{_NEWS}\b",
    re.IGNORECASE,
)
# "Updated on 4 May to include the new rules, the handbook now runs to 300 pages" is about a handbook.
_MAIN_CLAUSE = re.compile(
    r"[^.;:\n]{0,300}?,\s(?:the|its|it|this|these|they|their|a|an|his|her|he|she|we|our|you)\s", re.IGNORECASE
)
_MINUTES = re.compile(r"\d[:.h]\d\d|\b\d{4}\s?(?:hrs|h\b|[A-Z]{1,4}\b)", re.IGNORECASE)
_GOES_ON = re.compile(r"[,;]|'s\b|\s(?:is|was|by|opens|tells|follows|and|won|has)\b")


def read_lead(surface: Surface, *, reach: int) -> Lead | None:
    """The lead of this paragraph, if it has one; nothing beyond `reach` characters is looked at. Linear."""
    text, emphasis_end = surface.folded[:reach], surface.emphasis_end
    label = read_label(text)
    lead = _after_label(text, label, emphasis_end) if label else _after_moment(text, emphasis_end)
    return None if lead is None or _is_title(text, lead, emphasis_end) else lead


def _is_title(text: str, lead: Lead, emphasis_end: int | None) -> bool:
    """Whether the emphasis marks a name: "*Correction: A Memoir*, her third book"."""
    if emphasis_end is None or emphasis_end <= lead.body_start + 1:
        return False
    return _GOES_ON.match(text, emphasis_end) is not None


def _after_label(text: str, label: Label, emphasis_end: int | None) -> Lead | None:
    into = _INTO_MOMENT.match(text, label.end)
    for moment in read_moments(text, into.end()) if into else ():
        is_bracketed = label.is_bracketed or bool(into and into["bracket"])
        pause = read_break(text, moment.end, is_bracketed=is_bracketed, emphasis_end=emphasis_end)
        is_after_colon = bool(into and into["colon"])
        if pause and _sets_off_moment(text, label, moment, pause, is_after_colon=is_after_colon):
            return Lead(label, moment, pause.end, label.needs_statement)
    return _label_alone(text, label, emphasis_end)


def _label_alone(text: str, label: Label, emphasis_end: int | None) -> Lead | None:
    with_word = _WITH.match(text, label.end) if label.is_verb or label.is_capitals else None
    end = with_word.end() if with_word else label.end
    pause = read_break(text, end, is_bracketed=label.is_bracketed, emphasis_end=emphasis_end)
    if pause is None or pause.kind is BreakKind.END:
        return None
    return Lead(label, None, pause.end, label.needs_statement or not _sets_off_label(text, label, pause))


def _sets_off_moment(text: str, label: Label, moment: Moment, pause: Break, *, is_after_colon: bool) -> bool:
    """Whether label and moment stand apart from what follows, as in "Update, May 18: …"."""
    is_exact = moment.has_time or moment.month is not None or moment.is_year_only
    if is_after_colon and not is_exact and pause.kind is not BreakKind.LINE:
        return False
    match pause.kind:
        case BreakKind.END | BreakKind.COLON | BreakKind.LINE:
            return True
        case BreakKind.DASH:
            return pause.opens_sentence or moment.has_time or not pause.has_dash_later
        case BreakKind.SET_OFF | BreakKind.STOP:
            return pause.opens_sentence
        case BreakKind.COMMA if label.is_verb:
            return _has_purpose(text, label, moment, pause)
        case BreakKind.COMMA:
            return pause.opens_sentence and label.is_capitalised and not is_after_colon
        case BreakKind.SPACE if pause.opens_sentence:
            return moment.has_time or label.is_capitals
        case BreakKind.SPACE:
            return (label.is_verb or label.is_capitals) and _has_purpose(text, label, moment, pause)


def _has_purpose(text: str, label: Label, moment: Moment, pause: Break) -> bool:
    if not _PURPOSE.match(text, pause.end):
        return False
    return moment.has_time or label.is_capitals or not _MAIN_CLAUSE.match(text, pause.end)


def _sets_off_label(text: str, label: Label, pause: Break) -> bool:
    """Whether a label without a moment stands apart from what follows, as in "Correction — …"."""
    match pause.kind:
        case BreakKind.COLON:
            return True
        case BreakKind.LINE:
            return label.is_capitalised and not label.is_verb
        case BreakKind.DASH if label.is_capitals or pause.opens_sentence:
            return label.is_capitalised
        case BreakKind.DASH:
            return label.is_capitalised and not label.is_plural and not pause.has_dash_later
        case BreakKind.SET_OFF:
            return pause.opens_sentence
        case BreakKind.STOP:
            return label.is_capitals and pause.opens_sentence
        case BreakKind.SPACE if label.is_verb and label.is_capitals:
            return _PURPOSE.match(text, pause.end) is not None
        case BreakKind.SPACE if label.is_verb:
            return bool(_FOR_READERS.match(text, pause.end) and not _MAIN_CLAUSE.match(text, pause.end))
        case _:
            return False


def _after_moment(text: str, emphasis_end: int | None) -> Lead | None:
    """A moment that opens a paragraph: "09:23 GMT — …", or "May 18 update: …"."""
    is_bracketed = text[:1] in {"(", "["}
    for moment in read_moments(text, int(is_bracketed)):
        if not (moment.has_time or moment.day):
            continue
        if lead := _moment_then_label(text, moment, emphasis_end):
            return lead
        pause = read_break(text, moment.end, is_bracketed=is_bracketed, emphasis_end=emphasis_end)
        if pause and _sets_off_bare_moment(pause):
            return Lead(None, moment, pause.end, needs_statement=not _is_stamp(text, moment))
    return None


def _moment_then_label(text: str, moment: Moment, emphasis_end: int | None) -> Lead | None:
    into = _INTO_LABEL.match(text, moment.end)
    label = read_label(text, into.end()) if into and into.group() else None
    lead = _label_alone(text, label, emphasis_end) if label else None
    return None if lead is None or lead.needs_statement else Lead(label, moment, lead.body_start)


def _sets_off_bare_moment(pause: Break) -> bool:
    if pause.kind in {BreakKind.END, BreakKind.LINE}:
        return True
    return pause.opens_sentence and pause.kind is not BreakKind.COMMA


def _is_stamp(text: str, moment: Moment) -> bool:
    """Without a label only minutes and a zone make a stamp; diaries and programmes print the rest."""
    return moment.zone is not None and _MINUTES.search(text, moment.start, moment.end) is not None

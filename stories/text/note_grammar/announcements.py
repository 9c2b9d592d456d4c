"""Recognise lines that announce a note: "A correction was made on May 4, 2021: …", and the brackets of the wires."""

import re

from stories.text.note_grammar.changes import Statement, kind_of_verb, read_time_of_change
from stories.text.note_grammar.kinds import NoteKind
from stories.text.note_grammar.words import FEW_WORDS, STORY, TEXT

_KINDS = {
    "update": NoteKind.UPDATE,
    "correction": NoteKind.CORRECTION,
    "clarification": NoteKind.CLARIFICATION,
    "retraction": NoteKind.RETRACTION,
}
_MADE = re.compile(
    r"(?:an?|the\sfollowing|this)\s(?P<what>update|correction|clarification|editor'?s'?\snote|retraction)"
    r"\s(?:was|has\sbeen|were|is)\s(?:made|added|appended|attached|published|posted|issued)\b"
    rf"(?P<here>\s(?:to|at|on|in|for)\s(?:the\s(?:end|top|bottom|foot)\sof\s)?(?:this|the)\s{FEW_WORDS}{TEXT}\b)?",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"\s{0,2}(?:[:—–]|-\s|\.?\n)\s*"
    r"|\.\s+(?=(?:an?|the|this|because|in)\s[^.]{0,60}?\b(?:versions?|headline|caption|article|story)\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*\.?\s*$|\.\s|,?\s(?:to|because|after)\b")
_FIRST_PUBLISHED = re.compile(
    rf"this\s(?:{STORY}|report|page|interview|essay)\s(?:was|were)\s(?:first|originally)\s(?:published|posted)\b"
    r"[^:;]{0,120}?\b(?P<verb>updated|corrected|amended|clarified)\b",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?:first\s|originally\s)?(?:published|posted|filed):?\s[^\n]{3,60}?\b(?P<verb>updated|corrected|amended)"
    r"\b(?=:?\s(?:on\s|at\s)?[\dA-Z])",
    re.IGNORECASE,
)
_THIS_VERSION = re.compile(
    rf"this\sversion(?:\sof\s(?:this|the|an?)\s{FEW_WORDS}{STORY})?\s(?:also\s)?(?P<verb>corrects|clarifies|fixes)\s",
    re.IGNORECASE,
)
_WIRE = re.compile(
    rf"(?:this\s{FEW_WORDS}(?:version|{STORY}|report)\s(?:also\s)?)?"
    r"(?P<verb>corrects|refiles|clarifies|adds|updates|recasts|changes|removes|fixes|correcting)(?:[:,]?\s)(?!up\b|to\b)(?=\w)",
    re.IGNORECASE,
)


def read_announcement(text: str, start: int) -> Statement | None:
    """A line that says a note was made, or that the text was published at one time and changed at another. Linear."""
    if found := _MADE.match(text, start):
        return _read_made(text, found)
    if found := _FIRST_PUBLISHED.match(text, start):
        moment = read_time_of_change(text, found.end())
        rest = text[moment.end if moment else found.end() :]
        return Statement(kind_of_verb(found["verb"], rest), moment, start)
    if found := _STAMP.match(text, start):
        moment = read_time_of_change(text, found.end())
        return Statement(kind_of_verb(found["verb"], ""), moment, start) if moment else None
    return _of_verb(text, start, _THIS_VERSION)


def read_wire_line(text: str, start: int) -> Statement | None:
    """What a wire's new version does, "Corrects name in paragraph 3"; only brackets around it make it a note.

    Linear.
    """
    return _of_verb(text, start, _WIRE)


def _of_verb(text: str, start: int, pattern: re.Pattern[str]) -> Statement | None:
    found = pattern.match(text, start)
    return Statement(kind_of_verb(found["verb"], text[found.end() - 1 :]), None, start) if found else None


def _read_made(text: str, found: re.Match[str]) -> Statement | None:
    """Ships have their courses corrected too: a colon after a date, or "to this article", tells the note."""
    kind = _KINDS.get(found["what"].lower(), NoteKind.EDITORS_NOTE)
    moment = read_time_of_change(text, found.end())
    end = moment.end if moment else found.end()
    introduces = _INTRODUCES.match(text, end)
    if introduces and (found["here"] or (moment and moment.day)):
        return Statement(kind, moment, introduces.end())
    return Statement(kind, moment, found.start()) if found["here"] and _ENDS.match(text, end) else None

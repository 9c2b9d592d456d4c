"""Recognise a sentence that says, without a label, that this text was changed: "This story has been updated to …"."""

import re
from dataclasses import dataclass

from stories.text.note_grammar.kinds import NoteKind, gravest, kind_of_purpose
from stories.text.note_grammar.moments import Moment, read_moment
from stories.text.note_grammar.subjects import AND_HEADLINE, MAY_DO, WAS, Subject, read_subjects
from stories.text.note_grammar.words import TEXT


@dataclass(frozen=True, slots=True)
class Statement:
    """What a change amounted to, when it was made, and where the note's own words begin."""

    kind: NoteKind
    moment: Moment | None = None
    body_start: int = 0


_AFTER = re.compile(
    rf"\s*(?:$|[.:;,!)\]\n—–]|(?:to\s{MAY_DO}|with|since|throughout|because|after|following|again|twice|several\stimes"
    r"|online|due\sto|as|for\s(?:clarity|accuracy|context|style)|from\s(?:its|the\soriginal|an\searlier|our|this)"
    r"|by\s(?:the|its|our)\s(?:editors?|newsroom|newspaper|publication)|at\sthe\srequest|pending|and\s\w+(?:ed|en)\b|so\sthat)\b)",
    re.IGNORECASE,
)
_LOOSELY_AFTER = re.compile(
    rf"\s(?:to\s{MAY_DO}|since|throughout|from\s(?:its|the\soriginal|an\searlier))\b", re.IGNORECASE
)
_AND_CHANGED = re.compile(
    r"\s(?:and|&)\s(?P<verb>updated|corrected|amended|clarified|retracted)\b", re.IGNORECASE
)
_WHEN = re.compile(
    r":?(?:\s(?:again|online|twice|most\srecently|last)){0,2},?\s(?:(?P<in>in)\s)?", re.IGNORECASE
)
_ON = re.compile(r"(?:on|at)\s(?=[\dA-Z])", re.IGNORECASE)
_LATER = re.compile(
    rf"(?:[.!?;\n]['\")]?\s{{1,3}}|,\sand\s)(?:it|th(?:is|e|at|ese|ose)\s(?:{TEXT}|text|errors?|mistakes?|references?))"
    rf"{AND_HEADLINE}\s{WAS}(?:updated|corrected|amended|clarified|revised|changed|fixed)(?=\s)",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"[^.!?\n]{0,400}?,\s(?!as\b|which\b|who\b|that\b)(?:[\w'-]{1,16}\s){1,5}(?:said|says|wrote|argued|announced|claimed"
    r"|added|explained)(?:\s(?:on|in|at)\s\w{1,16}|\s\w{1,9}day)?(?:[.!?]|$)",
    re.IGNORECASE,
)


def read_change(text: str, start: int) -> Statement | None:
    """The statement of a change at this place; a date may stand before it: "On May 4, 2021, this article was …".

    Linear.
    """
    if statement := _read_sentence(text, start):
        return statement
    opening = _ON.match(text, start)
    moment = read_moment(text, opening.end()) if opening else None
    if moment is None or not text.startswith(", ", moment.end):
        return None
    statement = _read_sentence(text, moment.end + 2)
    return Statement(statement.kind, statement.moment or moment, start) if statement else None


def find_time_of_change(text: str, start: int) -> Moment | None:
    """The time in a later sentence of a note: "… . It was corrected on 4 May 2021". Linear."""
    moments = (read_time_of_change(text, found.end()) for found in _LATER.finditer(text, start))
    return next((moment for moment in moments if moment is not None), None)


def read_time_of_change(text: str, end: int) -> Moment | None:
    """The moment right after a verb of change; a month or a year alone only after "in". Linear."""
    gap = _WHEN.match(text, end)
    moment = read_moment(text, gap.end()) if gap else None
    if gap is None or moment is None:
        return None
    is_loose = moment.day is None and moment.weekday is None and not moment.has_time
    return None if is_loose and not gap["in"] else moment


def is_reported(text: str, start: int) -> bool:
    """Whether the sentence is what somebody else said: it ends in ", the ministry said". Linear."""
    return _REPORTED.match(text, start) is not None


def kind_of_verb(verb: str, rest: str) -> NoteKind:
    """What a verb of change amounts to, given the words that follow it. Linear."""
    match verb[:4].lower():
        case "corr" | "refi" | "fixe":
            return NoteKind.CORRECTION
        case "clar":
            return gravest(NoteKind.CLARIFICATION, kind_of_purpose(rest, otherwise=NoteKind.CLARIFICATION))
        case "amen":
            return kind_of_purpose(rest, otherwise=NoteKind.CORRECTION)
        case _:
            return kind_of_purpose(rest, otherwise=NoteKind.UPDATE)


def _read_sentence(text: str, start: int) -> Statement | None:
    statements = (_judged(text, start, subject) for subject in read_subjects(text, start))
    statement = next((statement for statement in statements if statement is not None), None)
    return None if statement is None or is_reported(text, start) else statement


def _judged(text: str, start: int, subject: Subject) -> Statement | None:
    also = _AND_CHANGED.match(text, subject.end)
    end = also.end() if also else subject.end
    moment = read_time_of_change(text, end)
    if moment is not None and moment.is_year_only and subject.verb != "updated":
        return None
    if moment is None and not (_LOOSELY_AFTER if subject.is_told_loosely else _AFTER).match(text, end):
        return None
    if subject.is_gone:
        return Statement(NoteKind.RETRACTION, moment, start) if subject.may_be_gone else None
    kind = kind_of_verb(subject.verb, text[moment.end if moment else end :])
    return Statement(gravest(kind, kind_of_verb(also["verb"], "")) if also else kind, moment, start)

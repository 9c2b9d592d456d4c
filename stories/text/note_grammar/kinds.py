"""The kinds of note that newspapers print, and how the words of a note tell one from another."""

import re
from enum import StrEnum

from stories.text.note_grammar.words import EARLIER, ERROR


class NoteKind(StrEnum):
    """What a note is; `EDITORS_NOTE` is the one that is printed as "editor's note"."""

    UPDATE = "update"
    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    EDITORS_NOTE = "editors_note"
    RETRACTION = "retraction"


# The gravest first: a note that corrects and clarifies is a correction.
_GRAVITY = (
    NoteKind.RETRACTION,
    NoteKind.CORRECTION,
    NoteKind.CLARIFICATION,
    NoteKind.EDITORS_NOTE,
    NoteKind.UPDATE,
)

_CORRECT = r"(?:correct|fix|rectify|remedy)"
_CLARIFY = r"(?:clarify|clarification|make\s(?:it\s)?(?:more\s)?clear(?:er)?|explain|specify)"
_ADD = r"(?:add|include|incorporate|insert|reflect|update|expand|note|provide|mention)"
# Only the purpose itself counts: "updated to include the plan to fix the leak" corrects nothing.
_TO = (
    r"\W{0,3}(?:(?:online|throughout|again|twice|since\s[^.;,]{3,50}?)\s)?(?:in\sorder\s)?to\s"
    r"(?:(?:\w{1,12}ly|both|also|further|better)\s)?"
)
_AND_TO = r"\b(?:(?:and|also)\s(?:also\s)?to\s(?:also\s)?|to\s\w{3,12}\sand\s)"


def _purpose(verb: str, *, also: str = r"(?!)") -> re.Pattern[str]:
    return re.compile(rf"{_TO}{verb}\b|[^.;\n]{{0,300}}?{_AND_TO}{verb}\b|{also}", re.IGNORECASE)


_TO_CORRECT = _purpose(
    _CORRECT,
    also=rf"{_TO}(?:remove|delete|replace|change)\s(?:an?\s|the\s)?{ERROR}\b"
    rf"|.{{0,400}}?\b{EARLIER}\s(?:version|headline|edition)s?\b[^.]{{0,160}}?\b{ERROR}\b"
    rf"|(?:\W{{0,3}}|{_TO}(?:include|reflect|add|note)\s)(?:with\s)?(?:the\sfollowing|this|a)\scorrection\b"
    rf"|\W{{0,3}}(?:because\sof|due\sto|following|after)\s(?:an?\s)?(?:\w{{1,12}}\s)?errors?\b",
)
_TO_CLARIFY = _purpose(
    _CLARIFY, also=rf"\W{{0,3}}for\sclarity\b|{_TO}add\s(?:an?\s)?clarif|\W{{0,3}}with\s(?:an?\s)?clarif"
)
_TO_ADD = _purpose(_ADD, also=r"\W{0,3}with\b")

_ERROR = re.compile(rf"\b{ERROR}\b", re.IGNORECASE)
_UNCLEAR = re.compile(
    r"\b(?:clarif\w{1,8}|unclear|ambiguous|imprecise|(?:made|make|been)\s(?:it\s)?(?:more\s)?clear(?:er)?|misinterpreted"
    r"|should\shave\s(?:explained|specified))\b",
    re.IGNORECASE,
)
_WITHOUT_REPLY = re.compile(
    r"\b(?:did\snot|didn't)\s(?:yet\s)?(?:include|contain|have)\s(?:an?\s|the\s)?(?:[\w'-]{1,14}\s){0,3}?"
    r"(?:comment|response|statement|reply|reaction)s?\b",
    re.IGNORECASE,
)


def gravest(*kinds: NoteKind) -> NoteKind:
    """The one that owns to most. Linear."""
    return min(kinds, key=_GRAVITY.index)


def kind_of_purpose(rest: str, *, otherwise: NoteKind) -> NoteKind:
    """What "updated" or "amended" amounted to, by the words that follow: "to correct …", "to clarify …", "with …".

    Linear.
    """
    if _TO_CORRECT.match(rest):
        return NoteKind.CORRECTION
    if _TO_CLARIFY.match(rest):
        return NoteKind.CLARIFICATION
    return NoteKind.UPDATE if _TO_ADD.match(rest) else otherwise


def kind_of_fault(text: str) -> NoteKind:
    """What a sentence about an earlier version owns up to; a fault without a name is a correction. Linear."""
    if _ERROR.search(text):
        return NoteKind.CORRECTION
    if _UNCLEAR.search(text):
        return NoteKind.CLARIFICATION
    return NoteKind.UPDATE if _WITHOUT_REPLY.search(text) else NoteKind.CORRECTION

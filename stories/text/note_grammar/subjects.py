"""Recognise which text was changed, and how: "This May 6 story and its headline have been updated".

It must be the text that the note stands under. "The report was corrected" and "the journal's article was retracted"
are news about somebody else's.
"""

import re
from dataclasses import dataclass

from stories.text.note_grammar.words import FEW_WORDS, HEADLINE, STORY, TEXT

_CHANGED = (
    r"(?P<verb>updated|corrected|amended|clarified|refiled|revised|edited|changed|modified|altered|adjusted|expanded"
    r"|fixed|re-?written|re-?worded|retracted|withdrawn|removed|taken\sdown|unpublished|deleted)"
)
_RETRACTED = r"(?P<verb>retracted|withdrawn|removed|unpublished)"
_RETRACTING = r"(?P<verb>retracting|withdrawing)"
# Every text is edited; only a purpose or a time tells that a published one was.
_LOOSE = re.compile(r"revised|edited|changed|modified|altered|adjusted|expanded|fixed|re-?w", re.IGNORECASE)
_GONE = re.compile(r"retract|withdraw|removed|taken|unpublished|deleted", re.IGNORECASE)
_OWN_STORY = re.compile(r"article|story|piece|column|blog", re.IGNORECASE)

MAY_DO = (
    r"(?:correct|clarify|add|include|reflect|remove|note|say|show|state|make|fix|delete|incorporate|update|change"
    r"|identify|indicate|specify|provide|give|explain|attribute|insert|replace|amend|rectify|acknowledge|address|remedy"
    r"|restore|use|refer|link|mention|credit|protect|omit|revise|expand|disclose|describe|name|spell|read|adjust|report"
    r"|better|more|properly|accurately|correctly|further|also|ensure|put|cite|quote|detail|emphasi[sz]e|account)"
)
_ADVERBS = (
    r"(?:\s(?:since|now|also|again|later|subsequently|last|most\srecently|further|recently|briefly|substantially"
    r"|significantly|temporarily|slightly|being|been|and|twice|been\supdated\sand)){0,3}"
)
WAS = rf"(?:has|have|had|was|were|is|are){_ADVERBS}\s"
_HAS = rf"(?:has|have){_ADVERBS}\s"
_ASIDE = r"(?:,?\s\([^()]{0,80}\)|,\s[^.:;]{0,90},)?"
_AND_ITS = rf"(?:\sand\s(?:its\s|the\s)?{HEADLINE})?"
AND_HEADLINE = (
    rf"(?:,?\s(?:including|and|along\swith|as\swell\sas|&)\s(?:its\s|the\s)?(?:{HEADLINE}|title|{TEXT})(?:\sand\s\w+)?,?"
    rf"|'s\s(?:{HEADLINE}|title|introduction|body|caption)(?:\sand\s\w+)?)?"
)
_OF_THIS = rf"(?:\s(?:of|on|for|to|above)\s(?:this|the|our)\s{FEW_WORDS}{TEXT})"
_A_PAPER = r"(?-i:[A-Z][\w'-]+(?:\s[A-Z][\w'-]+){0,4})"

_THIS_STORY = (
    rf"(?:this|our)\s{FEW_WORDS}(?P<noun>{TEXT})(?:\s(?:below|above|about\s[^.:;,]{{1,60}}?))?"
    rf"{AND_HEADLINE}{_ASIDE}\s{WAS}{_CHANGED}\b"
)
_THE_HEADLINE = (
    rf"(?:the|our)\s(?P<noun>{HEADLINE}|(?:photo\s|picture\s)?caption|title(?=\s(?:of|on|for)\sthis))(?:{_OF_THIS}|\s{STORY})?"
    rf"(?:\s(?:and|as\swell\sas)\s(?:[\w-]+\s){{0,3}}?[\w-]+(?:\sof\sthis\s{TEXT})?)?{_ASIDE}\s{WAS}{_CHANGED}\b"
)
_THE_STORY_FOR = (
    rf"(?:the\s)?(?P<noun>article|story|post){_AND_ITS}\s{_HAS}{_CHANGED}(?=\s(?:to\s{MAY_DO}|with)\b)"
)
_THE_STORY_ON = (
    rf"(?:the\s)?(?P<noun>article|story|post){_AND_ITS}\s{WAS}{_CHANGED}"
    rf"(?=\s(?:on|at)\s[^.:;]{{4,40}}?\sto\s{MAY_DO}\b)"
)
_WE_THIS = rf"we(?:\shave|'ve)?{_ADVERBS}\s{_CHANGED}\s(?:this|our)\s{FEW_WORDS}(?P<noun>{TEXT})\b(?!\sof\s)"
_WE_THE = rf"we(?:\shave|'ve)?{_ADVERBS}\s{_CHANGED}\sthe\s(?P<noun>{STORY}|{HEADLINE})\b{_OF_THIS}?"
_WE_ARE = rf"(?:we\sare|{_A_PAPER}\sis)\s{_RETRACTING}\sthis\s{FEW_WORDS}(?P<noun>{TEXT})\b(?!\sof\s)"
_A_PAPER_HAS = rf"{_A_PAPER}\s{_HAS}{_RETRACTED}\sthis\s{FEW_WORDS}(?P<noun>{TEXT})\b(?!\sof\s)"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _THIS_STORY,
        _THE_HEADLINE,
        _THE_STORY_FOR,
        _THE_STORY_ON,
        _WE_THIS,
        _WE_THE,
        _WE_ARE,
        _A_PAPER_HAS,
    )
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The noun that names the text, the verb that says what became of it, and where the words for it end."""

    noun: str
    verb: str
    end: int

    @property
    def is_headline(self) -> bool:
        return "head" in self.noun or self.noun in {"hed", "title"}

    @property
    def is_gone(self) -> bool:
        return _GONE.match(self.verb) is not None and not self.is_headline

    @property
    def is_told_loosely(self) -> bool:
        return _LOOSE.match(self.verb) is not None and not self.is_headline

    @property
    def may_be_gone(self) -> bool:
        """Reports and posts are withdrawn and removed by others too; only who prints it retracts a story."""
        return self.verb.startswith("retract") or _OWN_STORY.search(self.noun) is not None


def read_subjects(text: str, start: int) -> list[Subject]:
    """Every reading of the words at this place as a text that was changed. Linear."""
    matches = (pattern.match(text, start) for pattern in _PATTERNS)
    return [Subject(found["noun"].lower(), found["verb"].lower(), found.end()) for found in matches if found]

"""Recognise a sentence that owns up to a fault of this text: "An earlier version of this article misstated …"."""

import re

from stories.text.note_grammar.changes import Statement, is_reported
from stories.text.note_grammar.kinds import kind_of_fault
from stories.text.note_grammar.words import EARLIER, ERROR, FEW_WORDS, HEADLINE, STORY, TEXT

_WHY = r"(?:(?:because\sof|due\sto|owing\sto|through)\s[^.:;,]{3,60},\s)?"
_VERSIONS = r"(?:versions?|editions?|drafts?|iterations?)"
_VERSION = re.compile(
    rf"{_WHY}(?P<in>in\s)?(?:(?:an?|the)\s(?:[\w-]{{1,14}}\s){{1,3}}?(?:in|on|of|with|to|for|accompanying)\s)?"
    rf"(?:(?:an?|the|some|our|one|two)\s)?(?:(?P<age>{EARLIER})(?:\sand\s{EARLIER})?"
    rf"\s(?:[\w-]{{1,14}}\s){{0,2}}?)?{_VERSIONS}\s(?:of|on|for|to|in)\s(?P<which>this|the|our)\s{FEW_WORDS}"
    rf"(?P<noun>{TEXT})\b(?!\s(?:\d|[IVX]+\b))(?:\s(?:of|on|for)\sthis\s{TEXT})?(?:'s\s(?:{HEADLINE}|title|caption))?"
    rf"(?:\sand\s(?:its\s|the\s|an?\s)?(?:{HEADLINE}|caption|title|graphic|map))?",
    re.IGNORECASE,
)
_VERSION_ALONE = re.compile(
    rf"{_WHY}(?:in\s)?(?:an?|the)\s{EARLIER}\s(?:[\w-]{{1,14}}\s){{0,1}}?version,?\s(?P<fault>{ERROR})\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    rf"(?:,?\s(?:published|posted|sent|that\s(?:was\spublished|appeared))\s[^;\n]{{0,60}}?)?"
    rf"(?:,\swhich\s[^.;]{{0,80}}?)?,?\s(?:(?:\w{{1,14}}ly|also|had|has)\s){{0,2}}(?:{ERROR}|said|stated|gave|reported"
    r"|referred|identified|described|listed|named|attributed|contained|included|omitted|suggested|implied|quoted|spelled"
    r"|spelt|cited|claimed|indicated|noted|called|characteri[sz]ed|overstated|understated|confused|conflated|transposed"
    r"|carried|showed|used|did\snot|didn't|corrected|failed|should|relied|asserted|credited|linked|mentioned|translated"
    r"|lacked|left\sout|neglected"
    r"|ha(?:s|ve|d)\s(?:since\s|now\s)?been|(?:was|were)\s(?:unclear|incorrect|inaccurate|wrong|updated|corrected|amended"
    r"|clarified|ambiguous|imprecise|missing|misleading))\b",
    re.IGNORECASE,
)
_OLD_HEADLINE = re.compile(
    rf"{_WHY}(?:(?:an?|the|our)\s)?"
    rf"(?:{EARLIER}\s(?:(?:print|online|web)\s)?{HEADLINE}(?:\s(?:of|on|for|to|above)\s(?:this|the)\s{FEW_WORDS}{TEXT})?"
    rf"|{HEADLINE}\s(?:of|on|for|to|in|above|accompanying|with)\s(?:an?|the|this|our)\s{EARLIER}\s{_VERSIONS}"
    rf"(?:\s(?:of|on)\s(?:this|the)\s{FEW_WORDS}{TEXT})?"
    rf"|{HEADLINE}\s(?:and|as\swell\sas)\s(?:an?|the)\s{EARLIER}\s{_VERSIONS}(?:\s(?:of|on)\sthis\s{FEW_WORDS}{TEXT})?"
    rf"|(?:{HEADLINE}|title)\s(?:of|on|for|to|above|accompanying|with)\sthis\s{FEW_WORDS}{TEXT}"
    rf"|this\s{FEW_WORDS}{TEXT}'s\s(?:{HEADLINE}|title)"
    rf"|(?:{EARLIER}\s)?title\s(?:of|on|for)\s(?:this|an?\s{EARLIER}\sversion\sof\sthis)\s{FEW_WORDS}{TEXT})"
    rf"(?:,?\s(?:published|posted)\s[^.;]{{0,60}}?)?",
    re.IGNORECASE,
)
_HEADLINE_SAYS = re.compile(
    r"\s(?:read|overstated|was\s(?:inaccurate|incorrect|wrong|misleading))\b", re.IGNORECASE
)
_BY_MISTAKE = re.compile(
    r"(?:because\sof|due\sto|owing\sto|as\sa\sresult\sof)\s(?:an?\s)?(?:\w{1,16}\s){0,2}?errors?,\s[^.]{0,80}?\b"
    rf"(?:this\s{FEW_WORDS}{TEXT}|(?:an?|the)\s{FEW_WORDS}(?:{STORY}|{HEADLINE}|caption|map|graphic|obituary))\b",
    re.IGNORECASE,
)
_THIS_SAID = re.compile(
    rf"this\s{FEW_WORDS}(?:{STORY}|headline|caption|obituary|review|interview|newsletter|explainer|graphic|map)"
    rf"(?:,[^.:;]{{0,60}}?,)?(?:\s(?:has|had))?"
    r"(?P<before>\s(?:had\s)?(?:originally|previously|initially|at\sfirst|earlier))?"
    r"(?P<fault>\s(?:incorrectly|erroneously|inaccurately|mistakenly|misstated|misidentified|misspelled|misspelt|misnamed"
    r"|misattributed|misquoted|mischaracteri[sz]ed)\b)?",
    re.IGNORECASE,
)
_IN_A_STORY = re.compile(
    r"in\s(?:(?:an?|its|our|some|several|two|three|various)\s)?(?:[\w.,'-]{1,20}\s){0,6}?(?:stor(?:y|ies)|articles?"
    r"|columns?|editorials?|obituar(?:y|ies)|captions?|headlines?|reports?|reviews?|profiles?|versions?|graphics?)\b",
    re.IGNORECASE,
)
_SHOULD_HAVE = (
    rf"(?:{STORY}|report|headline|caption|obituary|stories|articles|item|dispatch|graphic|map)\sshould\s(?:also\s)?have\s"
    r"(?:said|read|stated|made\s(?:it\s)?clear(?:er)?|noted|identified|specified|referred|attributed|described|named"
    r"|been\s(?:clear|attributed|described))\b"
)
_IT_SHOULD_HAVE = re.compile(
    rf"\b(?:the|that|those|its)\s{_SHOULD_HAVE}|\bit\sshould\shave\s(?:said|read|stated)\b", re.IGNORECASE
)
_STORY_SHOULD_HAVE = re.compile(rf"the\s(?!report)(?:\w+\s)?{_SHOULD_HAVE}", re.IGNORECASE)
_PUBLISHER = re.compile(
    r"\b(?:Associated\sPress|AP|Reuters|AFP|Bloomberg|Agence\sFrance-Presse|[Ww]e|(?:[Tt]his|[Tt]he)\snewspaper)\b"
)
_WE = re.compile(r",\s(?:we|it)\s", re.IGNORECASE)
_FAULT = re.compile(rf"\b{ERROR}\b", re.IGNORECASE)
_REACH = 1500
_NEAR = 160


def read_fault(text: str, start: int) -> Statement | None:
    """The statement at this place that an earlier state of this text was at fault.

    It names no time of its own: the day in "In a story May 6 about …" is the story's.

    Linear.
    """
    rest = text[start : start + _REACH]
    if not (_owns_an_old_version(rest) or _owns_a_headline(rest) or _owns_a_mistake(rest)):
        return None
    return Statement(kind_of_fault(rest), None, start)


def _owns_an_old_version(rest: str) -> bool:
    found = _VERSION.match(rest)
    if found is None:
        return _VERSION_ALONE.match(rest) is not None
    says = _SAYS.match(rest, found.end()) is not None
    names_fault = _FAULT.search(rest, found.end(), found.end() + _NEAR) is not None
    if found["age"] is None:
        return says and names_fault
    if found["in"]:
        return names_fault or _WE.match(rest, found.end()) is not None
    # Tales and bills have earlier versions too; "the" needs a fault that is named.
    if says and (found["which"].lower() != "the" or found["noun"].lower() == "headline"):
        return True
    return names_fault


def _owns_a_headline(rest: str) -> bool:
    found = _OLD_HEADLINE.match(rest)
    if found is None:
        return False
    return any(pattern.match(rest, found.end()) for pattern in (_SAYS, _HEADLINE_SAYS))


def _owns_a_mistake(rest: str) -> bool:
    said = _THIS_SAID.match(rest)
    if said and (said["fault"] or (said["before"] and _SAYS.match(rest, said.end()))):
        return True
    if _BY_MISTAKE.match(rest):
        return True
    if _STORY_SHOULD_HAVE.match(rest):
        return not is_reported(rest, 0)
    if not _IN_A_STORY.match(rest):
        return False
    return bool(_IT_SHOULD_HAVE.search(rest) or (_PUBLISHER.search(rest) and _FAULT.search(rest)))

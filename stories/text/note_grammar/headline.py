"""Whether a note says that the headline was changed."""

import re

from stories.text.note_grammar.words import EARLIER, HEADLINE

_TEXT = (
    r"(?:article|story|post|piece|report|column|page|item|review|essay|interview|live\s?blog|blog|feature)"
)
_CHANGED = (
    r"(?:updated|changed|corrected|amended|revised|clarified|modified|edited|altered|adjusted|tweaked|re-?written"
    r"|re-?worded|replaced|fixed|softened|toned\sdown|refiled|removed|withdrawn|retracted)"
)
_CHANGE = (
    r"(?:updat|chang|correct|amend|revis|clarif|modif|edit|alter|adjust|tweak|re-?writ|re-?word|replac|fix|remov|soften)"
    r"(?:e|es|ed|y|ies|ied|ing|ten|s|d|ion|ions|ication)?"
)
_SAID = (
    r"(?:misstated|mis\w{3,16}|incorrectly|wrongly|erroneously|inaccurately|mistakenly|said|stated|gave|overstated"
    r"|suggested|implied|read|referred|described|identified|named|should\shave|originally|initially|previously|omitted"
    r"|contained|included|used|attributed|understated|now\s(?:reads|says)|was\s(?:incorrect|inaccurate|wrong|misleading))"
)
_WRONG = r"(?:mis\w{4,16}|wrong(?:ly)?|incorrect(?:ly)?|erroneous(?:ly)?|inaccurate(?:ly)?|errors?|typos?|mistakes?)"
_ITS = r"(?:the|this|its|our|their)"
_NOT = (
    r"(?:(?:has|have|had|was|were|is|are)\s(?:not|never)|(?:hasn|haven|hadn|wasn|weren|isn|aren)'t"
    r"|did(?:\snot|n't)\s(?:change|contain|need|repeat))"
)
_OF_THIS = rf"(?:\s(?:of|on|for|to|above|in)\s(?:this|the|our)\s(?:\w+\s)?{_TEXT})?"
_CAMBIADO = r"(?:actualiz|cambi|correg|corrig|modific|rectific|aclar|suaviz)\w{1,8}"

# Headlines that are sung, counted or grabbed, and those that stayed as they were.
_ANOTHER_HEADLINE = (
    rf"\bsub-?{HEADLINE}\b",
    rf"\b{HEADLINE}(?:-|\s)(?:writ(?:er|ing)s?|acts?|news|rates?|inflation|figures?|numbers?|sponsors?|speakers?|slots?"
    r"|grabb\w+|mak(?:er|ing)s?|earnings|tours?|shows?|findings?|performers?|bands?|price|event|growth|profits?|loss(?:es)?)\b",
    rf"\b(?:made|make|makes|making|hit|grab(?:s|bed|bing)?|captured|seized)\s(?:the\s)?(?:\w+\s)?{HEADLINE}\b",
    rf"\b{HEADLINE}{_OF_THIS}\s{_NOT}\b",
    rf"\b(?:not|nor|except|neither|without\s\w+)\s(?:in\s)?(?:for\s)?{_ITS}\s(?:\w+\s)?{HEADLINE}\b",
    rf"\bno\s(?:changes?|corrections?|amendments?)\s[^.;]{{0,30}}{HEADLINE}\b",
    rf"\b(?:did|does|do|was|were)(?:\snot|n't)\s(?:affect|change|alter|appear\sin|touch)\s{_ITS}\s{HEADLINE}\b",
)
_CHANGED_HEADLINE = (
    rf"\b{HEADLINE}\b[^.;:]{{0,80}}?\b(?:has|have|had|was|were|is|being)\s(?:\w+\s){{0,3}}?{_CHANGED}\b",
    rf"\b{HEADLINE}\s(?:and\s\w+\s)?(?:{_CHANGED}|correction|clarification|change)\b",
    rf"\b{_CHANGE}\s(?:[\w',-]+\s){{0,8}}?(?:{_ITS}|in|and|or|new|to|of|'s|s'|{_TEXT}'s)\s(?:\w+\s)?{HEADLINE}\b",
    rf"\b{_CHANGE}\s(?:headline|hed)\b",
    rf"\bnew\s{HEADLINE}\b",
    rf"\b{EARLIER}\s(?:(?:print|online|web|published)\s)?(?:version\sof\s{_ITS}\s(?:\w+\s)?)?{HEADLINE}\b",
    rf"\b{HEADLINE}\s(?:of|on|for|to|in|above|accompanying|with|attached\sto)\s(?:an?|the|this|our)\s{EARLIER}\b",
    rf"\b{_ITS}\s{HEADLINE}\s(?:and|as\swell\sas)\s(?:an?|the)\s{EARLIER}\sversions?\b[^.;]{{0,40}}?\s{_SAID}\b",
    rf"\b(?:{_ITS}|{_TEXT}'s)\s{HEADLINE}{_OF_THIS}(?:\sand\s(?:\w+\s){{0,3}}?\w+)?\s{_SAID}\b",
    rf"\bin\s{_ITS}\s{HEADLINE}\b[^.;]{{0,80}}?\b{_WRONG}\b",
    rf"\ban?\s{HEADLINE}\s(?:of|on|for|to|above|in|with)\s(?:this|an?\s{EARLIER})\s(?:\w+\s)?{_TEXT}\s{_SAID}\b",
    rf"\b{_TEXT}\sand\s(?:its\s|the\s)?{HEADLINE}\s{_SAID}\b",
    rf"\b{_WRONG}\b[^.;]{{0,120}}?\b(?:in|and)\s(?:the|its|our)\s{HEADLINE}\b",
    rf"\b{HEADLINE}\b[^.;]{{0,40}}?\b(?:contained|had|carried|included)\s(?:an?\s)?(?:error|typo|mistake)",
)
# A mayor and a film have titles too: only that of "this story" counts.
_CHANGED_TITLE = (
    rf"\btitles?\s(?:of|on|for|to)\s(?:this|an?\s{EARLIER}\sversion\sof\s(?:this|the))\s(?:\w+\s)?{_TEXT}\b"
    rf"[^.;]{{0,40}}?\b(?:{_CHANGED}|{_SAID})\b",
    rf"\b{EARLIER}\stitle\s(?:of|on|for)\sthis\s{_TEXT}\b",
    rf"\b{_TEXT}(?:'s|\sand|,\sincluding)\s(?:(?:its|the)\s)?title\b[^.;]{{0,40}}?\b{_CHANGED}\b",
    rf"\b(?:the|this|its)\stitle(?:\sand\s(?:\w+\s){{0,3}}?\w+)?\s(?:has|have)\s(?:\w+\s)?been\s(?:\w+\s)?{_CHANGED}\b",
    rf"\b{_CHANGE}\sthe\stitle\sof\s(?:this|the|our)\s{_TEXT}\b",
    r"\bchanged?\s(?:the|its|our)\stitle\s(?:of\sthis|to\sreflect|from)\b",
)
_IN_SPANISH = (
    rf"\btitular(?:\sde\sest[ae]\s\w+)?\s(?:ha\ssido|fue|se\sha|se)\s{_CAMBIADO}",
    rf"\by\s(?:su|el)\stitular\s(?:han\ssido|fueron|se\shan|se)\s{_CAMBIADO}",
    rf"\b{_CAMBIADO}\s(?:\w+\sy\s)?(?:el|su)\stitular\b",
)

_OTHER = re.compile("|".join(_ANOTHER_HEADLINE), re.IGNORECASE)
_SAYS_SO = re.compile("|".join((*_CHANGED_HEADLINE, *_CHANGED_TITLE, *_IN_SPANISH)), re.IGNORECASE)


def says_headline_changed(note: str) -> bool:
    """True if the note owns to a change of the headline, or of the title of this very story.

    Linear.

    >>> says_headline_changed("This story and its headline have been updated.")
    True
    >>> says_headline_changed("The headline has not been changed.")
    False
    """
    return _SAYS_SO.search(_OTHER.sub("…", note)) is not None

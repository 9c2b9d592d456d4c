"""Pieces of pattern that several rooms of the grammar share: what a newspaper calls its texts, and its mistakes."""

import re

# What may be called "this …" and mean the very text that the note stands under.
TEXT = (
    r"(?:(?:news\s|feature\s|blog\s|opinion\s|live\s)?(?:article|story|post|piece|column|blog|liveblog)|report|headline"
    r"|review|essay|interview|obituary|profile|newsletter|explainer|page|item|dispatch|analysis|op-ed|feature|editorial"
    r"|(?:photo\s|picture\s)?caption|graphic|chart|map|podcast|transcript|timeline|q&a|fact\scheck|footnote|web\spage"
    r"|list|guide|quiz|recipe|entry|bulletin|summary|standfirst|subheading|gallery|version|commentary|tracker)"
)
STORY = r"(?:article|story|post|piece|column)"
HEADLINE = r"(?:headlines?|hed)"
EARLIER = r"(?:earlier|previous|prior|original|initial|past|first|former|older|old)"
ERROR = (
    r"(?:incorrect(?:ly)?|inaccura(?:te|tely|cy|cies)|erroneous(?:ly)?|wrong(?:ly)?|mistaken(?:ly)?|in\serror|errors?"
    r"|mistakes?|typos?|mis(?:stat|spel|identif|quot|character|attribut|report|nam|represent|label|translat|calculat"
    r"|spoke|print|gender|dat|plac|inform|led|lead|cited|captioned|described|pronounc|understood)\w{0,8})"
)
# Up to four words between "this" and the noun: "this May 6 story", "this developing news story".
FEW_WORDS = r"(?:(?!(?:has|have|was|were|is|are|of|that)\b)[\w.,'-]{1,16}\s){0,4}?"
_OURS_IN_SPANISH = re.compile(
    r"(?:correc|rectifica|actualiza|aclara|retracta)ci|(?:corregi|publica|actualiza|modifica)d[oa]|fecha|nota\b|fe\sde",
    re.IGNORECASE,
)


def is_spanish(words: str) -> bool:
    """Are the words in front of a time Spanish, so that strokes have the day first, whatever the zone? Linear."""
    return _OURS_IN_SPANISH.search(words) is not None

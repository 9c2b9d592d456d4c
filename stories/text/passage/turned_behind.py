"""Whether what follows a passage at once turns round what it says, as the “nicht” of German does."""

from __future__ import annotations

import re

from stories.text.language.boundaries import begins_sentence
from stories.text.language.characters import INVISIBLE, MARKS, QUOTES
from stories.text.passage.printed import begins_as_sentence

_LEAST_WORDS = 3
_WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_WORD = re.compile(rf"[^\W\d_][\w{MARKS}]*")
_IN_FRONT = (
    rf"(?:\s?\[(?:\d{{1,3}}|[a-z])\]|[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡]){{0,4}}[{INVISIBLE}]{{0,2}}(?!\s?\n\s?\n)\s{{1,3}}(?:(?<!\n)[{INVISIBLE}]{{1,2}})?"
    rf"(?P<mark>[{QUOTES}\"'])?"
)
_CLOSED = rf"(?(mark)[{QUOTES}\"']?)"
_END_OF_CLAUSE = (
    r"\s?(?:[.,;:!?…)\]–—⁰¹²³⁴⁵⁶⁷⁸⁹*†‡]|\[(?:\d{1,3}|[a-z])\])|[\"'“”‘’«»‹›]|\s-|[^\S\n]{0,3}(?:\n|$)"
    r"|\s(?:und(?! (?:zu|an)\b)|oder|aber|weil|da|denn|obwohl|nachdem|en(?! toe\b)|of|maar|want|omdat)\b"
)
_NEGATIONS = ("nicht", "niemals", "niet", "nooit", "inte", "icke", "ikke", "ikkje", "aldrig", "aldri")
# With what is not seen inside of them.
_NOT = "|".join("[\u00ad\u200b]?".join(word) for word in _NEGATIONS)
_NOT_IN_CAPITALS = "|".join(word.upper() for word in _NEGATIONS)
# “Not only”, “not far from”, “not least”, “not without” and “not unexpectedly” deny nothing of what stands in front,
# nor do the taxes that were not paid.
_HARMLESS = (
    r"(?:nur|bloß|allein|zuletzt|selten|weit|fern|ohne|wenige?[nr]?|alleen|enkel|slechts|zonder|ver|zelden|weinig"
    r"|bara|endast|enbart|minst|sällan|långt|utan|desto|bare|kun|alene|blot|mindst|sjelden|sjældent|langt|uten|uden)\b"
    r"|(?:un(?:erheblich|wesentlich|beträchtlich|bedeutend|erwartet|begründet)"
    r"|on(?:verwacht|aanzienlijk|belangrijk|beduidend|terecht)|o(?:vänta[dt]|väsentlig|ansenlig|betydlig)"
    r"|u(?:vente[dt]|væsentlig|vesentlig|betydelig))\w{0,3}\b"
    r"|\w{0,8}ge\w{2,15}(?:t|en)e[nrsm]? [A-ZÄÖÜ]"
)
# That may stand before the negation.
_ADVERB = (
    "noch|auch|gar|doch|derzeit|vorerst|vorläufig|zunächst|bislang|bisher|momentan|weiterhin|künftig"
    "|nog|ook|voorlopig|vooralsnog|momenteel|ännu|heller|foreløbig|foreløpig"
)
# What stands apart from its verb.
_PARTICLE = (
    r"(?:ab|an|auf|aus|bei|ein|fort|los|mit|nach|statt|teil|um|vor|weg|weiter|zu|zurück|zusammen"
    r"|aan|af|door|in|op|over|terug|uit)"
)
# The port is sold, where it is sold “not to Holm, but to Beck”. Behind “sondern” stands nothing else, unless half of
# the verb alone is in front; the others are any “but”, unless the first word comes again.
_BUT = (
    rf"(?:(?:, (?:weil|um|damit|wenn)\b|(?!{_PARTICLE},)\w)[^.!?;\n]{{0,100}}, sondern\b"
    r"|(?:, (?=(?:omdat|opdat|om|därför|eftersom|fordi|för att|for at|for å)\b)| ?)"
    r"(?P<first>\w{1,15}) [^.!?;\n]{1,80}, (?:maar|utan|men) (?:wel )?(?P=first)\b)"
)
# On a line of its own, “NICHT” begins something else: “NICHT VERPASSEN”.
_DENIED = re.compile(
    rf"{_IN_FRONT}(?:(?:{_ADVERB})\s)?"
    rf"(?:(?:{_NOT}|(?<![\n{QUOTES}\"'])(?:{_NOT_IN_CAPITALS}))(?![{INVISIBLE}]{{0,2}}(?:[^\W⁰¹²³⁴⁵⁶⁷⁸⁹]|-))(?!\s(?:{_HARMLESS}))"
    r"(?:\s(?:mehr|meer|länger|langer|längre|lenger)\b)?"
    rf"(?!\s?{_BUT})|(?:değil(?:dir|di|miş)?|DEĞİL)(?={_END_OF_CLAUSE}|\s\()){_CLOSED}"
)
# Behind the negation: “lehnt den Verkauf nicht ab”.
_HALF = re.compile(rf"\s{_PARTICLE}(?={_END_OF_CLAUSE})")


def turned_behind(text: str, start: int, end: int, *, passage: str, suffix: str = "") -> int | None:
    """Where the words end that follow a passage at once and turn round the sentence that it begins. Constant.

    None if nothing does. In several languages the negation stands there. “Not only”, and “not to one, but to another”,
    turn nothing round; neither does what stood there when the passage was cited (`suffix`).

    >>> text = "Sie verkauft den Hafen nicht."
    >>> turned_behind(text, 0, 22, passage="Sie verkauft den Hafen")
    28
    """
    if not begins_as_sentence(passage):
        return None
    if not (begins_sentence(text, start) or text[start : start + 1].islower()):
        return None
    following = _DENIED.match(text, end)
    if following is None or len(_WORD.findall(passage)) < _LEAST_WORDS:
        return None
    told = _words(following[0])
    if _words(suffix)[: len(told)] == told:
        return None
    half = _HALF.match(text, following.end())
    return half.end() if half else following.end()


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text.translate(_WITHOUT_INVISIBLE))]

"""Whether what follows a passage at once turns round what it says, as the “nicht” of German does."""

from __future__ import annotations

import re

from stories.text.language.boundaries import begins_sentence
from stories.text.language.characters import INVISIBLE, MARKS, QUOTES
from stories.text.language.word_lists import words_in
from stories.text.passage.printed import begins_as_sentence

_LEAST_WORDS = 3
_LONGEST_CLAUSE = 160
_MARK = re.compile(r"[,;:.!?\n]")
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
_PREPOSITIONS = (
    r"(?:abseits|am|an|außerhalb|bei|bis|durch|für|gegen|hinter|im|in|innerhalb|mit|nach|neben|ohne|rund|seit|um|unter|von|vom|vor|wegen"
    r"|zu|zum|zur|zwischen|ab|auf|aus|davon|ein|über|aan|achter|bij|binnen|boven|buiten|langs|naar|naast|neer|om|onder|op"
    r"|rond|rondom|tegen|tussen|uit|van|voor)\b"
)
# That may stand before the negation.
_ADVERB = (
    "noch|auch|gar|doch|derzeit|vorerst|vorläufig|zunächst|bislang|bisher|momentan|weiterhin|künftig"
    "|nog|ook|voorlopig|vooralsnog|momenteel|ännu|heller|foreløbig|foreløpig"
)
# What stands apart from its verb; some of these are prepositions, too: “nicht vor, sondern nach der Wahl”.
_PARTICLE = (
    r"(?:(?:ein|fort|los|statt|teil|weg|weiter|zurück|zusammen), sondern\b"
    rf"|(?:ab|an|auf|aus|bei|mit|nach|um|vor|zu), sondern\b(?! {_PREPOSITIONS}))"
)
# The port is sold, where it is sold “not to Holm, but to Beck”. Behind “sondern” stands nothing else, unless half of
# the verb alone is in front; the others are any “but”, unless the first word comes again.
_BUT = (
    rf"(?:(?:, (?:weil|um|damit|wenn)\b|(?!{_PARTICLE})\w)[^.!?;\n]{{0,100}}, sondern\b"
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
# Without these, at the end of a clause, verbs of German and Dutch say the opposite.
_REVERSING = {
    "ab": words_in(
        "lehnt lehnen lehnte lehnten sagt sagen sagte sagten weist weisen wies wiesen bricht brechen brach brachen "
        "schafft schaffen schaffte schafften bläst blasen blies bliesen streitet streiten stritt stritten sieht sehen "
        "sah sahen rät raten riet rieten"
    ),
    "auf": words_in(
        "gibt geben gab gaben hört hören hörte hörten hebt heben hob hoben löst lösen löste lösten schiebt schieben "
        "schob schoben"
    ),
    "aus": words_in(
        "schließt schließen schliesst schliessen schloss schlossen schlägt schlagen schlug schlugen setzt setzen "
        "setzte setzten"
    ),
    "ein": words_in("stellt stellen stellte stellten"),
    "zurück": words_in("weist weisen wies wiesen nimmt nehmen nahm nahmen"),
    "af": words_in(
        "wijst wijzen wees wezen zegt zeggen zei zeiden keurt keuren keurde keurden schaft schaffen schafte schaften "
        "blaast blazen blies bliezen breekt breken brak braken ziet zien zag zagen"
    ),
    "in": words_in("trekt trekken trok trokken"),
    "op": words_in("geeft geven gaf gaven heft heffen hief hieven schort schorten schortte schortten"),
    "terug": words_in("neemt nemen nam namen draait draaien draaide draaiden"),
    "uit": words_in("sluit sluiten sloot sloten stelt stellen stelde stelden"),
}
# Most of them are prepositions, too: in front of a bracket, and of another one (“auf und neben der Bühne”).
_BESIDE_ANOTHER = rf"(?:,\s{_PREPOSITIONS})?\s(?:und|oder|en|of)\s{_PREPOSITIONS}"
_HALF_OF_REVERSING = (
    r"(?P<particle>(?:ab|zurück|af|terug)(?=\s\()"
    rf"|(?!(?:auf|aus|in|op|uit){_BESIDE_ANOTHER})(?:{'|'.join(_REVERSING)})(?={_END_OF_CLAUSE}))"
)
_PARTED = re.compile(rf"{_IN_FRONT}{_HALF_OF_REVERSING}{_CLOSED}")
_HALF_LEFT_OUT = re.compile(rf"(?<!\w){_HALF_OF_REVERSING}")
# Behind the negation: “lehnt den Verkauf nicht ab”.
_HALF = re.compile(
    rf"\s(?:{'|'.join(_REVERSING)}|an|bei|fort|los|mit|nach|statt|teil|um|vor|weg|weiter|zu|zusammen|aan|door|over)"
    rf"(?={_END_OF_CLAUSE})"
)


def turned_behind(text: str, start: int, end: int, *, passage: str, suffix: str = "") -> int | None:
    """Where the words end that follow a passage at once and turn round the sentence that it begins. Constant.

    None if nothing does. In several languages the negation stands there, and in German and Dutch half of the verb,
    which counts for some forty verbs, such as “lehnt … ab”. “Not only”, and “not to one, but to another”, turn
    nothing round; neither does what stood there when the passage was cited (`suffix`).

    >>> text = "Sie verkauft den Hafen nicht."
    >>> turned_behind(text, 0, 22, passage="Sie verkauft den Hafen")
    28
    """
    if not begins_as_sentence(passage):
        return None
    if not (begins_sentence(text, start) or text[start : start + 1].islower()):
        return None
    following = _DENIED.match(text, end) or _parted(text, start, end)
    if following is None or len(_WORD.findall(passage)) < _LEAST_WORDS:
        return None
    told = _words(following[0])
    if _words(suffix)[: len(told)] == told:
        return None
    half = _HALF.match(text, following.end())
    return half.end() if half else following.end()


def _parted(text: str, start: int, end: int) -> re.Match[str] | None:
    """The other half of a verb of the clause that ends at `end`, if it reverses what the first half says."""
    particle = _PARTED.match(text, end)
    if particle is None:
        return None
    clause = _MARK.split(text[max(start, end - _LONGEST_CLAUSE) : end])[-1]
    # As written, for “Schloss” and “Wiesen” are nouns.
    return None if _REVERSING[particle["particle"]].isdisjoint(_WORD.findall(clause)) else particle


def leaves_out_half(text: str, start: int, end: int) -> bool:
    """Has what is left out between two places the other half of a reversing verb of the clause that it goes on with?

    So has “hebt die Gebühr … im Mai”, where “zum Jahresende auf, und das” is left out. Constant: of what is left out
    the first 160 characters count.
    """
    end = min(end, start + _LONGEST_CLAUSE)
    for particle in _HALF_LEFT_OUT.finditer(text, start, end + _LONGEST_CLAUSE):
        if particle.end() > end or _MARK.search(text, start, particle.start()):
            return False
        clause = _MARK.split(text[max(0, start - _LONGEST_CLAUSE) : start])[-1]
        if not _REVERSING[particle["particle"]].isdisjoint(_WORD.findall(clause)):
            return True
    return False


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text.translate(_WITHOUT_INVISIBLE))]

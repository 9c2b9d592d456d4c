"""Whether what stands in front of a passage that calls itself a sentence, or a condition, says otherwise of it."""

from __future__ import annotations

import re

from stories.text.language.boundaries import begins_sentence, sentence_around
from stories.text.language.characters import MARKS, QUOTES
from stories.text.language.composed import composed
from stories.text.language.negations import GERMAN, HEDGES, LIMITS
from stories.text.language.word_lists import words_in
from stories.text.passage.printed import CLOSING, begins_as_sentence, ends_as_sentence
from stories.text.passage.stand_ins import near_by, negates_in_print, reverses_what_follows

_FARTHEST = 40
_FARTHEST_CLAUSE = 160
_MOST_WORDS_OF_SHARE = 4
_WORD = re.compile(rf"[^\W\d_][\w{MARKS}]*(?:['’\-][\w{MARKS}]+)*")
# The “only” of “read-only”, or the “no” of an address, says nothing of what follows.
_WORD_IN_FRONT = re.compile(rf"(?<![\w{MARKS}\-‐‑./@])([^\W\d_][\w{MARKS}]*)(?P<gap>[ \xa0\n]{{1,3}})$")
# They belong to the figure that a passage begins with, where the sentence begins with them.
_HOW_MANY = re.compile(
    r"(?<!\w)(?:(?:no|not|only|just|well|far|nicht|nur|weit|pas|non|não|niet|nie|не|только)\s)?"
    r"(?:(?:fewer|less|more)\sthan|up\sto|at\s(?:most|least)|about|around|roughly|over|under|some"
    r"|just|an\sestimated|as\s(?:few|many)\sas"
    r"|(?:mehr|weniger)\sals|bis\szu|mindestens|höchstens|etwa|rund|knapp|über|unter"
    r"|(?:plus|moins|près)\sde|jusqu['’]à|au\s(?:moins|plus)|environ|(?:más|menos|cerca|mais)\sde|al\smenos|hasta"
    r"|pelo\smenos|até|(?:più|meno)\sdi|almeno|fino\sa|circa|(?:meer|minder)\sdan|minstens|hooguit|ongeveer|tot"
    r"|(?:mniej|więcej)\sniż|co\snaj(?:mni|wyż)ej|ponad|około|(?:более|менее)|свыше|около|до"
    r"|(?:أقل|أكثر)\sمن|حوالي|نحو)(?P<gap>[ \xa0\n]{1,3})$",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|half|hundreds|thousands|millions"
    r"|(?:(?:die|la|de|a)\s)?(?:hälfte|moitié|mitad|metà|metade|helft)|połowa|половина)\b",
    re.IGNORECASE,
)
# In front of a sentence these leave nothing of what it says by itself.
_TURNING = words_in(
    "no not never nor neither hardly barely scarcely seldom rarely nearly almost only except unless nicht kein keine "
    "nie fast kaum nur pas jamais presque seul seule seuls seules seulement nunca jamás casi solo sólo solamente non "
    "mai quasi soltanto não quase só somente apenas niet nooit bijna alleen slechts inte ikke nästan næsten nesten ei "
    "eivät nem soha nu nuk не ни вряд навряд ли едва лишь только почти nie ledwie tylko prawie ne nikdy δεν μόνο "
    "σχεδόν לא אין רק כמעט لا لم لن ليس ليست değil tidak bukan không chưa नहीं न लगभग केवल सिर्फ सिर्फ़ yalnızca "
    "sadece neredeyse csak majdnem pouze téměř hanya hampir chỉ"
)
# "In May," is no doubt.
_DOUBTS = HEDGES - {"may", "might"}
# These tell how much of what the sentence names it is about.
_HOW_MUCH = (_DOUBTS | LIMITS | _TURNING) - {"but", "mai", "solo", "fast"} | words_in(
    "most some many several half twice einige manche viele mehrere quelques plusieurs certains certaines algunos "
    "algunas muchos muchas varios varias alcuni alcune molti molte alguns algumas muitos muitas sommige veel "
    "некоторые многие большинство"
)
# Adjectives, in whatever form, that stand in front of whoever is said to have done it.
_ALLEGED = re.compile(
    "alleged$|suspected$|mutmaßlich|angeblich|vermeintlich|vermeende?|présumé|presunt|supuest|supost|domnieman|rzekom"
    "|предполагаем"
)
_CONDITIONS = words_in(
    "if unless should wenn falls sofern si sauf se indien mits hvis jos если αν ha jeśli jeżeli eğer यदि अगर إذا لو"
)
_CONDITIONS_BEHIND = words_in(
    "if unless provided assuming except wenn falls sofern si sauf salvo indien mits eğer если αν"
)
_LEADING_TO_CONDITION = words_in("and but only so")
_BEHIND = re.compile(rf"[ \xa0,–—]*(?:but )?(?:only )?([^\W\d_][\w{MARKS}]{{0,15}})")
_ITALIAN = re.compile(r"\b(?:gli|dell[aeo]|nell[aeo]|degli|che|è)\b")
# What else they are elsewhere: a month, a river's falls, a country, "one" and "has" at the beginning of a sentence.
_ONLY_AMONG = {
    "falls": re.compile(GERMAN),
    "fast": re.compile(GERMAN),
    "mai": _ITALIAN,
    "solo": re.compile(rf"{_ITALIAN.pattern}|\b(?:los|las|el)\b"),
    "si": re.compile(r"^(?!.*\b(?:è|gli|dell[aeo]|il)\b).*\b(?:les|des|est|une|el|los|las)\b", re.DOTALL),
    "se": re.compile("[ãõ]|ção"),
    "ha": re.compile("[őű]"),
    "indien": re.compile(r"\b(?:het|een|van|niet)\b"),
}
_NOT_AMONG = {"no": re.compile(r"[ãõ]|(?<!')\bem\b|\b(?:uma|ontem|hoje|às|aos|pel[oa])\b")}
_COMMAS = (",", "，", "、", "،")
# Its sentence goes on in the next one.
_BROKEN_LINE = re.compile(rf"[\w{MARKS},][ \t\xa0]{{0,3}}\r?\n[ \t\xa0]{{0,8}}$")
_UNSPACED_CONDITION = re.compile("^(?:如果|若|除非|假如|倘若|只要|もし)|(?:ば|なら|たら|限り)、$")
_UNSPACED_HOW_MUCH = re.compile(
    "(?:部分|[大多少][数數]|半[数數]|一半|所有|全部|[据據](?:[称稱说說传傳报報])|疑似|涉嫌|所[谓謂]|可能)的?$"
    "|(?:只有|[仅僅]有?)$"
)
# In front of what is no figure it is “the largest”.
_UNSPACED_ABOUT = re.compile("(?:最[多大少]|至[多少]|不[到足]|[多少][于於]|超[过過]|少なくとも|多くとも)$")
_UNSPACED_FIGURE = re.compile(r"[\d一二两兩三四五六七八九十百千万萬亿億数數几幾半]")
_LONGEST_ABOUT = 5
# Who says that it is not so, does not vouch for it, or that nothing and nobody does; not that nobody said or knew it.
_NOT_TRUE = re.compile(
    r"\b(?:(?<!ne )nie(?:nt)? que|(?:not|\w{2,6}n['’]t) (?:true|so|right|correct|the case) that"
    r"|nicht (?:wahr|richtig),? da(?:ss|ß)"
    r"|pas (?:vrai|exact) que|no es (?:cierto|verdad) que|non è vero che|não é verdade que|niet waar dat"
    r"|(?:inte sant|ikke sand?t),? at?t|не ?(?:правда|верно|значит),? что|не ?правда,? що"
    r"|nie ?(?:jest )?prawd[aą],? że|není pravda,? že"
    r"|(?:(?:can)?not|\w{2,6}n['’]t) (?:guarantee|promise|warrant|ensure) that"
    r"|garant\w{2,9} (?:nicht,? dass|pas que|niet dat)"
    r"|n(?:o|on|ão) garant\w{2,9} (?:que|che)"
    r"|(?:no|n['’]t any) (?:proof|evidence|sign|indication) that|(?:nobody|no one) (?:thinks|believes)(?: that)?"
    r"|keine? (?:beweise?|belege?|anzeichen|hinweise?)(?: dafür)?,? da(?:ss|ß)|niemand (?:glaubt|denkt),? da(?:ss|ß)"
    r"|(?:aucune|pas de) preuve que|personne ne (?:croit|pense) que|no hay pruebas de que|nadie (?:cree|piensa) que"
    r"|non ci sono prove che|nessuno (?:crede|pensa) che|não há provas de que|ninguém (?:acredita|pensa) que"
    r"|geen bewijs dat|niemand (?:gelooft|denkt) dat|нет доказательств,? что|никто не (?:верит|думает),? что)$"
)
# "[T]he" and "… the" tell that it stands amid a sentence.
_OPENLY_AMID = re.compile(rf"[{QUOTES}'\"]{{0,3}}(?:\[\w\]\w|[\[(]?(?:…|\.\.\.))")
# In several languages a comma stands in front of each “that”.
_END_OF_CLAUSE = re.compile(
    r"(?!,\s(?:dass|daß|at|að|ett[äå]|что|що|че|że|že|da|hogy|că)\s*$)[,;:()“”«»„\"—–]"
)
_NOTHING_SAID = re.compile(r"^\W+")
_GAP = re.compile(r"\s+")
_OPENING = QUOTES + "\"' "
_OPENER = re.compile(r"[^,;:.!?\n]+, ?")
_LONGEST_OPENER = 60
_ELLIPSES = ("…", "...", "[…", "[...", "(…", "(...")
# Whoever quotes "boats may moor" from "all boats may moor" says no more than the page does.
_OF = words_in(
    "of the them us any all every each alle jeder tous toutes todos todas tutti tutte wszystkie все "
    "der die des de la les le los las del "
    "dei degli delle di d van из"
)
_LINKED = words_in(
    "that think thinks thought believe believes believed say says said claim claims claimed mean means meant "
    "que qu che dass daß dat att at að että что що че że že hogy că ότι πως"
)


def turned_in_front(text: str, start: int, *, passage: str, prefix: str = "") -> int | None:
    """Where words before `start` begin that turn what the passage, a whole sentence, says into something else.

    None if none do. A capital may be the reporter's, who leaves out how a sentence begins; but not its "not", nor
    "fewer than" in front of its figure, nor its "if", nor that somebody says it is not so (not: that nobody said so).
    What stood there when it was cited (`prefix`) may. Looks at the 160 characters before.

    >>> turned_in_front("Not every boat may moor.", 4, passage="Every boat may moor.")
    0
    >>> turned_in_front("If the sea is calm, boats may moor.", 20, passage="Boats may moor.")
    0
    """
    if not _calls_itself_a_sentence(text, start, passage):
        return None
    if _stood_there(text, start, prefix):
        return None
    near = near_by(text, start)
    if _FIGURE.match(text, start):
        about = _HOW_MANY.search(text, max(0, start - _FARTHEST), start)
        if about and _begins_clause(text, about.start()) and _is_of(text, about):
            return about.start()
    if _UNSPACED_FIGURE.match(text, start):
        about = _UNSPACED_ABOUT.search(text, max(0, start - _LONGEST_ABOUT), start)
        if about:
            return about.start()
    before = _WORD_IN_FRONT.search(text, max(0, start - _FARTHEST), start)
    if before is not None and _is_among(_key(before[1]), _TURNING, near=near) and _is_of(text, before):
        return before.start(1)
    if begins_sentence(text, start) and not _goes_on(text, start):
        return None
    begin = _begin_of_lead(text, start)
    lead = text[begin:start].rstrip()
    # The words that are denied may be in quotation marks.
    unquoted = lead.rstrip(_OPENING)
    clause = _NOTHING_SAID.sub("", _END_OF_CLAUSE.split(unquoted)[-1])
    if _denies(clause, near):
        return begin + len(unquoted) - len(clause)
    if _OPENLY_AMID.match(passage):
        return None
    # “Whether to” asks for no statement.
    is_asked = lead.endswith("whether") and not text.startswith("to ", start)
    return begin if is_asked or _turns(lead, near) else None


def _begins_clause(text: str, start: int) -> bool:
    """Does a sentence begin there, or go on behind one short opener: “According to police, fewer than”?"""
    if begins_sentence(text, start):
        return True
    begin, _ = sentence_around(text, start, start)
    return start - begin <= _LONGEST_OPENER and _OPENER.fullmatch(text, begin, start) is not None


def _is_of(text: str, word: re.Match[str]) -> bool:
    """Does the word in front belong to the sentence of what follows, rather than to a heading or a cell above it?

    Behind the end of a line so it does where a small letter follows, or where it begins a sentence amid its line; not
    behind a colon, as in “Open: No”.
    """
    if "\n" not in word["gap"]:
        return True
    if word["gap"].count("\n") > 1:
        return False
    line = text.rfind("\n", 0, word.start()) + 1
    lead = text[line : word.start()].strip()
    is_amid = bool(lead) and not lead.endswith(":") and begins_sentence(text, word.start())
    return is_amid or text[word.end() : word.end() + 1].islower()


def _begin_of_lead(text: str, start: int) -> int:
    """Of the sentence, over the ends of the lines that it goes on behind, or of a word not too far in front."""
    farthest = max(0, start - _FARTHEST_CLAUSE)
    line, _ = sentence_around(text, start, start)
    begin = line
    while begin > farthest and _goes_on(text, begin):
        begin, _ = sentence_around(text, begin - 1, begin - 1)
    if begin >= farthest:
        # Lines that all begin with a small letter are items of a list, each for itself.
        return line if text[begin : begin + 1].islower() else begin
    gap = _GAP.search(text, farthest, start)
    return gap.end() if gap else farthest


def _goes_on(text: str, start: int) -> bool:
    """Does a sentence go on at `start`, behind the end of a line?"""
    return text[start : start + 1].islower() and bool(_BROKEN_LINE.search(text, max(0, start - 16), start))


def _calls_itself_a_sentence(text: str, start: int, passage: str) -> bool:
    """By its first letter, which scripts without capitals do not have, and its last mark, or by an ellipsis first."""
    if passage.lstrip(CLOSING + "“‘ ").startswith(_ELLIPSES):
        return True
    if not begins_as_sentence(passage):
        return False
    bare = passage.rstrip(CLOSING + " \n")
    if ends_as_sentence(passage) or (bare.endswith(",") and bare != passage.rstrip()):
        return True
    return text[start : start + 1].islower()


def _key(word: str) -> str:
    return composed(word).lower()


def _is_among(word: str, words: frozenset[str], *, near: str) -> bool:
    """Is it one of the words, and not another one in the language of the text `near` it?"""
    if word not in words or (word in _ONLY_AMONG and not _ONLY_AMONG[word].search(near)):
        return False
    return word not in _NOT_AMONG or not _NOT_AMONG[word].search(near)


def _stood_there(text: str, start: int, prefix: str) -> bool:
    told = " ".join(prefix[-_FARTHEST:].split())
    return bool(told) and " ".join(text[max(0, start - _FARTHEST) : start].split()).endswith(
        told[-_FARTHEST // 2 :]
    )


def _turns(lead: str, near: str) -> bool:
    """Does what leads up to the passage in its sentence limit it, doubt it or make it depend on something?"""
    if _UNSPACED_HOW_MUCH.search(lead):
        return True
    words = [_key(word) for word in _WORD.findall(lead)]
    if not words:
        return False
    if lead.endswith(_COMMAS):
        if len(words) <= 2 and words[-1] in _DOUBTS:
            return True
        first = next((word for word in words[:3] if word not in _LEADING_TO_CONDITION), "")
        return _is_among(first, _CONDITIONS, near=near) or _UNSPACED_CONDITION.search(lead) is not None
    return _is_share(words, near)


def _is_share(words: list[str], near: str) -> bool:
    """Does all that leads up to the passage tell of how many it is true: “most”, “half of the”, “none of them”?"""
    limiting = [word in _HOW_MUCH or _ALLEGED.match(word) is not None for word in words]
    if all(limits or word in _OF for limits, word in zip(limiting, words, strict=True)):
        return any(limiting)
    of = next((place for place, word in enumerate(words[:3]) if word in _OF), 0)
    is_short = len(words) <= _MOST_WORDS_OF_SHARE and words[-1] not in _LINKED
    share = words[:of] if is_short else []
    return any(word in LIMITS or negates_in_print(word, near=near) for word in share)


def _denies(clause: str, near: str) -> bool:
    """Does it say of what follows its “that” that it is not so: “denied that”, “it is not true that”?

    Whether that is so which nobody said, knew or doubted is left to the reader.
    """
    words = _WORD.findall(clause)
    if not words or _key(words[-1]) not in _LINKED:
        return False
    if _NOT_TRUE.search(_key(clause).rstrip()):
        return True
    return reverses_what_follows(clause, 0, len(clause)) and not negates_in_print(clause, near=near)


def depends_on_more(text: str, end: int) -> bool:
    """Does a condition follow what ends at `end`, so that it is not said without it? Constant.

    >>> depends_on_more("We pay, if the court agrees.", 6)
    True
    """
    following = _BEHIND.match(text, end, end + _FARTHEST)
    return following is not None and _is_among(
        _key(following[1]), _CONDITIONS_BEHIND, near=near_by(text, end)
    )

"""The words that carry facts: numbers, units, dates, negations, how certain; and those that sentences open with."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from stories.text.language.word_lists import words_in

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TENS_IN_ORDER = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS_IN_ORDER = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_MONTHS = "january february march april may june july august september october november december"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"

_SMALL = {word: value for value, word in enumerate(_ONES.split())}
_TENS = {word: 10 * value for value, word in enumerate(_TENS_IN_ORDER.split(), start=2)}
_ORDINALS = {word: value for value, word in enumerate(_ORDINALS_IN_ORDER.split(), start=1)}
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_OTHERS = {
    "half": "1/2",
    "halves": "1/2",
    "quarter": "1/4",
    "quarters": "1/4",
    "dozen": "12",
    "dozens": "dozens",
    "hundreds": "hundreds",
    "thousands": "thousands",
    "millions": "millions",
    "billions": "billions",
    "once": "once",
    "twice": "2 times",
    "double": "2 times",
    "doubled": "2 times",
    "triple": "3 times",
    "tripled": "3 times",
}
_WORDS = _SMALL | _TENS | _SCALES
#: A longer number is a name of something, and no quantity; it would also be rounded.
_MOST_DIGITS = 20
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")

UNITS = {
    alias: canonical
    for canonical, aliases in {
        "%": "% percent pct per-cent",
        "points": "point points",
        "$": "$ dollar dollars",
        "€": "€ euro euros",
        "£": "£ pound pounds",
        "¥": "¥ yen",
        "cents": "cent cents",
        "°": "° degree degrees",
        "mm": "mm millimetre millimetres millimeter millimeters",
        "cm": "cm centimetre centimetres centimeter centimeters",
        "m": "m metre metres meter meters",
        "km": "km kilometre kilometres kilometer kilometers",
        "in": "inch inches",
        "ft": "ft foot feet",
        "yd": "yard yards",
        "mi": "mi mile miles",
        "g": "g gram grams",
        "kg": "kg kilo kilos kilogram kilograms",
        "lb": "lb lbs",
        "t": "ton tons tonne tonnes",
        "l": "litre litres liter liters",
        "ha": "ha hectare hectares",
        "acres": "acre acres",
        "kw": "kw",
        "mw": "mw megawatt megawatts",
        "gw": "gw gigawatt gigawatts",
        "kb": "kb kilobyte kilobytes",
        "mb": "mb megabyte megabytes",
        "gb": "gb gigabyte gigabytes",
        "tb": "tb terabyte terabytes",
        "seconds": "second seconds",
        "minutes": "minute minutes",
        "hours": "hour hours",
        "days": "day days",
        "weeks": "week weeks",
        "months": "month months",
        "years": "year years",
        "decades": "decade decades",
        "centuries": "century centuries",
        "am": "am a.m",
        "pm": "pm p.m",
        "times": "times",
        "mph": "mph",
    }.items()
    for alias in aliases.split()
}

#: Dates that are written small.
RELATIVE_DAYS = words_in("yesterday today tonight tomorrow")
DATES = {
    alias: name[:3]
    for name in f"{_MONTHS} {_WEEKDAYS}".split()
    for alias in (name, name[:3], name[:4])
    if alias != "mar" or name == "march"
} | {day: day for day in RELATIVE_DAYS}

NEGATIONS = {
    "not": "not",
    "cannot": "not",
    **{
        word: word
        for word in words_in(
            "no never none nobody nothing nowhere neither nor without hardly barely scarcely unable"
        )
    },
}
#: "Not" however its apostrophe is forgotten or misplaced.
CONTRACTIONS = words_in(
    "arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt neednt shouldnt wasnt werent wont "
    "wouldnt"
)
CERTAINTY = words_in(
    "may might could will would allegedly reportedly apparently presumably probably possibly likely unlikely "
    "certainly definitely alleged suspected confirmed unconfirmed all most some many few every always often "
    "sometimes rarely only less fewer least nearly almost roughly approximately former"
)

#: Words that sentences begin with, so that their capital says nothing.
OPENERS = words_in(
    """
    a about above according across after afterwards again against all almost along already also although among an
    and another any anybody anyone anything apart are around as ask asked at away back because been before behind
    being below beneath beside besides best better between beyond both but by call called can come companies
    company could critics customers despite did do does done down during each earlier either employees employers
    engineers enough even eventually every everybody everyone everything except experts far few fewer finally find
    first following for former forget from full further get give given go good government had half has have he
    hence her here hers herself him himself his how however i if in indeed inside instead into is it its itself
    just keep know large last late later least less let like little local long look made make many may maybe me
    meanwhile members men might mine more moreover most much must my myself near nearly neither never nevertheless
    new next no nobody none nonetheless nor not nothing now nowhere of off officials often old on once one only
    onto opponents or other others otherwise our ours out outside over owners parents part people per perhaps
    please police previously prosecutors put quite rather read readers reporters researchers residents rights same
    say says scientists see seen several shall she should similar since small so some somebody someone something
    sometimes soon sources staff still students such supporters take than thank that the their theirs them then
    there therefore these they things this those though through throughout thus till time to today together told
    tomorrow too toward towards under unless unlike unlikely until up upon us use used users very voters was we
    well were what whatever when whenever where whereas wherever whether which while who whoever whole whom whose
    why will with within without women workers would yes yesterday yet you young your yours
    """
)


def is_number_word(word: str) -> bool:
    """Is `word` a number in words? Linear in its length."""
    return word in _WORDS or word in _ORDINALS or word in _OTHERS or _compound(word) is not None


def number_value(words: Sequence[str]) -> tuple[str, int] | None:
    """What the number at the start of `words` counts as, and how many words it takes; None where there is none.

    Linear in the words it takes.

    >>> number_value(["two", "hundred", "and", "five", "men"]), number_value(["1.2", "million"])
    (('205', 4), ('1200000', 2))
    """
    if words[0][:1].isdigit() or words[0][:1] == "-":
        return _of_digits(words)
    if words[0] in _ORDINALS:
        return f"#{_ORDINALS[words[0]]}", 1
    if words[0] in _OTHERS:
        return _OTHERS[words[0]], 1
    return _of_words(words)


def _of_digits(words: Sequence[str]) -> tuple[str, int] | None:
    if ordinal := _ORDINAL.fullmatch(words[0]):
        return f"#{ordinal[1]}", 1
    plain = words[0].replace(",", "") if _GROUPED.fullmatch(words[0]) else words[0]
    if len(plain) > _MOST_DIGITS:
        return words[0], 1
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return words[0], 1  # A time, an address, a version: it counts as it is printed.
    length = 1
    while length < len(words) and words[length] in _SCALES:
        value *= _SCALES[words[length]]
        length += 1
    return _printed(value), length


def _of_words(words: Sequence[str]) -> tuple[str, int] | None:
    total = current = length = 0
    for place, word in enumerate(words):
        value = _compound(word)
        if value is None and not (word == "and" and length and _continues(words, place)):
            break
        if value is not None:
            length = place + 1
            if word in _SCALES:
                current = max(current, 1) * value
                if value >= 1000:
                    total, current = total + current, 0
            else:
                current += value
    return (str(total + current), length) if length else None


def _continues(words: Sequence[str], place: int) -> bool:
    """Whether an "and" stands inside a number, as in "two hundred and five"."""
    is_after_scale = words[place - 1] in _SCALES
    return is_after_scale and place + 1 < len(words) and _compound(words[place + 1]) is not None


def _compound(word: str) -> int | None:
    if word in _WORDS:
        return _WORDS[word]
    tens, hyphen, ones = word.partition("-")
    return _TENS[tens] + _SMALL[ones] if hyphen and tens in _TENS and ones in _SMALL else None


def _printed(value: Decimal) -> str:
    return f"{value.normalize():f}"

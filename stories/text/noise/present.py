"""Lines that tell of the present, as the head of a page does: the day, the hour, the weather, what markets say."""

from __future__ import annotations

import re

from stories.text.language.word_lists import words_in
from stories.text.noise.volatile import DATE, TIME
from stories.text.normalise import normalise

_LONGEST = 100
_LONGEST_BOARD = 300
_MOST_OTHER_WORDS = 4
_DAYS = "|".join(
    sorted(
        (
            normalise(written).plain
            for day in words_in(
                "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
                "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
                "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim "
                "lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom "
                "lunedì martedì mercoledì giovedì venerdì sabato domenica "
                "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
                "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira "
                "poniedziałek wtorek środa czwartek piątek sobota niedziela "
                "måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag "
                "pazartesi salı çarşamba perşembe cuma cumartesi pazar "
                "понедельник вторник среда четверг пятница суббота воскресенье "
                "الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
            )
            for written in (day, day.capitalize())
        ),
        key=len,
        reverse=True,
    )
)
_DAY = re.compile(
    rf"\b(?:{_DAYS})\b\.?|[月火水木金土日]曜日?|\([月火水木金土日]\)|[일월화수목금토]요일|\([일월화수목금토]\)|(?:星期|周)[一二三四五六日天]",
    re.IGNORECASE,
)
_DATE, _TIME = re.compile(DATE, re.IGNORECASE), re.compile(rf"\b{TIME}", re.IGNORECASE)
_OF_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DEGREES = re.compile(r"(?<![\w.])[-+]?\d{1,2}(?:\.\d)?\s?°(?:\s?[CF]\b)?", re.IGNORECASE)
_BETWEEN = re.compile(r"[~\s,|·•()/.-]*(?:the|der|den|le|h|uhr)?[~\s,|·•()/.-]*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_MARKETS = (
    r"M?DAX|Dow(?: Jones)?|Nasdaq(?: 100)?|S&P ?500|FTSE(?: ?100| MIB)?|CAC ?40|IBEX(?: ?35)?|AEX|SMI|BEL ?20"
    r"|Nikkei(?: ?225)?|Hang Seng|Sensex|Nifty(?: 50)?|Euro ?Stoxx(?: 50)?|Brent|WTI|Bitcoin|BTC|Ethereum|ETH"
    r"|(?:EUR|USD|GBP|CHF)/[A-Z]{3}"
)
# Atomic, so that no figure is ever taken apart in another way.
_FIGURE = r"[\s:|·]{1,3}+[-+▲▼▴▾↑↓($€£]{0,3}+\d[\d.,]{0,12}+(?>(?:\s?%)?)\)?+"
_PRICES = re.compile(
    rf"(?>(?:(?:{_MARKETS})\b(?>(?:{_FIGURE}){{1,4}})[\s|·,;]{{0,4}}+){{1,40}})", re.IGNORECASE
)


def tells_the_present(line: str) -> bool:
    """Is the line a day with its year, or a time of day, and no more? It may have the weather too. Linear.

    >>> tells_the_present("Mon, 2 March 2026"), tells_the_present("12:03 GMT"), tells_the_present("Opens 12:03")
    (True, True, False)
    """
    if len(line) > _LONGEST or not any(map(str.isdigit, line)):
        return False
    plain = normalise(line).plain.strip()
    told = _DAY.sub("~", _DEGREES.sub("~", _TIME.sub("~", _DATE.sub("~", plain))))
    is_of_now = _TIME.search(plain) or (_DATE.search(plain) and _OF_A_YEAR.search(plain))
    return is_of_now is not None and _BETWEEN.fullmatch(told) is not None


def tells_weather_or_prices(line: str) -> bool:
    """Is the line a place with its temperature, or the names of markets with their figures, and no sentence? Linear.

    >>> tells_weather_or_prices("Orlen 11°C, cloudy"), tells_weather_or_prices("The DAX fell by 2 %.")
    (True, False)
    """
    if len(line) > _LONGEST_BOARD or not any(map(str.isdigit, line)):
        return False
    plain = normalise(line).plain.strip()
    if _PRICES.fullmatch(plain):
        return True
    return (
        len(plain) <= _LONGEST
        and _DEGREES.search(plain) is not None
        and plain[-1:] not in tuple(".!?:")
        and len(_WORD.findall(_DEGREES.sub("", plain))) <= _MOST_OTHER_WORDS
    )

"""Read a printed date: "May 18th, 2024", "18.05.2024", "4 and 6 May", "2024-05-18", "18 de mayo de 2024"."""

import re
from typing import Any, TypeAlias

Fields: TypeAlias = dict[str, Any]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_NUMBERS = {name: number for names in (_MONTHS, _MESES) for number, name in enumerate(names, start=1)}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DIAS = ("lun", "mar", "mié", "jue", "vie", "sáb", "dom")

MONTH = (
    r"(?:J(?i:an(?:uary)?)|F(?i:eb(?:ruary)?)|M(?i:ar(?:ch)?)|A(?i:pr(?:il)?)|M(?i:ay)|J(?i:une?)|J(?i:uly?)"
    r"|A(?i:ug(?:ust)?)|S(?i:ept?(?:ember)?)|O(?i:ct(?:ober)?)|N(?i:ov(?:ember)?)|D(?i:ec(?:ember)?))\b"
)
_WEEKDAY = (
    r"(?:M(?i:on(?:day)?)|T(?i:ue(?:s(?:day)?)?)|W(?i:ed(?:s|nesday)?)|T(?i:hu(?:rs?(?:day)?)?)"
    r"|F(?i:ri(?:day)?)|S(?i:at(?:urday)?)|S(?i:un(?:day)?))\b"
)
MES = (
    r"(?i:ene(?:ro)?|feb(?:rero)?|mar(?:zo)?|abr(?:il)?|mayo?|jun(?:io)?|jul(?:io)?|ago(?:sto)?"
    r"|sep(?:t(?:iembre)?|tbre)?|oct(?:ubre)?|nov(?:iembre)?|dic(?:iembre)?)\b"
)
_DIA = r"(?i:lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b"
_TH = r"(?:\s?(?i:st|nd|rd|th)\b)?"
_YEAR = r"(?:19|20)\d\d"
# "Amended on 4 and 5 May": the last day is the one on which the text became what it is.
_OTHER_DAYS = rf"(?:\d{{1,2}}{_TH}(?:,\s\d{{1,2}}{_TH}){{0,2}},?\s(?:and|&)\s)?"

_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<year>{_YEAR})(?P<mark>[-/.])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)",
        rf"(?P<first>\d{{1,2}})(?P<mark>[/.-])(?P<second>\d{{1,2}})(?P=mark)(?P<year>{_YEAR}|\d\d)(?![\d/])",
        rf"{_OTHER_DAYS}(?P<day>\d{{1,2}}){_TH}[\s-](?:of\s)?(?P<name>{MONTH})\.?(?:,?[\s-](?P<year>{_YEAR})\b)?",
        rf"(?P<name>{MONTH})[.,]?\s{_OTHER_DAYS}(?P<day>\d{{1,2}}){_TH}(?![:.]?\d|/\d|\s?[ap]\.?m\b)"
        rf"(?:,?\s(?P<year>{_YEAR})\b)?",
        rf"(?P<name>{MONTH})\.?,?\s(?P<year>{_YEAR})\b",
        rf"(?P<day>\d{{1,2}})[º°]?\sde\s(?P<name>{MES})\.?(?:,?\s(?:del?\s)?(?P<year>{_YEAR})\b)?",
        rf"(?P<day>\d{{1,2}})[\s-](?P<name>{MES})\.?,?[\s-](?P<year>{_YEAR})\b",
        r"(?P<first>\d{1,2})(?P<mark>/)(?P<second>\d{1,2})(?![\d/])",
    )
)
_DAY_OF_WEEK = re.compile(rf"(?:(?P<weekday>{_WEEKDAY})|(?P<dia>{_DIA}))\.?(?!')")
_YEAR_ALONE = re.compile(rf"(?P<year>{_YEAR})\b(?![-/.]\d)")
_DAY_AGO = re.compile(r"(?P<when>(?i:today|tonight|yesterday|this\s(?:morning|afternoon|evening)))\b(?!')")
_WHILE_AGO = re.compile(
    r"(?i:(?:about\s)?(?:\d{1,3}|an?|one|two|three)\s(?:min(?:ute)?|hour|hr|day|week|month)s?\sago)\b"
)


def read_date(text: str, position: int) -> tuple[Fields, int] | None:
    """The year, month and day printed here, as far as they are, and where they end. Linear."""
    for pattern in _DATES:
        if (found := pattern.match(text, position)) and (fields := _date_fields(found)):
            return fields, found.end()
    return None


def read_weekday(text: str, position: int) -> tuple[Fields, int] | None:
    """The weekday printed here, and where it ends. Looks at a few characters only."""
    found = _DAY_OF_WEEK.match(text, position)
    if found is None:
        return None
    names, printed = (_WEEKDAYS, found["weekday"]) if found["weekday"] else (_DIAS, found["dia"])
    return {"weekday": names.index(printed[:3].lower())}, found.end()


def read_year(text: str, position: int) -> tuple[Fields, int] | None:
    """The year printed here, and where it ends. Looks at a few characters only."""
    found = _YEAR_ALONE.match(text, position)
    return ({"year": int(found["year"])}, found.end()) if found else None


def read_relative_day(text: str, position: int) -> tuple[Fields, int] | None:
    """A day such as "yesterday"; "2 hours ago" is read too, but nobody could settle it later. Linear."""
    if found := _DAY_AGO.match(text, position):
        return {"days_ago": int(found["when"].lower() == "yesterday")}, found.end()
    found = _WHILE_AGO.match(text, position)
    return ({"is_relative": True}, found.end()) if found else None


def _date_fields(found: re.Match[str]) -> Fields | None:
    printed = found.groupdict()
    day: int | None
    is_numeric = False
    if name := printed.get("name"):
        month, day = _NUMBERS[name[:3].lower()], int(printed["day"]) if "day" in printed else None
    elif "month" in printed:
        month, day = int(printed["month"]), int(printed["day"])
    else:
        month, day, is_numeric = _month_and_day(
            int(printed["first"]), int(printed["second"]), printed["mark"]
        )
    if not 1 <= month <= 12 or not (day is None or 1 <= day <= 31):
        return None
    return {"year": _full_year(printed.get("year")), "month": month, "day": day, "is_numeric": is_numeric}


def _month_and_day(first: int, second: int, mark: str) -> tuple[int, int, bool]:
    """Strokes are American, points and hyphens are not; a number above twelve settles it.

    The last value says that strokes left it open, so that a zone may still decide.
    """
    if first > 12 or (mark != "/" and second <= 12):
        return second, first, False
    return first, second, mark == "/" and second <= 12


def _full_year(printed: str | None) -> int | None:
    if printed is None or len(printed) == 4:
        return int(printed) if printed else None
    return int(printed) + (2000 if int(printed) < 70 else 1900)

"""Names of time zones as newspapers print them → names of the time zone database.

A printed abbreviation is read as the wall clock of its region, whatever half of the year its letters stand for:
American papers print "EST" in May and mean the clock on their wall, which is the one on readers' walls too. So ET,
EST and EDT are all America/New_York. GMT alone is taken at its word: it is nobody's summer time.

Where letters are shared, the reading is the one that English-language papers use most: CST is Chicago's and not
China's, BST London's and not Bangladesh's, IST India's and not Ireland's or Israel's.
"""

import re

_REGIONS = {
    "America/New_York": ("ET", "EST", "EDT", "Eastern", "New York", "Washington"),
    "America/Chicago": ("CT", "CST", "CDT", "Central"),
    "America/Denver": ("MT", "MST", "MDT", "Mountain"),
    "America/Los_Angeles": ("PT", "PST", "PDT", "Pacific"),
    "America/Anchorage": ("AKT", "AKST", "AKDT", "Alaska"),
    "America/Halifax": ("AST", "ADT", "Atlantic"),
    "America/St_Johns": ("NST", "NDT", "Newfoundland"),
    "America/Sao_Paulo": ("BRT", "Brasília", "Brasilia"),
    "America/Argentina/Buenos_Aires": ("ART",),
    "Pacific/Honolulu": ("HT", "HST", "Hawaii"),
    "Etc/GMT": ("GMT", "Greenwich Mean"),
    "UTC": ("UTC", "Z", "Zulu", "Coordinated Universal", "Universal"),
    "Europe/London": ("BST", "UK", "British Summer", "British", "London"),
    "Europe/Lisbon": ("WET", "WEST"),
    "Europe/Paris": ("CET", "CEST", "MEZ", "MESZ", "Central European", "Paris", "Brussels", "Berlin"),
    "Europe/Athens": ("EET", "EEST", "Eastern European"),
    "Europe/Kyiv": ("Kyiv", "Kiev"),
    "Europe/Moscow": ("MSK", "Moscow"),
    "Europe/Istanbul": ("TRT",),
    "Asia/Kolkata": ("IST", "Indian", "India"),
    "Asia/Karachi": ("PKT",),
    "Asia/Jerusalem": ("IDT",),
    "Asia/Dubai": ("GST",),
    "Asia/Singapore": ("SGT", "Singapore"),
    "Asia/Hong_Kong": ("HKT", "Hong Kong"),
    "Asia/Shanghai": ("Beijing",),
    "Asia/Manila": ("PHT",),
    "Asia/Jakarta": ("WIB",),
    "Asia/Tokyo": ("JST", "Tokyo", "Japan"),
    "Asia/Seoul": ("KST", "Seoul"),
    "Africa/Johannesburg": ("SAST",),
    "Africa/Nairobi": ("EAT",),
    "Africa/Lagos": ("WAT",),
    "Australia/Sydney": ("AET", "AEST", "AEDT", "Sydney"),
    "Australia/Adelaide": ("ACST", "ACDT"),
    "Australia/Perth": ("AWST",),
    "Pacific/Auckland": ("NZT", "NZST", "NZDT"),
}
# As in "hora de Madrid" and "hora del Este".
_HORAS = {
    "Europe/Madrid": ("Madrid", "España", "peninsular"),
    "America/New_York": ("Este", "Nueva York", "Miami"),
    "America/Mexico_City": ("Ciudad de México", "México"),
    "America/Bogota": ("Colombia", "Bogotá"),
    "America/Lima": ("Perú", "Lima"),
    "America/Caracas": ("Venezuela", "Caracas"),
    "America/Santiago": ("Chile", "Santiago"),
    "America/Argentina/Buenos_Aires": ("Argentina", "Buenos Aires"),
}
_ZONES = {
    name.lower(): zone for regions in (_REGIONS, _HORAS) for zone, names in regions.items() for name in names
}
_LETTERS = "|".join(
    sorted((n for names in _REGIONS.values() for n in names if n.isupper()), key=len, reverse=True)
)
_WORDS = "|".join(
    sorted((n for names in _REGIONS.values() for n in names if not n.isupper()), key=len, reverse=True)
)
_PLACES = "|".join(name for names in _HORAS.values() for name in names)

_OFFSET = re.compile(
    r"\s?\(?(?:(?:UTC|GMT)\s?(?P<sign>[+-])(?P<hours>0?\d|1[0-4])(?::?(?P<minutes>[0-5]\d))?"
    r"|(?P<bare_sign>[+-])(?P<bare_hours>0\d|1[0-4]):?(?P<bare_minutes>[0-5]\d))\b\)?"
)
_NAME = re.compile(
    rf"\s?\(?(?:(?P<words>(?i:{_WORDS}|UK))(?i:\s(?:standard|daylight|summer))?(?i:\s(?:standard\s|daylight\s)?time)\b"
    rf"|(?P<letters>{_LETTERS}|et|est|edt|ct|pt|pst|pdt|gmt|bst|utc|cet|cest|aest|aedt)\b(?!')"
    rf"|(?<=\()(?P<city>(?i:{_WORDS}))(?=\))"
    r"|(?P<alone>(?i:eastern|central|mountain|pacific))(?=\s{0,2}(?:[,:;)\]|–—.-]|$|\n|on\b))"
    rf"|(?i:hora\s(?:del?\s)?)(?P<place>(?i:{_PLACES}))"
    r"|(?P<local>(?i:local\stime|hora\slocal)))(?:\)|\b)"
)
_MONTH_FIRST = ("America/", "US/", "Canada/", "Pacific/Honolulu", "UTC", "Etc/UTC")


def read_zone(text: str, position: int) -> tuple[str, int] | None:
    """The zone printed at this place and where it ends: a database name, "UTC+02:00", or "" for "local time".

    Linear.
    """
    if offset := _OFFSET.match(text, position):
        return _offset_name(offset), offset.end()
    name = _NAME.match(text, position)
    if name is None:
        return None
    printed = name["letters"] or name["words"] or name["city"] or name["alone"] or name["place"]
    return _ZONES[printed.lower()] if printed else "", name.end()


def writes_month_first(zone: str | None) -> bool:
    """Whether papers there mean May 6 by "5/6/24"; without a zone they are taken to be American. Constant."""
    return not zone or zone.startswith(_MONTH_FIRST)


def _offset_name(match: re.Match[str]) -> str:
    sign, hours, minutes = (match[name] or match[f"bare_{name}"] for name in ("sign", "hours", "minutes"))
    return f"UTC{sign}{int(hours):02}:{minutes or '00'}"

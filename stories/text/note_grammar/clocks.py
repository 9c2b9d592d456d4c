"""Read a printed time of day: "3:24 p.m.", "6.01pm", "15:24", "15.24", "15h24", "15:24 horas", "1524 GMT", "noon"."""

import re

from stories.text.note_grammar.zones import read_zone

_HALF = r"(?P<half>[AaPp])(?:\.\s?[Mm]\b\.?|[Mm]\b\.?)(?!')"
_HOUR = r"(?P<hour>[01]?\d|2[0-3])"
_TIMES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:12(?:[:.]00)?\s)?(?P<word>(?i:noon|midday|midnight))\b(?!')",
        rf"{_HOUR}(?:[:.](?P<minute>[0-5]\d))?(?::[0-5]\d)?\s?{_HALF}",
        rf"{_HOUR}:(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d{{1,6}})?)?(?!\d)(?:\s?(?:(?:hrs|hours|horas)\b|hs?\b\.?))?",
        rf"{_HOUR}[hH](?P<minute>[0-5]\d)(?!\d)",
        r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?:\s?(?:hrs|hours|h)\b"
        r"|(?=Z\b|\s?(?:GMT|UTC|BST|CES?T|[ECMP][DS]?T)\b))",
    )
)
_DOTTED = re.compile(rf"{_HOUR}\.(?P<minute>[0-5]\d)(?![\d%]|\.\d)(?:\s(?:horas\b|hs?\b\.?))?")


def read_time(text: str, position: int, *, is_expected: bool) -> tuple[int, int, int] | None:
    """The hour and minute printed here, and where they end.

    "15.24" is as often a number, or the name of a release: it is a time where one `is_expected`, or before a zone.

    Linear.
    """
    for pattern in _TIMES:
        if (found := pattern.match(text, position)) and (clock := _clock(found)):
            return *clock, found.end()
    found = _DOTTED.match(text, position)
    if found and (is_expected or read_zone(text, found.end())):
        return int(found["hour"]), int(found["minute"]), found.end()
    return None


def _clock(found: re.Match[str]) -> tuple[int, int] | None:
    printed = found.groupdict()
    if word := printed.get("word"):
        return (0 if word.lower() == "midnight" else 12), 0
    hour, minute, half = int(printed["hour"]), printed.get("minute"), printed.get("half")
    if half and hour > 12:
        return (hour, int(minute)) if minute else None
    if half:
        hour = hour % 12 + (12 if half in "Pp" else 0)
    return hour, int(minute or 0)

"""What nobody typed on purpose and no page shows: taken out of words, and nothing else of them.

Such characters come with what is pasted or brought in: out of PDFs, terminals, files read in a wrong encoding.
Whoever has them in a field could neither see nor find them, so nobody is asked to.
"""

from __future__ import annotations

import re

from stories.text.invisible import INVISIBLE

__all__ = ["ended_alike", "line_as_seen", "lines_as_seen", "shows_anything"]

_BREAKS = "\v\f\u2028\u2029"
#: Controls but tab and line breaks, halves of characters, and what is no character (Unicode, chapter 23.7).
_NEVER = [*range(9), *range(14, 32), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
#: What turns the direction of the words behind it, and what ends each (Unicode UAX #9).
_ENDS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
#: These turn letters, not languages: what is read is not what is there.
_FORCE = "\u202d\u202e"
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile(
    "[\0-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SHOWN = re.compile(rf"[^\s\ufe0f{INVISIBLE}]")
_OTHER_LINES = re.compile(r"[\t\r\n]+")


def _meant(code: int) -> str:
    """As the HTML standard reads these numbers: a dash or a quotation mark of Windows, in the wrong place."""
    return bytes([code]).decode("windows-1252", "ignore") if 0x80 <= code < 0xA0 else ""


_SEEN = {code: _meant(code) for code in _NEVER} | {ord(each): "\n" for each in _BREAKS}


def lines_as_seen(text: str) -> str:
    r"""The words without what is unseen; line breaks of every kind are `\n`. Linear, and never longer.

    What turns the direction of words stays where it ends on its own line, as Arabic and Hebrew need it. Blanks at
    the ends go with what they stood beside; of what shows nothing only blanks stay.

    >>> lines_as_seen("\x07 The mayor\x92s\u2028gate\u202e opens")
    'The mayor’s\ngate opens'
    """
    text = ended_alike(text)
    if _UNSEEN.search(text):
        text = "".join(map(_turned_back, text.translate(_SEEN).splitlines(keepends=True))).strip()
    return text if _SHOWN.search(text) or text.isspace() else ""


def line_as_seen(text: str) -> str:
    r"""The same on one line.

    >>> line_as_seen("A gate\r\nopens\tagain")
    'A gate opens again'
    """
    return _OTHER_LINES.sub(" ", lines_as_seen(text).strip("\t\r\n"))


def ended_alike(text: str) -> str:
    r"""Each line ends with `\n`, whichever browser or file it came from; nothing else is touched.

    >>> ended_alike("A gate\r\nopens\ragain")
    'A gate\nopens\nagain'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def shows_anything(text: str) -> bool:
    r"""Whether a page that has the words shows anything of them.

    >>> shows_anything("\u200b \x07")
    False
    """
    return bool(lines_as_seen(text).strip())


def _turned_back(line: str) -> str:
    """The line without what forces a direction, and without what reaches beyond the line or ends nothing."""
    if not _TURNS.search(line):
        return line
    kept, begun = list(line), list[int]()
    for turn in _TURNS.finditer(line):
        place, mark = turn.start(), turn.group()
        if mark in _ENDS:
            begun.append(place)
        elif begun and _ENDS[line[begun[-1]]] == mark:
            start = begun.pop()
            if line[start] in _FORCE:
                kept[start] = kept[place] = ""
        else:
            kept[place] = ""
    for place in begun:
        kept[place] = ""
    return "".join(kept)

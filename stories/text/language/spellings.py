"""Spellings that mean the same and differ by a space: "cannot" and "can not", "9 am" and "9am"."""

from __future__ import annotations

import re
from itertools import islice, product

# "We can not only swim" says that we can.
_CANNOT = re.compile(r"\b([Cc]an) ?(not)\b(?! (?:only|just|merely|simply)\b)")
_HOUR = re.compile(r"(?<=\d) ?(?=[ap]m\b)", re.IGNORECASE)
_PLACES = re.compile(f"{_CANNOT.pattern}|(?i:{_HOUR.pattern})")
# With more of them, all are written in the same way.
_MOST_APART = 3


def spellings(text: str) -> tuple[str, ...]:
    """`text` itself and the ways to write it that mean the same, at most nine; linear in its length.

    >>> spellings("We cannot open at 9am")[1:]
    ('We cannot open at 9 am', 'We can not open at 9am', 'We can not open at 9 am')
    """
    places = [*_PLACES.finditer(text)]
    if not places:
        return (text,)
    gaps = (
        product(("", " "), repeat=len(places))
        if len(places) <= _MOST_APART
        else ([gap] * len(places) for gap in ("", " "))
    )
    made = (_written(text, places, list(gap)) for gap in gaps)
    return tuple(dict.fromkeys((text, *islice(made, 2**_MOST_APART))))


def _written(text: str, places: list[re.Match[str]], gaps: list[str]) -> str:
    pieces, at = [], 0
    for place, gap in zip(places, gaps, strict=True):
        pieces += [text[at : place.start()], (place[1] or "") + gap + (place[2] or "")]
        at = place.end()
    return "".join([*pieces, text[at:]])

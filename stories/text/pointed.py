"""Points for the vowels of Arabic and Hebrew, and stresses of Russian, which whoever quotes leaves out or puts in."""

from __future__ import annotations

import re

_POINTS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670"
_POINT = re.compile(f"[{_POINTS}]")
_LETTER = re.compile("[\u05d0-\u05ea\u0621-\u064a]")
_STRESS = "\u0301"
_STRESSED = re.compile(f"(?<=[аеиоуыэюяАЕИОУЫЭЮЯіІєЄ]){_STRESS}")
_WORD_JOINER = "\u2060"


def unpointed_alike(text: str, passage: str) -> tuple[str, str]:
    """Both without points, if only one of them has any; each other character stands where it stood.

    Where both have them, points are words' own: they tell "he wrote" from "it was written". Linear.
    """
    if (_STRESS in passage) != (_STRESS in text):
        text, passage = _STRESSED.sub(_WORD_JOINER, text), _STRESSED.sub("", passage)
    if not _LETTER.search(passage) or bool(_POINT.search(passage)) == bool(_POINT.search(text)):
        return text, passage
    return _POINT.sub(_WORD_JOINER, text), _POINT.sub("", passage)

"""Points for the vowels of Arabic and Hebrew, and stresses of Russian, which whoever quotes leaves out or puts in."""

from __future__ import annotations

import re

_POINTS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670"
_POINT = re.compile(f"[{_POINTS}]")
_LETTER = re.compile("[\u05d0-\u05ea\u0621-\u064a]")
_STRESS = "\u0301"
_STRESSED = re.compile(f"(?<=[аеиоуыэюяАЕИОУЫЭЮЯіІєЄ]){_STRESS}")
_WORD = re.compile(rf"[\w{_STRESS}]+")
_WORD_JOINER = "\u2060"


def unpointed_alike(text: str, passage: str) -> tuple[str, str]:
    """Both without points, if only one of them has any; each other character stands where it stood.

    Where both have them, points are words' own: they tell "he wrote" from "it was written". A word's stress is left
    out if the other has the word without one and not with this one. Linear.
    """
    if (_STRESS in passage) != (_STRESS in text):
        text, passage = _STRESSED.sub(_WORD_JOINER, text), _STRESSED.sub("", passage)
    elif _STRESS in passage:
        told, quoted = set(_WORD.findall(text)), set(_WORD.findall(passage))
        text, passage = _as_told(text, quoted, _WORD_JOINER), _as_told(passage, told, "")
    if not _LETTER.search(passage) or bool(_POINT.search(passage)) == bool(_POINT.search(text)):
        return text, passage
    return _POINT.sub(_WORD_JOINER, text), _POINT.sub("", passage)


def _as_told(text: str, words: set[str], instead: str) -> str:
    """The text without the stress of each word that is one of `words` without it only."""

    def written(word: re.Match[str]) -> str:
        if _STRESS not in word[0]:
            return word[0]
        bare = _STRESSED.sub("", word[0])
        return _STRESSED.sub(instead, word[0]) if word[0] not in words and bare in words else word[0]

    return _WORD.sub(written, text)

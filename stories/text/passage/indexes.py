"""Figures in brackets that mark no footnote: places in the lists of a program."""

from __future__ import annotations

import re

# With what marks code in front of the word.
_INDEX = re.compile(r"([`$]?[^\W\d]\w{0,39}) ?\[(\d{1,3}|[a-z])\]")
_OF_A_LIST = re.compile(r"\[(?:0\]|\w{1,20}\] ?[=+*<>])")
_PARTS_WORDS = re.compile(r"\W")
_MOST = 60
_LONGEST_WORD = 40


def lists_in(text: str) -> frozenset[str]:
    """The words of a whole text that name lists of a program. Linear.

    >>> sorted(lists_in("It reads argv[0] and sets row[2] = 5. The pier[1] is old."))
    ['argv', 'row']
    """
    places = (found.start() for found in _OF_A_LIST.finditer(text))
    words = (_PARTS_WORDS.split(text[max(0, at - _LONGEST_WORD) : at])[-1] for at in places)
    return frozenset(words)


def indexes_alike(passage: str, wording: str, *, lists: frozenset[str]) -> bool:
    """Are the passage's figures in brackets those of the wording, unless they may mark footnotes, which come and go?

    No footnote has the number 0, and none stands at a word that names one of the text's `lists`, or in code. Linear;
    of the passage sixty count.

    >>> indexes_alike("Take args[0] of it.", "Take args[1] of it.", lists=frozenset())
    False
    >>> indexes_alike("The pier[1] is old.", "The pier[2] is old.", lists=frozenset())
    True
    """
    if "[" not in passage and "[0]" not in wording:
        return True
    told, stands = _indexes_of(passage), _indexes_of(wording)
    if any(number == "0" for _, number in told ^ stands):
        return False
    others = {word for word, _ in stands}
    return not any(
        word in others and (word.strip("`$") in lists or _is_code(word)) for word, _ in told - stands
    )


def _indexes_of(text: str) -> set[tuple[str, str]]:
    """Each word before a bracket, and the figure or letter that stands there."""
    return set(_INDEX.findall(text)[:_MOST])


def _is_code(word: str) -> bool:
    """Is it no word of prose: `row, $row, last_row? Markdown stresses _words_ too."""
    return word[0] in "`$" or "_" in word.strip("_")

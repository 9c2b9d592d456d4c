"""Figures in brackets that mark no footnote: places in the lists of a program, and what whoever quotes put in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stories.text.language.word_lists import words_in

# With what marks code in front of the word.
_INDEX = re.compile(r"([`$]?[^\W\d]\w{0,39}) ?\[(\d{1,3}|[a-z])\]")
_FIGURE = re.compile(r"\[\d{1,3}\]")
_OF_A_LIST = re.compile(r"\[(?:0\]|\w{1,20}\] ?[=+*<>])")
_PARTS_WORDS = re.compile(r"\W")
_PUT_IN = re.compile(r"([^\W_]{1,40}) \[\d{1,3}\] ([^\W\d_A-ZÀ-ÞА-Я][\w'’]{0,39})")
# "Sold [40] houses" counts them; a verb behind a footnote may end as they do: "the report [2] says".
_COUNTED = words_in(
    "people persons men women children houses homes flats jobs workers boats ships cars shops schools votes deaths "
    "dead days weeks months years hours minutes times dollars euros pounds percent per miles metres meters "
    "kilometres kilometers tonnes tons million billion menschen häuser wohnungen jahre jahren tage tagen stunden "
    "personas casas viviendas muertos años días horas personnes maisons logements morts ans jours heures"
)
_MOST = 60
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Indexed:
    """The words of a text that name lists of a program, and whether it has a figure in brackets at all."""

    lists: frozenset[str]
    has_figures: bool


def indexed_in(text: str) -> Indexed:
    """What `indexes_alike` needs to know of a whole text. Linear.

    >>> sorted(indexed_in("It reads argv[0] and sets row[2] = 5. The pier[1] is old.").lists)
    ['argv', 'row']
    """
    places = (found.start() for found in _OF_A_LIST.finditer(text))
    words = (_PARTS_WORDS.split(text[max(0, at - _LONGEST_WORD) : at])[-1] for at in places)
    return Indexed(frozenset(words), _FIGURE.search(text) is not None)


def indexes_alike(passage: str, wording: str, *, of: Indexed) -> bool:
    """Are the passage's figures in brackets those of the wording, unless they may mark footnotes, which come and go?

    No footnote has the number 0, and none stands at a word that names a list, or in code. Nor is a figure one that
    counts what the text, which has none in brackets, does not count. Linear; of the passage sixty count.

    >>> indexes_alike("Take args[0] of it.", "Take args[1] of it.", of=indexed_in(""))
    False
    >>> indexes_alike("The pier[1] is old.", "The pier[2] is old.", of=indexed_in(""))
    True
    """
    if "[" not in passage and "[0]" not in wording:
        return True
    told, stands = _indexes_of(passage), _indexes_of(wording)
    if any(number == "0" for _, number in told ^ stands):
        return False
    others = {word for word, _ in stands}
    if any(word in others and (word.strip("`$") in of.lists or _is_code(word)) for word, _ in told - stands):
        return False
    return of.has_figures or not any(
        after.lower() in _COUNTED and re.search(rf"(?<!\w){before}\s+{after}(?!\w)", wording)
        for before, after in _PUT_IN.findall(passage)[:_MOST]
    )


def _indexes_of(text: str) -> set[tuple[str, str]]:
    """Each word before a bracket, and the figure or letter that stands there."""
    return set(_INDEX.findall(text)[:_MOST])


def _is_code(word: str) -> bool:
    """Is it no word of prose: `row, $row, last_row? Markdown stresses _words_ too."""
    return word[0] in "`$" or "_" in word.strip("_")

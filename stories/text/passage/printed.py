"""Whether a passage is printed as a sentence is: how it begins, and with which mark it ends."""

from __future__ import annotations

from stories.text.language.boundaries import SENTENCE_MARKS
from stories.text.language.characters import QUOTES

CLOSING = QUOTES + "\"'`)]）］】〉》"


def begins_as_sentence(passage: str) -> bool:
    """Is its first letter no small one, as a figure is none, nor one of a script without capitals? Linear."""
    return next((not character.islower() for character in passage if character.isalnum()), False)


def ends_as_sentence(passage: str) -> bool:
    """Does it end with a mark that ends sentences, and what closes a quotation or a bracket behind it? Linear.

    >>> ends_as_sentence("(We met.)"), ends_as_sentence("We met,")
    (True, False)
    """
    return passage.rstrip(CLOSING + " \n").endswith(tuple(SENTENCE_MARKS))

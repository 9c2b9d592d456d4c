"""Make visible what a reader would take for another letter: a Cyrillic а in a Latin word."""

import re

from stories.text.language.characters import drawn_alike

_WORD = re.compile(r"[^\W\d_]+")


def show_look_alikes(text: str, *, instead_of: str = "") -> str:
    """The text with each letter spelled out that is not the one it looks like.

    That is so in a word of which other letters are Latin, and wherever the text replaces one that looks the same.
    Linear in the length of the text.

    >>> show_look_alikes("pr\\u0456vacy")
    'prі⟨U+0456⟩vacy'
    >>> show_look_alikes("\\u0441\\u043e", instead_of="co")
    'с⟨U+0441⟩о⟨U+043E⟩'
    """
    if text.isascii():
        return text
    if instead_of and _printed(text) == _printed(instead_of):
        return "".join(map(_spelled, text))
    return _WORD.sub(_spelled_word, text)


def _printed(text: str) -> str:
    return text.translate(drawn_alike()).strip()


def _spelled_word(match: re.Match[str]) -> str:
    word = match.group()
    is_mixed = not word.isascii() and any(character.isascii() for character in word)
    return "".join(map(_spelled, word)) if is_mixed else word


def _spelled(character: str) -> str:
    looks_like = character.translate(drawn_alike())
    is_other = not character.isascii() and looks_like.isascii() and looks_like.isalpha()
    return f"{character}⟨U+{ord(character):04X}⟩" if is_other else character

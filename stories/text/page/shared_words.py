"""Which words that bear the sense are told in two pages. Linear in the length of both."""

from __future__ import annotations

import re

from stories.text.language.characters import UNSPACED
from stories.text.language.word_lists import words_in
from stories.text.page.outcome import Copy
from stories.text.page.signs import Signs, plain_line
from stories.text.page.subject import subject_of, without_addresses, without_names_of_site

#: Longer is what hardly any wall or error says.
LONGEST_WALL = 250
#: Of how many words that are told one may be of the story by chance.
TOLD_FOR_EACH_SHARED = 4
UNSPACED_SCRIPT = re.compile(f"[{UNSPACED}]")
LONG_WORD = re.compile(r"[^\W\d_]{4,}")
# In most languages those that bear the sense, up to where they are inflected.
TELLING_WORD = re.compile(r"(?<!\w)[^\W\d_]{6}")
_TELLING_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}|[\u30a0-\u30ff]{2}))")
# As long as these are such as stand in any text, or of which any site speaks.
_OF_ANY_TEXT = words_in(
    "before please longer another because through around without within nothing something everything anything "
    "always already itself between cannot really enough either though rather should werden wurden können müssen "
    "unsere diesem dieser dieses pendant toujours depuis encore cuando porque todavía nuestro también quando perché "
    "ancora weiter article artikel artículo articolo address adresse content inhalte contenu website webseite"
)
_COMMON = {word[:6] for word in _OF_ANY_TEXT}


def said_by(signs: Signs) -> str:
    return "\n".join((signs.title, *signs.content))


def telling_words(text: str) -> list[str]:
    """The words that bear the sense, up to where they are inflected; pairs of characters where no spaces part them."""
    return TELLING_WORD.findall(text) + [pair[1] for pair in _TELLING_PAIR.finditer(text)]


def shares_few_words_with(before: Copy, said: str, *, for_each: int) -> bool:
    """Of `for_each` words that are told, may one be of the story, and none of its title?"""
    told = set(telling_words(without_names_of_site(before, said)))
    most = len(told) // for_each
    shared = told.intersection(telling_words(plain_line("\n".join(before.content)))) - _COMMON
    return len(shared) <= most and is_without_the_subject(before, said)


def is_foreign_to(before: Copy, said: str) -> bool:
    """Has it hardly a word that bears the sense of the story, and none of its title's?

    Of the words of a long story nearly always one stands in what a wall says by chance.
    """
    return shares_few_words_with(
        before, said, for_each=TOLD_FOR_EACH_SHARED if len(said) <= LONGEST_WALL else len(said)
    )


def is_without_the_subject(before: Copy, said: str) -> bool:
    """Is none of the longer words of the title said?"""
    return all(
        set(words(without_addresses(said))).isdisjoint(words(subject_of(before)))
        for words in (telling_words, LONG_WORD.findall)
    )


def has_little_of(before: Copy, signs: Signs) -> bool:
    """Of four words that are told or were, may one be of both, and so of four of the title?"""
    said = without_names_of_site(before, said_by(signs))
    story = "\n".join(map(plain_line, before.content))
    return all(
        len((told & known) - _COMMON) <= min(len(told), len(known)) // TOLD_FOR_EACH_SHARED
        for told, known in (
            (set(telling_words(said)), set(telling_words(story))),
            (set(LONG_WORD.findall(said)), set(LONG_WORD.findall(subject_of(before)))),
        )
    )


def is_of_something_else(before: Copy, signs: Signs) -> bool:
    """Is the title another, and not one of the words that bear the sense of what is said from what was there?"""
    said = said_by(signs)
    if not signs.title or UNSPACED_SCRIPT.search(said):
        return False
    told = set(TELLING_WORD.findall(said))
    return bool(told) and told.isdisjoint(TELLING_WORD.findall(plain_line(before.extract.text)))

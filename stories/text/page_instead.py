"""Whether what came in the place of a story is of its site's making rather than of its newsroom's: a wall, an error.

Everything here is linear in the length of both.
"""

from __future__ import annotations

import re

from .asking_words import TO_A_VISITOR
from .characters import UNSPACED
from .outcome import Copy, PageJudgement, PageOutcome
from .page_address import leads_to_sign_in
from .page_loss import MOST_OF_A_NOTICE, content_of, prose_of, words_on
from .page_phrases import EDITORS_WORDS, WITHDRAWN, tells_any
from .page_signs import TITLE_PARTS, Signs, plain_line
from .retraction import takes_back

_LEAST_PROSE = 200
_LONGEST_WALL = 250
_QUOTED = re.compile(r"(?<!\w)'|'(?!\w)")
# In most languages those that bear the sense, up to where they are inflected.
_TELLING_WORD = re.compile(r"(?<!\w)[^\W\d_]{6}")
_TELLING_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}|[\u30a0-\u30ff]{2}))")
_TOLD_FOR_EACH_SHARED = 4
_FIGURE = re.compile(r"\d")
_STATUS = re.compile(r"(?<!\d)[45]\d\d(?!\d)")
_UNSPACED = re.compile(f"[{UNSPACED}]")


def shell(before: Copy, copy: Copy, signs: Signs) -> PageJudgement | None:
    """The frame of the page came, its content did not; if anything came, it is a few words of something else."""
    is_empty = sum(map(len, prose_of(before))) >= _LEAST_PROSE and len(words_on(signs.text)) <= 3
    is_shell = is_empty or _is_foreign(before, copy, signs)
    return PageJudgement(PageOutcome.FAILED, "shell") if is_shell else None


def _is_foreign(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Did a few words of something else, without a figure, come in place of a story?

    So error pages and walls in any language are known: they have a title of their own, speak to whoever comes as
    one who wants in, or want an answer. A short notice that takes a story's place speaks of the same, or says that it
    was withdrawn.
    """
    said = "\n".join((signs.title, *signs.content))
    return (
        sum(map(len, content_of(before))) >= _LEAST_PROSE
        and len(said) <= MOST_OF_A_NOTICE
        and not _FIGURE.search(_STATUS.sub(" ", said))
        and not tells_any(said, EDITORS_WORDS + WITHDRAWN)
        and not takes_back((signs.title, *signs.content))
        and (
            _is_of_another_story(before, signs)
            or _is_said_to_a_visitor(before, signs)
            or _wants_an_answer(before, copy, signs)
        )
    )


def _is_of_another_story(before: Copy, signs: Signs) -> bool:
    """Is the title another, but for the name of the site, and what is said foreign to the story?

    Comments and the frame have many more words.
    """
    known = TITLE_PARTS.split(plain_line(before.extract.title))
    title = " ".join(part for part in TITLE_PARTS.split(signs.title) if part not in known)
    said = "\n".join((title, *signs.content))
    return (
        bool(title)
        and not _UNSPACED.search(said)
        and _TELLING_WORD.search(said) is not None
        and _is_foreign_to(before, said)
    )


def _is_said_to_a_visitor(before: Copy, signs: Signs) -> bool:
    """Is a visitor spoken to as such under the old title, in words foreign to the story?

    By the site itself: who is quoted speaks to others.
    """
    said = "\n".join(signs.content)
    if signs.title or len(said) > _LONGEST_WALL or _QUOTED.search(said) or not TO_A_VISITOR.search(said):
        return False
    return _is_foreign_to(before, said)


def _wants_an_answer(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Did a button, a field or a link to sign in come with words foreign to the story?

    A link home tells nothing: it stands under notices too.
    """
    said = "\n".join(signs.content)
    return (
        bool(_telling_words(said))
        and _is_foreign_to(before, said)
        and any(
            control.leads_to is None or leads_to_sign_in(control.leads_to, copy)
            for control in copy.page.controls - before.page.controls
        )
    )


def _is_foreign_to(before: Copy, said: str) -> bool:
    """Has it hardly a word that bears the sense of the story, and none of its title's?

    Of the words of a long story nearly always one stands in what a wall says by chance.
    """
    told = set(_telling_words(said))
    most = len(told) // _TOLD_FOR_EACH_SHARED if len(said) <= _LONGEST_WALL else 0
    subject = max(TITLE_PARTS.split(plain_line(before.extract.title)), key=len)
    shared = told.intersection(_telling_words(plain_line("\n".join(content_of(before)))))
    return len(shared) <= most and told.isdisjoint(_telling_words(subject))


def _telling_words(text: str) -> list[str]:
    """The words that bear the sense, up to where they are inflected; pairs of characters where no spaces part them."""
    return _TELLING_WORD.findall(text) + [pair[1] for pair in _TELLING_PAIR.finditer(text)]


def is_of_something_else(before: Copy, signs: Signs) -> bool:
    """Is the title another, and not one of the words that bear the sense of what is said from what was there?"""
    said = "\n".join((signs.title, *signs.content))
    if not signs.title or _UNSPACED.search(said):
        return False
    told = set(_TELLING_WORD.findall(said))
    return bool(told) and told.isdisjoint(_TELLING_WORD.findall(plain_line(before.extract.text)))

"""Is a change of words one of spelling alone? Without a dictionary: by how little differs, and where.

In doubt it is not: a note costs a sentence, a silent change costs trust.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA, LCSseq

from stories.text.normalise import normalise

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_VOWELS = frozenset("aeiouy")
#: Shorter words differ by a letter from too many others.
_SHORTEST = 6
#: One vowel for another in a shorter word makes another word: "better" and "bitter".
_SHORTEST_WITH_OTHER_VOWEL = 8
#: Words that replace each other, come or go for grammar's sake; nothing else is said with them.
_GRAMMAR = (
    {"a", "an", "the", ""},
    {"that", "which", "who", "whom", ""},
    {"is", "are"},
    {"was", "were"},
    {"has", "have"},
    {"do", "does"},
    {"its", "it's"},
    {"their", "there", "they're"},
    {"your", "you're"},
    {"to", "too"},
    {"then", "than"},
    {"whose", "who's"},
    {"and", "&"},
    {"very", ""},
)
#: Words that differ as misspellings do, and mean something else.
_PAIRS = """
    casual/causal martial/marital untied/united reverse/reserve reversed/reserved statue/statute
    deported/departed defended/defunded expanded/expended infected/inflected exiting/exciting
    complement/compliment stationary/stationery dependent/dependant conversation/conservation desert/dessert
    planed/planned scared/scarred stared/starred coastal/costal thorough/through adoption/adaption
    elicit/illicit immigrant/emigrant prosecute/persecute contentious/conscientious country/county
    several/severed charged/changed retired/rehired resigned/reassigned minster/minister martially/maritally
    discrete/discreet formerly/formally
"""
_OTHER_WORDS = tuple(frozenset(pair.split("/")) for pair in _PAIRS.split())
#: Ordinary words that begin with a capital where they are part of a name.
_OFFICES = """
    administration agency assembly association authority bureau cabinet chancellor college commission
    commissioner committee company congress corporation council councillor county court department director
    district embassy executive federation foundation governor government hospital institute inspector
    international judiciary legislature management mayor minister ministry municipal national office
    organisation organization parliament parliamentary police president republic secretary senate senator
    service sheriff society supreme treasury tribunal university
"""
_ORDINARY = frozenset(_OFFICES.split())


@dataclass(frozen=True, slots=True)
class WordsChange:
    """Neighbouring words before and after; empty where they are new or gone."""

    before: str
    after: str


def changed_words(before: str, after: str) -> tuple[WordsChange, ...]:
    """What words differ by more than spelling, in reading order. Case, marks and spaces make no difference.

    >>> changed_words("The Goverment was accused.", "The Government was convicted.")
    (WordsChange(before='accused', after='convicted'),)
    """
    old, new = _words(before), _words(after)
    runs = _runs(old, new)
    return tuple(
        WordsChange(" ".join(gone), " ".join(come)) for gone, come in runs if not _is_spelling(gone, come)
    )


def is_misspelling(wrong: str, right: str) -> bool:
    """One letter too many, too few, in the wrong place or a vowel for another, inside a longer word.

    >>> is_misspelling("goverment", "government"), is_misspelling("killed", "kills")
    (True, False)
    """
    one, other = wrong.casefold(), right.casefold()
    if min(len(one), len(other)) < _SHORTEST or (one[0], one[-2:]) != (other[0], other[-2:]):
        return False
    if frozenset((one, other)) in _OTHER_WORDS or OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    if len(one) != len(other):
        return True
    (first, *more) = [(x, y) for x, y in zip(one, other, strict=True) if x != y] or [("", "")]
    is_vowel_for_vowel = set(first) <= _VOWELS and len(one) >= _SHORTEST_WITH_OTHER_VOWEL
    return bool(more) or is_vowel_for_vowel


def is_misspelt_ordinary_word(wrong: str, right: str) -> bool:
    """Such as "Goverment": it begins as a name does, and nobody is called so."""
    return right.casefold() in _ORDINARY and is_misspelling(wrong, right)


def _words(text: str) -> list[str]:
    return _WORD.findall(normalise(text).plain.casefold())


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Neighbouring words that differ; one that is written twice in a row and then once does not."""
    at_old = at_new = 0
    equal = [code for code in LCSseq.opcodes(old, new) if code.tag == "equal"]
    stops = [(code.src_start, code.dest_start, code.src_end, code.dest_end) for code in equal]
    for end_old, end_new, next_old, next_new in [*stops, (len(old), len(new), 0, 0)]:
        gone, come = list(old[at_old:end_old]), list(new[at_new:end_new])
        around = {*old[max(0, at_old - 1) : at_old], *old[end_old : end_old + 1]}
        if (gone or come) and not (len(gone) == 1 and not come and gone[0] in around):
            yield from _side_by_side(gone, come)
        at_old, at_new = next_old, next_new


def _side_by_side(gone: list[str], come: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Of as many words for as many, each is looked at by itself, so that one typing error more hides no other."""
    if len(gone) == len(come) and any(_is_spelling([x], [y]) for x, y in zip(gone, come, strict=True)):
        yield from (([x], [y]) for x, y in zip(gone, come, strict=True))
    else:
        yield gone, come


def _is_spelling(gone: Sequence[str], come: Sequence[str]) -> bool:
    if _joined(gone) == _joined(come):
        return True
    if max(len(gone), len(come)) > 1:
        return False
    one, other = "".join(gone), "".join(come)
    return any({one, other} <= group for group in _GRAMMAR) or is_misspelling(one, other)


def _joined(words: Sequence[str]) -> str:
    """ "e-mail", "e mail" and "email" are one."""
    return re.sub(r"['’.-]", "", "".join(words))

"""Words in brackets, which whoever quotes puts in the place of others: what they may stand for, and what never."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stories.text.language.characters import MARKS
from stories.text.language.negations import LIMITS, NEGATIONS, REVERSALS, REVERSING_STEMS, negates, undoes
from stories.text.language.word_lists import words_in
from stories.text.normalise import normalise
from stories.text.passage.quoting import Quotation

POINTS = " .,;:…-–—"
WORD_STOOD_FOR = re.compile(rf"\w[\w{MARKS}]{{0,39}}(?:['.\-]\w[\w{MARKS}]{{0,39}}){{0,4}}|[€$£%§&]")
_FARTHEST_REMARK = 4
_FARTHEST_WORDS = 80
_FARTHEST_NAME = 12
_NEAR = 300
_WORD_BESIDE = r"\w[\w.,'’\-]{0,30}(?<=\w)"
_WORDS_IN_FRONT = re.compile(rf"(?<!\w)(?:{_WORD_BESIDE} ){{1,4}}$")
_WORDS_BEHIND = re.compile(rf"(?: {_WORD_BESIDE}){{1,4}}")
# In the matching form, in which letters that are drawn alike are one.
_NEGATIONS = frozenset(normalise(" ".join(NEGATIONS)).plain.split()) - NEGATIONS
_REVERSALS = REVERSALS.union(normalise(" ".join(sorted(REVERSALS))).plain.split())
_STEMS = (*REVERSING_STEMS, *normalise(" ".join(sorted(REVERSING_STEMS))).plain.split())
_WORD = re.compile(rf"[\w{MARKS}]+")
# In “no-fly zone”, “not-for-profit” and “Pas-de-Calais” a negation in front of a hyphen is none.
_PARTS = re.compile(rf"[\w{MARKS}]{{2,}}(?![\w{MARKS}-])")
# "The rejected bid" is named, and no bid is rejected by it.
_NAMED = re.compile(r"(?:\b(?:the|an?|its|his|her|their|our|my|your)|['’]s) $")
_ENGLISH = ("ed", "unable", "unlikely", "unwilling", "refuse", "withdrawn")
_BEGINS = re.compile(r"(?:^|[.!?…\n])\W{0,3}$")
_LEADS_ON = re.compile(
    r"(?: \w{1,15})? (?:to|from|a|à|de|di|zu|te|att|å|at)\W*$"
    # Each word stands behind a space that must be there, so that there is one way alone to part them.
    r"|,? ?(?:(?:that|que|che|dass|dat|att|что|що|że|že)\b|qu'[\w.'-]{0,30}+)(?>(?: [\w.'-]{1,30}+){0,4}) ?$"
    r"|, at$|\W*$"
)
_LIMITS = LIMITS.union(normalise(" ".join(LIMITS)).plain.split())
_A_FEW = re.compile(r"\ba (?:few|little)\b")
_FIGURES = re.compile(r"\d+")
_BEHIND_NEGATION = words_in(
    "be been to have ever even yet really any quite longer sein haben être avoir ser haber essere"
)


def may_stand_for(stand_in: str, word: str, *, near: str, before: str = "", following: str = "") -> bool:
    """A bracket never hides a negation or a figure, unless it tells one, or that very figure, itself. Linear.

    Nor does it hide a verb such as “refused”, unless it has one, or a negation.
    """
    if negates_in_print(word, near=near) or _reverses(word, before=before, following=following):
        return negates_in_print(stand_in, near=near) or _reverses(stand_in, following=" to ")
    return _tells_figures(stand_in, word)


def negates_in_print(words: str, *, near: str) -> bool:
    """Does one of the words negate, in whatever typography, in the language of the text `near` it? Linear.

    The matching form joins a word to what stands behind a point, a quotation mark or a dash: “the U.S.never sold”.
    """
    told = normalise(words).plain.lower().split()
    return any(
        part in _NEGATIONS or negates(part, near=near)
        for word in told
        for part in {word, *_PARTS.findall(word)}
    )


def stands_behind_negation(word: str) -> bool:
    """May it part a negation from the verb that it negates: “has not yet sailed”, “no longer sails”?"""
    return word in _BEHIND_NEGATION or word.endswith("ly")


def turns_the_rest(text: str, start: int, end: int) -> bool:
    """Would a text in print say something else without what stands between `start` and `end`? Linear in that."""
    words, near = WORD_STOOD_FOR.findall(text, start, end), near_by(text, start)
    if any(negates_in_print(word, near=near) for word in words):
        return True
    told = text[start:end].lower()
    if not _LIMITS.isdisjoint(WORD_STOOD_FOR.findall(_A_FEW.sub("", told))):
        return True
    return _reverses(
        told, before=text[max(0, start - _FARTHEST_NAME) : start], following=text[end : end + _FARTHEST_WORDS]
    )


def reverses_what_follows(text: str, start: int, end: int) -> bool:
    """Does what stands between `start` and `end` end with a verb that reverses what follows, up to its “to”?"""
    told, following = text[start:end].lower(), text[end : end + _FARTHEST_WORDS].lower()
    before = text[max(0, start - _FARTHEST_NAME) : start].lower()
    undone = undoes(told, following=following, before=before)
    if undone >= len(told.rstrip()) and not told.endswith(("than", "than ")):
        return True
    places = _reversals_in(told, before=before, following=following)
    return any(_LEADS_ON.match(told, place) for place in places)


def _reverses(words: str, *, before: str = "", following: str) -> bool:
    told, following = words.lower(), following.lower()
    if any(True for _ in _reversals_in(told, before=before.lower(), following=following)):
        return True
    return undoes(told, following=following, before=before.lower()) > 0


def _reversals_in(words: str, *, before: str, following: str) -> Iterator[int]:
    """Where each verb among the words ends that reverses what follows, but for those that only name something."""
    for found in _WORD.finditer(words):
        word, behind = found.group(), words[found.end() :] + following
        if not (word in _REVERSALS or word.startswith(_STEMS)):
            continue
        in_front = before + words[: found.start()]
        is_named = word.endswith(_ENGLISH) and (
            _NAMED.search(in_front) or (word == "refuse" and _BEGINS.search(in_front))
        )
        if behind.startswith(" to ") or not is_named:
            yield found.end()


def near_by(text: str, place: int) -> str:
    """As much of the text round a place as tells its language, in small letters. Constant."""
    return text[max(0, place - _NEAR) : place + _NEAR].lower()


def in_brackets(words: str) -> str:
    """The words as the tight form of a document has them if they stand in brackets there. Linear."""
    return f"[{normalise(words).tight.strip()}]"


def brackets_alike(gaps: Sequence[tuple[str, str]]) -> bool:
    """Are the brackets of the passage the document's too, or do they stand for words of it? Linear.

    Of "copy [SOURCE] [TARGET]", where but one stands, the other was not put in by whoever quotes. Each bracket comes
    with what the document has in its place, in the tight form.
    """
    has_own = any(in_brackets(stand_in) in gap for stand_in, gap in gaps)
    return not has_own or all(WORD_STOOD_FOR.search(gap) for _, gap in gaps)


def remarks_alike(tight: str, quotation: Quotation, start: int, end: int) -> bool:
    """Do brackets at either end of the passage stand for nothing that the document has in brackets there?

    The places are those of the tight form. Constant.
    """
    first, last = in_brackets(quotation.first_remark), in_brackets(quotation.last_remark)
    before = tight[max(0, start - len(first) - _FARTHEST_REMARK) : start].rstrip(POINTS)
    behind = tight[end : end + len(last) + _FARTHEST_REMARK].lstrip(POINTS)
    if quotation.first_remark and before.endswith("]") and not before.endswith(first):
        return False
    return not (quotation.last_remark and behind.startswith("[") and not behind.startswith(last))


def ends_stood_for(text: str, quotation: Quotation, start: int, end: int) -> bool:
    """May brackets at either end of the passage stand beside the words that the document has there?

    They put no negation in and stand for no other figure, and in front for no negation. Constant.
    """
    in_front = _WORDS_IN_FRONT.search(text, max(0, start - _FARTHEST_WORDS), start)
    behind = _WORDS_BEHIND.match(text, end, end + _FARTHEST_WORDS)
    before, after = (words[0].split() if words else [] for words in (in_front, behind))
    first, last = quotation.first_remark, quotation.last_remark
    near = near_by(text, start)
    in_hand = f"{before[-2]} " if len(before) > 1 else ""
    stood_for = " ".join(before[-2:] if before and stands_behind_negation(before[-1]) else before[-1:])
    if (first and before and not may_stand_for(first, stood_for, near=near, before=in_hand)) or (
        last and after and not _tells_figures(last, after[0])
    ):
        return False
    return not any(
        negates_in_print(remark, near=near) and not any(negates_in_print(word, near=near) for word in words)
        for remark, words in ((first, before), (last, after))
    )


def _tells_figures(stand_in: str, word: str) -> bool:
    return set(_FIGURES.findall(word)) <= set(_FIGURES.findall(normalise(stand_in).plain))

"""What an ellipsis leaves out: never the word that turns what is left of the sentence round."""

from __future__ import annotations

import re

from stories.text.language.characters import UNSPACED
from stories.text.language.negations import HEDGES, WITHOUT, stops_beside
from stories.text.language.word_lists import words_in
from stories.text.passage.stand_ins import (
    WORD_STOOD_FOR,
    near_by,
    negates_in_print,
    reverses_what_follows,
    stands_behind_negation,
    turns_the_rest,
)

_LONGEST_CLAUSE = 80
_LONGEST_SENTENCE = 400
_MOST_WORDS_ALONE = 2
# In scripts that are written without spaces.
_MOST_CHARACTERS_ALONE = 6
_UNSPACED = re.compile(f"[{UNSPACED}]")
# In the tight form, where no space stands beside them. An apostrophe inside a word parts nothing.
_MARK = re.compile(r"[,;:.!?()\[\]…](?!\d)|(?<!\w)['-]|['-](?!\w)")
_ENDS_SENTENCE = re.compile(r"\w{3}'?[.!?]'?(?:[^\W_a-zà-ÿа-я]|$)|[。！？।]")
# What follows is another clause, of which nothing needs to be true of the first.
_JOINING = words_in(
    "and or but who whom whose which that where when while because although though since so yet "
    "und oder aber der die das den dem deren dessen welche welcher wo weil obwohl "
    "et ou mais qui que dont où car y o pero que quien cuyo porque e ma che cui mas quem cujo en of maar dat omdat "
    "och men som og и или но который которая которые что потому"
)
# "Not a plan but a fluke" is a fluke.
_INSTEAD = re.compile(r"\b(?:but(?: also| rather| an?| the)?|sondern|sino|bensì|maar|utan|а|ale) ?$")
# In Portuguese it is "more".
_INSTEAD_IN_FRENCH = re.compile(r"\bmais ?$")
_FRENCH = re.compile(r"\b(?:les|des|est|une|du|qui)\b")


def hides_a_reversal(tight: str, start: int, end: int) -> bool:
    """Would the rest say something else without what stands between, in the matching form? Constant.

    So it would without a negation, a verb such as “refused”, or a word such as “allegedly”, that stands next to what
    is kept, in its clause. One that stands in a clause of its own, between two commas, may be left out.
    """
    left_out = tight[start : min(end, start + _LONGEST_CLAUSE)]
    if _UNSPACED.search(left_out):
        if stops_beside(tight[max(start, end - _LONGEST_CLAUSE) : end]) or stops_beside(left_out):
            return True
        if end - start > _MOST_CHARACTERS_ALONE:
            return False
    if end - start <= _LONGEST_CLAUSE and len(left_out.split()) <= _MOST_WORDS_ALONE:
        if _ENDS_SENTENCE.search(left_out):
            return _begins_with_reversal(tight, start, end)
        return turns_the_rest(tight, start, end) or _doubts(left_out)
    return _begins_with_reversal(tight, start, end) or _ends_with_reversal(tight, start, end)


def _begins_with_reversal(tight: str, start: int, end: int) -> bool:
    """Does what is left out begin with a negation of what stands in front: “do not, as some say,”?"""
    left_out = tight[start : min(end, start + _LONGEST_CLAUSE)]
    # With a capital it begins a sentence of its own.
    if end - start > _LONGEST_SENTENCE or left_out.lstrip(" ")[:1].isupper():
        return False
    words = _words_of(_MARK.split(left_out)[0])[:_MOST_WORDS_ALONE]
    # "Without a word" denies nothing of what stands in front.
    if not words or words[0] in _JOINING or words[0] in WITHOUT:
        return False
    near = near_by(tight, start)
    return _is_negated(words, near) and not _tells_instead(tight, start, end, near)


def _ends_with_reversal(tight: str, start: int, end: int) -> bool:
    """Does it end with one of what follows: “, which is old, refused to”?"""
    clause = _MARK.split(tight[max(start, end - _LONGEST_CLAUSE) : end])[-1]
    words = _words_of(clause)
    if not words:
        return False
    if reverses_what_follows(tight, end - len(clause), end):
        return True
    if stands_behind_negation(words[-1]):
        words = words[:-1]
    return _is_negated(words[-1:], near_by(tight, start))


def _tells_instead(tight: str, start: int, end: int, near: str) -> bool:
    begin = max(start, end - _LONGEST_CLAUSE)
    if _INSTEAD.search(tight, begin, end):
        return True
    return _INSTEAD_IN_FRENCH.search(tight, begin, end) is not None and _FRENCH.search(near) is not None


def _doubts(text: str) -> bool:
    """Has it a word such as “allegedly”? “May” is a month, or a name."""
    return any(word.lower() in HEDGES and word != "May" for word in WORD_STOOD_FOR.findall(text))


def _words_of(text: str) -> list[str]:
    return [word.lower() for word in WORD_STOOD_FOR.findall(text)]


def _is_negated(words: list[str], near: str) -> bool:
    return any(negates_in_print(word, near=near) for word in words)

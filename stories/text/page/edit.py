"""Is it plain at first sight that prose was edited? Of many a change one word tells it, without a look at the rest."""

from __future__ import annotations

import re
import string
from heapq import nlargest

from stories.text.noise.volatile import LONGEST_LABEL, masked
from stories.text.page.outcome import Copy
from stories.text.page.retraction import takes_back

_FEW_LINES = 3
# A word that is looked for is held against all that was said.
_MOST_LOOKED_FOR = 50
_WORD = re.compile(r"(?<!\w)[a-z]{4,30}(?!\w)")
# Whatever else there is may be, or hide, another spelling of a word.
_MAY_BE_SPELLED_OTHERWISE = re.compile(
    "[^\n -~\u00a0\u00c0-\u00ff\u00ab\u00bb\u00b7\u2013-\u201d\u2022\u2026\u20ac]"
)
_NO_LETTERS = bytes(set(range(256)) - set(string.ascii_letters.encode()))
_SMALL = bytes(range(256)).lower()


def is_plainly_edited(old: str, new: str, after: Copy) -> bool:
    """Has a long line of prose a word that stands nowhere in the old text, not even across spaces?

    Then it is like none of the old lines, however these are masked, joined or put in order. Where the answer is no, a
    page may have changed all the same. Linear in the length of both texts: of three lines, fifty words are looked for.
    """
    if after.extract.kind != "html" or _MAY_BE_SPELLED_OTHERWISE.search(old):
        return False
    lines = new.split("\n")
    if takes_back(lines):
        # That is told only where it is new, which asks for the whole comparison.
        return False
    known = set(old.split("\n"))
    said = old.encode("ascii", "ignore").translate(_SMALL, _NO_LETTERS)
    prose = nlargest(
        _FEW_LINES, (line for line in lines if len(line) > LONGEST_LABEL and line not in known), key=len
    )
    return any(says_anew(line, said) and line in after.page.content({line}) for line in prose)


def says_anew(line: str, said: bytes) -> bool:
    """Has the line, also when what changes by itself is masked, a word that is not among the letters `said`?"""
    # The longest are the likeliest to be new.
    some = sorted(dict.fromkeys(_WORD.findall(line.lower())), key=len, reverse=True)[:_MOST_LOOKED_FOR]
    new = next((word for word in some if word.encode() not in said), None)
    return new is not None and new in masked(line).lower()

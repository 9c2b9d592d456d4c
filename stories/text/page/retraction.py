"""Does a page say of itself, and newly, that it is taken back?"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WHAT = r"(?:article|story|report|paper|study|statement|post|page|piece|column|press\ release|preprint|document|item)"
# In the page's own voice: “this article”, a heading, “we retract”. Another's paper retracted is ordinary news.
_SAYS = re.compile(
    rf"""
      ^\W{{0,9}}(?:retracted|withdrawn)\s?(?:[:\u2013\u2014-]|article\b|\W{{0,3}}$)
    | ^\W{{0,9}}retraction\s?(?:[:\u2013\u2014-]|not(?:e|ice)\b|\W{{0,3}}$)
    | \bthis\ {_WHAT}\ (?:has\ been|was|is|has\ now\ been|is\ now|is\ hereby)\ (?:retracted|withdrawn)\b
    | \b(?:have|has|hereby|we)\ (?:retract(?:ed)?|withdr(?:aw|ew|awn))\ (?:this|our)\ {_WHAT}\b
    | ^\W{{0,9}}zurückgezogen\s?[:\u2013\u2014-]
    | \b(?:dieser\ artikel|dieser\ beitrag|diese\ studie|diese\ meldung)\ (?:wurde|ist)\ zurückgezogen\b
    | \b(?:cet\ article|cette\ étude|ce\ communiqué)\ a\ été\ (?:rétractée?|retirée?)\b
    | \b(?:este\ artículo|este\ estudio|esta\ nota)\ ha\ sido\ (?:retractad[oa]|retirad[oa])\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What any of these has in it, in small letters, and few lines have: it is looked for first.
_SIGNS = ("retract", "withdr", "zurückgezogen", "rétract", "retir")
#: A notice is short, and says it at once.
_LONGEST_NOTICE = 300


def takes_back(lines: Iterable[str]) -> bool:
    """True where one of the lines that are new on a page says that the page was retracted or withdrawn.

    >>> takes_back(["Retraction: This article has been retracted by its publisher."])
    True
    >>> takes_back(["The journal retracted two papers of the group last year."])
    False

    English, German, French and Spanish, in the words of the notices that COPE's Retraction Guidelines ask for.
    Linear: of each line the first 300 characters are read.
    """
    return any(_says(line[:_LONGEST_NOTICE]) for line in lines)


def _says(line: str) -> bool:
    lower = line.lower()
    return any(sign in lower for sign in _SIGNS) and _SAYS.search(line) is not None

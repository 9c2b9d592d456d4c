"""What somebody types into a search box, as terms: whatever is typed is a query, and none is an error.

    bridge monday      both words, or words that begin like them (the two-letter ones, and longer)
    "bridge closes"    these words in this order
    -ferry             without that word
    202*               words and numbers that begin so

Writing that sets no spaces between words (Chinese, Japanese, Thai …) is looked for letter by letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_QUERY = 300
#: More words make a search slower and no clearer.
MOST_TERMS = 12
_PART = re.compile(r'(-?)(?:"([^"]*)(?:"|$)|(\S+))')
_WORD = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\0": " "})
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True)
class Term:
    """`words` as typed; letters, numbers and what stands between them, without quotation marks."""

    words: str
    is_excluded: bool = False
    #: The last word may go on.
    is_begun: bool = False

    @property
    def is_unspaced(self) -> bool:
        return bool(_UNSPACED.search(self.words))


@dataclass(frozen=True, slots=True)
class Query:
    terms: tuple[Term, ...]

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.is_excluded)

    @property
    def unwanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.is_excluded)


def parse_query(typed: str) -> Query:
    """The terms of what was typed; without any that is wanted, nothing is found.

    >>> [(term.words, term.is_excluded, term.is_begun) for term in parse_query('bridge "on monday" -ferry').terms]
    [('bridge', False, True), ('on monday', False, False), ('ferry', True, True)]
    """
    cleaned = typed.translate(_QUOTES)[:LONGEST_QUERY]
    found = (_term(*match.groups()) for match in _PART.finditer(cleaned))
    return Query(tuple(dict.fromkeys(term for term in found if term))[:MOST_TERMS])


def _term(minus: str, phrase: str | None, word: str | None) -> Term | None:
    said = (phrase if phrase is not None else word) or ""
    is_starred = phrase is None and said.endswith("*")
    words = " ".join(said.replace('"', " ").replace("*", " ").split())
    if not _WORD.search(words):
        return None
    return Term(words, bool(minus), is_starred or (phrase is None and _may_go_on(words)))


def _may_go_on(words: str) -> bool:
    """A number is meant as it stands, and one letter would find everything."""
    last = _WORD.findall(words)[-1]
    return len(last) > 1 and not last.isnumeric()

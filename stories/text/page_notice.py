"""A page that has little to say, rewritten: a notice may speak of a harbour's access as a wall does of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from .outcome import Copy, PageJudgement
from .page_phrases import (
    CHALLENGE,
    CHALLENGE_CLAUSES,
    CHALLENGE_MARKUP,
    FAULT,
    FORBIDDEN,
    NOT_FOUND,
    PAGE_NOT_FOUND,
    PAYWALL,
    REGION,
    SCRIPT_NEEDED,
    SIGN_IN,
    TAKEN_AWAY,
    WAITING,
    says_only,
    tells_any,
)
from .page_signs import SENTENCES, TITLE_PARTS, Signs, start_of_markup
from .volatile import DATE, TIME

_TOLD_BY = {
    "challenge": CHALLENGE + CHALLENGE_CLAUSES,
    "legal_reasons": REGION + NOT_FOUND + PAGE_NOT_FOUND,
    "forbidden": FORBIDDEN,
    "soft_404": (*PAGE_NOT_FOUND, *NOT_FOUND, "404"),
    "error_page": FAULT,
    "sign_in": SIGN_IN + PAYWALL,
    "script_needed": WAITING,
}
_DAY = re.compile(DATE, re.IGNORECASE)
# Errors tell their code, and when they were made.
_OF_AN_ERROR = re.compile(rf"(?<!\d)[45]\d\d(?!\d)|\b{TIME}", re.IGNORECASE)
# The words that weigh nothing are known of a few languages only.
_UNKNOWN_FILLERS = 2


def may_be_a_notice(state: PageJudgement, signs: Signs, copy: Copy) -> bool:
    """Is there no sentence, and no title, that says what told `state` and not of what else it might be so?

    "Access denied" is a wall's, "Access denied to the north harbour" is news. Linear in the length of the copy.
    """
    phrases = _TOLD_BY.get(state.reason)
    if phrases is None:
        return False
    if state.reason == "script_needed" and tells_any(signs.whole, SCRIPT_NEEDED):
        return False
    if state.reason == "challenge" and CHALLENGE_MARKUP.search(start_of_markup(copy)):
        return False
    # Walls name the site that they stand before.
    host = urlsplit(copy.final_url).hostname or copy.final_url
    sentences = (told.replace(host, " ") for told in _sentences(signs))
    return not any(
        says_only(told, phrases, other_words=0 if told.isascii() else _UNKNOWN_FILLERS) for told in sentences
    )


def is_dated(state: PageJudgement, signs: Signs, copy: Copy) -> bool:
    """Does a notice say on what day the text was taken away? Error pages know of none but the present. Linear.

    "This article has been removed" is an error's, "This article was removed on 4 May" its newsroom's.
    """
    return (
        state.reason == "soft_404"
        and any(_tells_when_it_was_taken_away(line) for line in signs.content)
        and may_be_a_notice(state, signs, copy)
    )


def _tells_when_it_was_taken_away(line: str) -> bool:
    return _DAY.search(line) is not None and tells_any(line, TAKEN_AWAY) and _OF_AN_ERROR.search(line) is None


def _sentences(signs: Signs) -> Iterator[str]:
    yield from TITLE_PARTS.split(signs.title)
    for line in signs.lines:
        yield from SENTENCES.split(line)

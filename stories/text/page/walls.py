"""Whether a copy's signs are those of a wall or an error page: a challenge, a soft 404, a fault, consent, a login.

Everything here is linear in the length of the signs.
"""

from __future__ import annotations

import re

from stories.text.language.page_phrases import (
    ABOUT_SIGNING_IN,
    AGREE,
    CHALLENGE,
    CHALLENGE_CLAUSES,
    CHALLENGE_MARKUP,
    CHALLENGE_WIDGET,
    CONSENT,
    EDITORS_WORDS,
    FAULT,
    FORBIDDEN,
    NOT_FOUND,
    OF_ANY_SERVICE,
    OTHER_404,
    PAGE_NOT_FOUND,
    PAYWALL,
    REGION,
    SCRIPT_NEEDED,
    SIGN_IN,
    WAITING,
    count_told,
    says_only,
    tells_any,
)
from stories.text.page.asking import asks_first
from stories.text.page.outcome import Copy, PageJudgement, PageOutcome
from stories.text.page.signs import (
    LONG_LINE,
    SENTENCES,
    SHORT,
    SHORT_LINE,
    TITLE_PARTS,
    VERY_SHORT,
    Signs,
    start_of_markup,
)

_LABEL = 25
_BARE = 200
_FAULTS_TOLD = tuple(f"{phrase.rstrip(' :')}:" for phrase in FAULT)
_FEW = 3
_FEWEST_OF_CONSENT = 3
_FEWEST_OF_SENTENCE = 4
_MOST_BESIDE_CONSENT = 60
_LONGEST_BUTTON = 40
_NUMBER_403 = re.compile(r"\W{0,3}40[13]\W{0,3}")
_NUMBER_404 = re.compile(r"\W{0,3}404\W{0,3}")
_TITLE_OF_404 = re.compile(
    r"(?:^|[|–—:·-]\s?)(?:error\s?)?(?:404|not found)\s{0,3}(?:$|[|–—:·-]|not found|error)"
)


def state_of_signs(signs: Signs, copy: Copy) -> PageJudgement | None:
    """Which wall or error page the copy is, the surest first; None if it is none. Linear."""
    if _is_challenge(signs, copy):
        return PageJudgement(PageOutcome.BLOCKED, "challenge")
    if signs.is_short and not _says_more(signs, REGION) and signs.is_said(REGION):
        return PageJudgement(PageOutcome.BLOCKED, "legal_reasons")
    if _is_refused(signs):
        return PageJudgement(PageOutcome.BLOCKED, "forbidden")
    if _is_not_found(signs):
        return PageJudgement(PageOutcome.GONE, "soft_404")
    if _is_fault(signs):
        return PageJudgement(PageOutcome.FAILED, "error_page")
    if _is_consent(signs) or asks_first(signs):
        return PageJudgement(PageOutcome.BLOCKED, "consent")
    if _is_sign_in(signs):
        return PageJudgement(PageOutcome.BLOCKED, "sign_in")
    if _needs_a_script(signs):
        return PageJudgement(PageOutcome.FAILED, "script_needed")
    return None


def _is_refused(signs: Signs) -> bool:
    """Does the title or a line say just that, or its number, on a page as bare as an error message?"""
    if len(signs.text) > _BARE or any(len(line) >= LONG_LINE for line in signs.lines):
        return False
    return signs.is_titled(FORBIDDEN) or any(
        says_only(line, FORBIDDEN, other_words=0) or (signs.has_lost and _NUMBER_403.fullmatch(line))
        for line in signs.lines
    )


def _is_challenge(signs: Signs, copy: Copy) -> bool:
    if _speaks_as_a_challenge(signs):
        return True
    if not signs.is_short:
        return False
    if signs.is_titled(CHALLENGE) or (signs.is_said(CHALLENGE) and not signs.has_prose):
        return True
    if not signs.is_very_short or signs.has_prose:
        return False
    markup = start_of_markup(copy)
    return CHALLENGE_MARKUP.search(markup) is not None or (
        tells_any(signs.whole, CHALLENGE) and CHALLENGE_WIDGET.search(markup) is not None
    )


def _speaks_as_a_challenge(signs: Signs) -> bool:
    """Does the text begin with a clause that only walls say, and say another or hardly anything else?"""
    told = count_told(signs.whole, CHALLENGE_CLAUSES)
    if not told or len(signs.text) > 2 * SHORT:
        return False
    if not tells_any("\n".join(signs.content[:_FEW]), CHALLENGE_CLAUSES):
        return False
    return told > 1 or not any(
        len(line) >= LONG_LINE and not tells_any(line, CHALLENGE_CLAUSES) for line in signs.content
    )


def _is_not_found(signs: Signs) -> bool:
    if not signs.is_short and not signs.has_lost:
        return False
    if OTHER_404.search(signs.text) and not tells_any(signs.text, PAGE_NOT_FOUND):
        return False
    if signs.is_titled(PAGE_NOT_FOUND) or _TITLE_OF_404.search(signs.title):
        return True
    if _says_more(signs, PAGE_NOT_FOUND):
        return False
    if signs.is_told(PAGE_NOT_FOUND) or any(map(_NUMBER_404.fullmatch, signs.lines)):
        return True
    is_bare = signs.is_very_short if signs.has_lost else len(signs.text) <= _BARE
    # Where links to other stories were put in the place of the text, what is said stands beside them.
    is_said_amid_links = signs.has_lost and sum(map(len, signs.content)) <= VERY_SHORT
    if not (is_bare or is_said_amid_links) or tells_any(signs.text, EDITORS_WORDS + OF_ANY_SERVICE):
        return False
    said = (*TITLE_PARTS.split(signs.title), *(signs.lines if is_bare else signs.content))
    return any(says_only(line, NOT_FOUND, other_words=_FEW) for line in said) or (
        is_bare and signs.has_lost and tells_any(signs.text, PAGE_NOT_FOUND + NOT_FOUND)
    )


def _is_fault(signs: Signs) -> bool:
    if not signs.is_short:
        return False
    if signs.is_titled(FAULT):
        return True
    begins = any(line.startswith(FAULT if signs.has_lost else _FAULTS_TOLD) for line in signs.lines)
    is_told = begins or signs.is_said(FAULT)
    return is_told and not _says_more(signs, FAULT) and (signs.has_lost or signs.is_very_short)


def _needs_a_script(signs: Signs) -> bool:
    told = signs.text if signs.has_lost else signs.whole
    if not signs.is_very_short or len(told) > SHORT or _says_more(signs, SCRIPT_NEEDED):
        return False
    return tells_any(told, SCRIPT_NEEDED) or signs.is_said(WAITING)


def _says_more(signs: Signs, phrases: tuple[str, ...]) -> bool:
    return signs.has_prose or signs.says_more(phrases)


def _is_consent(signs: Signs) -> bool:
    """Several of the words of a consent wall, and hardly anything else."""
    if count_told(signs.whole, CONSENT) < _FEWEST_OF_CONSENT or not _can_be_agreed_to(signs):
        return False
    sentences = [told for line in signs.content for told in SENTENCES.split(line)]
    if not signs.has_lost and not tells_any("\n".join(signs.content), CONSENT):
        # The banner is a part of the frame, and there is a page behind it.
        return not any(len(told.split()) >= _FEWEST_OF_SENTENCE for told in sentences)
    other = sum(len(told) for told in sentences if len(told) > _LABEL and not tells_any(told, CONSENT))
    return other <= _MOST_BESIDE_CONSENT and (signs.has_lost or signs.is_short)


def _can_be_agreed_to(signs: Signs) -> bool:
    """Is there a button to accept with, or a title that says that it is all about consent?"""
    labels = (line for line in signs.labels if len(line) <= _LONGEST_BUTTON)
    return signs.is_titled(CONSENT) or any(tells_any(label, AGREE) for label in labels)


def _is_sign_in(signs: Signs) -> bool:
    if signs.has_prose or not signs.is_short:
        return False
    if any(ABOUT_SIGNING_IN.search(told) for told in (signs.title, *signs.content[:1])):
        return signs.is_told(PAYWALL)
    if signs.has_lost:
        lines = [line for line in (signs.title, *signs.lines) if len(line) <= SHORT_LINE]
        return signs.is_told(PAYWALL) or any(says_only(line, SIGN_IN, other_words=2) for line in lines)
    has_more = any(len(line) >= LONG_LINE and not tells_any(line, SIGN_IN) for line in signs.content)
    is_wall = any(
        count_told(line, SIGN_IN) > 1
        and "newsletter" not in line
        and says_only(line, SIGN_IN, other_words=_FEW)
        for line in signs.lines
    )
    return signs.is_very_short and (signs.is_titled(SIGN_IN) or is_wall) and not has_more

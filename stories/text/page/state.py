"""Whether a copy can be believed: not every page that comes with 200 is the page that was asked for."""

from __future__ import annotations

import re

from stories.text.extract import ExtractError
from stories.text.language.page_phrases import (
    CHALLENGE_MARKUP,
    CHALLENGE_TITLES,
    FAULT,
    NOT_FOUND,
    PAGE_NOT_FOUND,
    tells_any,
)
from stories.text.limits import LONG_TEXT
from stories.text.page.address import state_of_address
from stories.text.page.asking import is_about_such
from stories.text.page.instead import (
    is_form_instead,
    is_front_page,
    is_sign_in_page,
    shell,
)
from stories.text.page.loss import (
    asks_for_a_password,
    asks_for_a_proof,
    breaks_off_at_a_wall,
    has_end,
    is_notice,
    is_truncated,
    keeps_prose,
)
from stories.text.page.notice import is_accounted_for, is_of_something_there, may_be_a_notice
from stories.text.page.outcome import Copy, PageJudgement, PageOutcome
from stories.text.page.sent_on import says_that_it_moved, sends_on
from stories.text.page.shared_words import is_of_something_else
from stories.text.page.signs import VERY_SHORT, Signs, first_signs, plain_line, signs_against, start_of_markup
from stories.text.page.standing import stands_alone
from stories.text.page.walls import state_of_signs

_BY_STATUS = {
    204: (PageOutcome.FAILED, "empty"),
    205: (PageOutcome.FAILED, "empty"),
    206: (PageOutcome.FAILED, "truncated"),
    401: (PageOutcome.BLOCKED, "unauthorised"),
    402: (PageOutcome.BLOCKED, "payment_required"),
    403: (PageOutcome.BLOCKED, "forbidden"),
    404: (PageOutcome.GONE, "not_found"),
    407: (PageOutcome.BLOCKED, "proxy"),
    410: (PageOutcome.GONE, "gone_for_good"),
    429: (PageOutcome.FAILED, "too_many_requests"),
    451: (PageOutcome.BLOCKED, "legal_reasons"),
    503: (PageOutcome.FAILED, "unavailable"),
}
_MAY_BE_CHALLENGE = (403, 429, 503)
_LABEL = 25
_BARE = 200
_TAIL = 2_000
_WORD = re.compile(r"\w")


def state_of_status(status: int) -> PageJudgement | None:
    """What a status code says by itself; None for 200 and its like, where the copy has to be looked at.

    Constant.
    """
    if status in _BY_STATUS:
        return PageJudgement(*_BY_STATUS[status])
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return PageJudgement(PageOutcome.FAILED, "redirect")
    return PageJudgement(PageOutcome.FAILED, "server_error" if status >= 500 else "refused")


def state_of_copy(copy: Copy, before: Copy | None = None) -> PageJudgement | None:
    """Why `copy` must not be believed; None if it may be.

    `before` is the last believed copy, if there is one: what it has too is no sign of anything, and a page that
    keeps its prose is believed whatever else it says. Without it, only the plain cases are told. Linear in the
    length of both. Raises ExtractError if `before` cannot be read.
    """
    by_status = state_of_status(copy.status)
    if by_status:
        return _with_challenge_told(by_status, copy)
    if not copy.body.strip():
        return PageJudgement(PageOutcome.FAILED, "empty")
    by_address = state_of_address(copy, before)
    if by_address:
        return by_address
    try:
        extract = copy.extract
    except ExtractError as error:
        return PageJudgement(PageOutcome.FAILED, error.reason)
    if not _WORD.search(extract.text):
        return sends_on(copy) or PageJudgement(PageOutcome.FAILED, "empty")
    if before is None:
        is_told = extract.kind == "html" or _is_bare_message(extract.text)
        return (state_of_signs(first_signs(copy), copy) if is_told else None) or sends_on(copy)
    return _state_against(before, copy)


def _is_bare_message(text: str) -> bool:
    """Is that a few words, as of an error message, and no sentence that says anything else?"""
    lines = plain_line(text).split("\n") if len(text) <= _BARE else [text]
    return all(
        len(line) <= _LABEL or tells_any(line, (*PAGE_NOT_FOUND, *NOT_FOUND, *FAULT)) for line in lines
    )


def _with_challenge_told(state: PageJudgement, copy: Copy) -> PageJudgement:
    """Challenges come with 403, 429 and 503: then the page is there, but not for us."""
    if copy.status in _MAY_BE_CHALLENGE and b"<" in copy.body[:_TAIL]:
        markup = start_of_markup(copy)
        if CHALLENGE_MARKUP.search(markup) or tells_any(plain_line(markup[:_TAIL]), CHALLENGE_TITLES):
            return PageJudgement(PageOutcome.BLOCKED, "challenge")
    return state


def _state_against(before: Copy, copy: Copy) -> PageJudgement | None:
    old, new = before.extract.text, copy.extract.text
    if old == new:
        return None
    if len(new) > LONG_TEXT:
        is_cut = len(new) < len(old) and old.startswith(new) and has_end(before)
        return PageJudgement(PageOutcome.FAILED, "truncated") if is_cut else None
    if is_truncated(before, copy):
        return PageJudgement(PageOutcome.FAILED, "truncated")
    has_lost = not keeps_prose(before, copy)
    is_html = copy.extract.kind == "html"
    if not has_lost:
        is_walled = is_html and before.extract.kind == "html" and breaks_off_at_a_wall(before, copy)
        return PageJudgement(PageOutcome.BLOCKED, "sign_in") if is_walled else None
    if not is_html and len(new) > VERY_SHORT:
        return None
    signs = signs_against(before, copy)
    state = state_of_signs(signs, copy)
    if (
        state
        and is_notice(before)
        and not is_of_something_else(before, signs)
        and _may_be_its_subject(state, before, signs, copy)
    ):
        return None
    if state and (
        is_accounted_for(state, signs, copy)
        # A notice stands in the frame of its site.
        or (is_of_something_there(state, signs, copy) and not (is_html and stands_alone(before, copy)))
    ):
        return None
    if (
        not state
        and is_html
        and any(
            is_one(before, copy, signs) for is_one in (asks_for_a_password, is_sign_in_page, is_form_instead)
        )
    ):
        return PageJudgement(PageOutcome.BLOCKED, "sign_in")
    if not state and is_html and asks_for_a_proof(before, copy, signs):
        return PageJudgement(PageOutcome.BLOCKED, "challenge")
    if not state and is_html and is_front_page(before, copy, signs):
        return PageJudgement(PageOutcome.GONE, "home_page")
    state = state or sends_on(copy) or (None if is_notice(before) else says_that_it_moved(signs))
    return state or (shell(before, copy, signs) if is_html else None)


def _may_be_its_subject(state: PageJudgement, before: Copy, signs: Signs, copy: Copy) -> bool:
    """May the page speak of what walls speak of, because that is what it is about?"""
    if state.reason == "consent":
        return is_about_such(first_signs(before))
    return may_be_a_notice(state, signs, copy)

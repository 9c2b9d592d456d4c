"""What the address says at which a request ended: a sign-in, a consent wall, a home page, a section."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit

from stories.text.extract import ExtractError
from stories.text.page.loss import keeps_prose
from stories.text.page.outcome import Copy, PageJudgement, PageOutcome
from stories.text.page.subject import is_still_its_title

_LONGEST_HOME = 40
_HOME = re.compile(
    r"^/?(?:[a-z]{2}(?:[-_][a-zA-Z]{2,4})?/?)?(?:(?:index|default|home)(?:\.\w{2,5})?/?)?$", re.IGNORECASE
)
# A page of a content system may have no other address than "/?p=12".
_TELLS_A_PAGE = re.compile(r"(?:^|&)(?:p|id|page|page_id|cat|article|story|post|q|s|v)=", re.IGNORECASE)
_SIGN_IN = re.compile(
    r"^(?:log-?in|sign-?in|sso|auth|accounts?)\.|/(?:log[-_]?in|sign[-_]?in|sign[-_]?up|register|auth|sso|subscribe)(?:[/.]|$)",
    re.IGNORECASE,
)
# Stories stand below these too, in a section for members or of subscriptions.
_OFFER = re.compile(
    r"/(?:subscriptions?|memberships?|join(?:-us)?|offers?|plans|pricing|trial|abo|abonnement|abonnez-vous|suscri(?:pcion(?:es)?|bete)|abbonamenti|abbonati|assine"
    r"|assinatura|prenumerata)/?$",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"^(?:consent|guce|myprivacy)\.|/(?:consent|privacy-?(?:gate|wall))(?:/|$)", re.IGNORECASE
)
_OF_THE_SAME_PAGE = re.compile(r"/(?:(?:index|default)\.\w{1,5}|amp|print)?/?$")
_NOT_FOUND = re.compile(r"/(?:404|not-?found|page-?not-?found|error)(?:[/.]|$)", re.IGNORECASE)


def state_of_address(copy: Copy, before: Copy | None = None) -> PageJudgement | None:
    """Why a copy from another address than was asked for is not the page; None if it may be.

    Where the last believed copy came from the same address, that address is the page; and where a subscription is
    offered, or a section begins, the page may be as well, if its text came, or to the section its title.

    Linear in the addresses and, where its text is asked for, in both copies.
    """
    asked, came = _split(copy.url), _split(copy.final_url)
    if asked is None or came is None or copy.final_url == copy.url:
        return None
    if before is not None and before.final_url == copy.final_url:
        return None
    for pattern, outcome, reason in (
        (_CONSENT, PageOutcome.BLOCKED, "consent"),
        (_SIGN_IN, PageOutcome.BLOCKED, "sign_in"),
        (_NOT_FOUND, PageOutcome.GONE, "soft_404"),
    ):
        if pattern.search(_place(came)) and not pattern.search(_place(asked)):
            return PageJudgement(outcome, reason)
    if _OFFER.search(came.path) and not _OFFER.search(asked.path) and not _came_along(before, copy):
        return PageJudgement(PageOutcome.BLOCKED, "sign_in")
    if _is_home(came) and not _is_home(asked):
        return PageJudgement(PageOutcome.GONE, "home_page")
    if before is not None and _is_section_of(came, asked) and not _is_still_told(before, copy):
        return PageJudgement(PageOutcome.GONE, "section_page")
    return None


def leads_to_sign_in(url: str, copy: Copy) -> bool:
    """Is that where a visitor signs in or subscribes? Linear."""
    try:
        led = urlsplit(urljoin(copy.final_url, url))
    except ValueError:
        return False
    return _SIGN_IN.search(_place(led)) is not None or _OFFER.search(led.path) is not None


def _came_along(before: Copy | None, copy: Copy) -> bool:
    try:
        return before is not None and keeps_prose(before, copy)
    except ExtractError:
        return False


def _is_still_told(before: Copy, copy: Copy) -> bool:
    try:
        return is_still_its_title(before, copy) or keeps_prose(before, copy)
    except ExtractError:
        return False


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _place(url: SplitResult) -> str:
    return f"{url.netloc}{url.path}"


def _is_section_of(came: SplitResult, asked: SplitResult) -> bool:
    """Does the address that was asked for stand below the one that came, as a story's below that of its section?"""
    section, page = (_OF_THE_SAME_PAGE.sub("", url.path) for url in (came, asked))
    return came.hostname == asked.hostname and page.startswith(f"{section}/")


def _is_home(url: SplitResult) -> bool:
    is_bare = len(url.path) <= _LONGEST_HOME and not _TELLS_A_PAGE.search(url.query)
    return is_bare and _HOME.match(url.path) is not None

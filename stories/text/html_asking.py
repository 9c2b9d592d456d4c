"""Boxes of a page that ask its visitor for something: to accept cookies, to give, to subscribe."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from .asking_words import (
    AGREED_BRIEFLY,
    APPEALS,
    GIVEN_BY,
    OF_COOKIES,
    SPEAKERS,
    SUBSCRIBED_BY,
    SUBSCRIPTIONS,
)
from .html_heading import plain_words_of
from .page_phrases import AGREE, tells_any

_BUTTONS = (
    "button, [role=button], input[type=submit], a[class*=btn], a[class*=button], a[href='#'], a:not([href])"
)
_LINKS = "button, [role=button], input[type=submit], a"
_MOST_BUTTONS = 20
_LONGEST_BUTTON = 40
_LONGEST_APPEAL = 600
_HOLDS_ADDRESS = "input[type=email]"


def speaks_of_cookies(text: str) -> bool:
    """Linear."""
    told = text.lower()
    return any(word in told for word in OF_COOKIES)


def asks(node: LexborNode, told: str) -> bool:
    """Does `node`, whose text is `told`, ask for something, and has it a button to answer with? Linear."""
    if speaks_of_cookies(told) and any(map(_is_agreed_with, node.css(_BUTTONS)[:_MOST_BUTTONS])):
        return True
    if len(told) > _LONGEST_APPEAL or not SPEAKERS.search(told.lower()):
        return False
    return _can_be_pressed(node, told, APPEALS, GIVEN_BY) or (
        _can_be_pressed(node, told, SUBSCRIPTIONS, SUBSCRIBED_BY)
    )


def _can_be_pressed(node: LexborNode, told: str, subject: re.Pattern[str], answers: frozenset[str]) -> bool:
    is_of_it = subject.search(told.lower()) is not None or (
        answers is SUBSCRIBED_BY and node.css_first(_HOLDS_ADDRESS) is not None
    )
    return is_of_it and any(_words_on(button) in answers for button in node.css(_LINKS)[:_MOST_BUTTONS])


def _is_agreed_with(button: LexborNode) -> bool:
    told = _words_on(button)
    return len(told) <= _LONGEST_BUTTON and (told in AGREED_BRIEFLY or tells_any(told, AGREE))


def _words_on(button: LexborNode) -> str:
    return plain_words_of(button) or (button.attributes.get("value") or "").lower().strip()

"""Boxes of a page that ask its visitor for something: to accept cookies, to give, to subscribe."""

from __future__ import annotations

from typing import Literal

from selectolax.lexbor import LexborNode

from stories.text.language.asking_words import (
    AGREED_BRIEFLY,
    APPEALS,
    FIGURES_OF_APPEALS,
    GIVEN_BY,
    OF_COOKIES,
    PRESSED,
    SPEAKERS,
    SUBSCRIBED_BY,
    SUBSCRIPTIONS,
)
from stories.text.language.page_phrases import AGREE, tells_any
from stories.text.markup.heading import plain_words, plain_words_of
from stories.text.markup.section import CONTROLS

Asked = Literal["", "consent", "support", "address"]

_BUTTONS = (
    "button, [role=button], input[type=submit], a[class*=btn], a[class*=button], a[href='#'], a:not([href])"
)
_LINKS = "button, [role=button], input[type=submit], a"
_ANY_ANSWER = "button, [role=button], input, a"
_MOST_BUTTONS = 20
_LONGEST_BUTTON = 40
_LONGEST_APPEAL = 600
_HOLDS_ADDRESS = "input[type=email], input[type=text][name*=mail i], input:not([type])[name*=mail i]"
_FIELDS = (
    "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=image]):not([type=checkbox]), "
    "textarea, select"
)
_SENT_BY = "button, input[type=submit], input[type=image]"
_MOST_FIELDS = 3
_OF_A_LINE = (None, "text", "email")
_LONGEST_FOR_AN_ADDRESS = 300


def speaks_of_cookies(text: str) -> bool:
    """Linear."""
    told = text.lower()
    return any(word in told for word in OF_COOKIES)


def can_be_agreed_to(node: LexborNode) -> bool:
    """Is there something to answer with: a field, a button, or a link that agrees? Linear."""
    return node.css_first(CONTROLS) is not None or any(map(_is_agreed_with, node.css("a")[:_MOST_BUTTONS]))


def asked_by(node: LexborNode, told: str) -> Asked:
    """What `node`, whose text is `told`, asks for, if it has a button to answer with. Linear.

    Whatever is said beside a field for an address may be the site's plea, or what an address is told of.
    """
    if node.css_first(_ANY_ANSWER) is None:
        return ""
    if speaks_of_cookies(told) and any(map(_is_agreed_with, node.css(_BUTTONS)[:_MOST_BUTTONS])):
        return "consent"
    told = " ".join(told.split())
    if len(told) > _LONGEST_APPEAL or _has_figure_of_its_own(told):
        return ""
    if SPEAKERS.search(told.lower()) and (_asks_to_give(node, told) or _asks_to_subscribe(node, told)):
        return "support"
    return "address" if len(told) <= _LONGEST_FOR_AN_ADDRESS and _asks_for_an_address_alone(node) else ""


def _has_figure_of_its_own(told: str) -> bool:
    """Has the text a figure that is neither a price nor how many others have answered?"""
    return any(map(str.isdigit, FIGURES_OF_APPEALS.sub("", told)))


def _asks_to_give(node: LexborNode, told: str) -> bool:
    answers = _answers(node, GIVEN_BY)
    for words in filter(None, (" ".join(answer.text().split()) for answer in answers)):
        # Those of the answer are no plea, and mostly the last.
        before, _, behind = told.rpartition(words)
        told = before + behind
    return bool(answers) and APPEALS.search(told) is not None


def _asks_to_subscribe(node: LexborNode, told: str) -> bool:
    is_of_letters = SUBSCRIPTIONS.search(told) is not None or node.css_first(_HOLDS_ADDRESS) is not None
    return is_of_letters and bool(_answers(node, SUBSCRIBED_BY))


def _asks_for_an_address_alone(node: LexborNode) -> bool:
    """Is an e-mail address to be filled in, perhaps with a name, and a button there? Whatever is said beside it."""
    fields = node.css(_FIELDS)[: _MOST_FIELDS + 1]
    return (
        len(fields) <= _MOST_FIELDS
        and all(field.attributes.get("type") in _OF_A_LINE for field in fields)
        and node.css_first(_HOLDS_ADDRESS) is not None
        and node.css_first(_SENT_BY) is not None
    )


def _answers(node: LexborNode, words: frozenset[str]) -> list[LexborNode]:
    """The first links and buttons of `node` that have such words on them."""
    return [
        link
        for link in node.css(_LINKS)[:_MOST_BUTTONS]
        if (told := _words_on(link)) in words and (told not in PRESSED or _is_button(link))
    ]


def _is_button(link: LexborNode) -> bool:
    return link.tag != "a" or link.attributes.get("role") == "button"


def _is_agreed_with(button: LexborNode) -> bool:
    told = _words_on(button)
    return len(told) <= _LONGEST_BUTTON and (told in AGREED_BRIEFLY or tells_any(told, AGREE))


def _words_on(button: LexborNode) -> str:
    return plain_words_of(button) or plain_words(button.attributes.get("value") or "")

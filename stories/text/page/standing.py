"""What a page that came in place of another shows in no words: it stands without a frame, or is named an error.

Everything here is linear in the length of both copies.
"""

from __future__ import annotations

import re

from stories.text.page.outcome import Copy
from stories.text.page.signs import start_of_markup

# A site has a menu; a page of a few lines has none that could be missed.
_LEAST_OF_A_FRAME = 3
_LABELS_FOR_EACH_OF_ANY_SITE = 10
_META = re.compile(r"<meta\b([^<>]{1,1000})>", re.IGNORECASE)
_OF_ROBOTS = re.compile(r"\bname\s{0,3}=\s{0,3}[\"']?robots\b", re.IGNORECASE)
_UNLISTED = re.compile(r"\bnoindex\b", re.IGNORECASE)
_NAMES = re.compile(r"\b(?:class|id)\s{0,3}=\s{0,3}[\"']([^\"'<>]{1,500})[\"']", re.IGNORECASE)
_OF_AN_ERROR = re.compile(
    r"(?:^|[\s_-])(?:(?:error|page|http|status)[_-]?(?:404|500|503|page)|404(?:[_-]?page)?|page[_-]?(?:error|not[_-]?found)"
    r"|not[_-]?found|maintenance(?:[_-]?(?:mode|page))?|coming[_-]?soon)(?:$|[\s_-])",
    re.IGNORECASE,
)


def stands_alone(before: Copy, copy: Copy) -> bool:
    """Did hardly anything stay of what was there, not even the menu? A notice stands in the frame of its site.

    Of ten labels of the frame one may be such as stands on any site: "Contact".
    """
    stayed = before.distinct_lines.intersection(copy.lines)
    frame = {block.text for block in before.page.blocks() if block.in_frame or block.is_link}
    return len(frame) >= _LEAST_OF_A_FRAME and len(stayed) <= len(frame) // _LABELS_FOR_EACH_OF_ANY_SITE


def is_named_an_error(before: Copy, copy: Copy) -> bool:
    """Has it an element that is named as that of an error, as it had none before?"""
    return _has_error(start_of_markup(copy)) and not _has_error(start_of_markup(before))


def is_newly_unlisted(before: Copy, copy: Copy) -> bool:
    """Is it newly kept out of search engines? So are the pages of errors, and what is over, such as an event."""
    return _is_unlisted(start_of_markup(copy)) and not _is_unlisted(start_of_markup(before))


def _is_unlisted(markup: str) -> bool:
    return any(_OF_ROBOTS.search(told) and _UNLISTED.search(told) for told in _META.findall(markup))


def _has_error(markup: str) -> bool:
    return any(map(_OF_AN_ERROR.search, _NAMES.findall(markup)))

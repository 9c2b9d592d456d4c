"""What a reader would call the content of a page, without the frame round it."""

from __future__ import annotations

from typing import Any

from stories.text.language.composed import composed
from stories.text.markup.depth import is_too_dear

MOST_CHARACTERS = 1_000_000
_LEAST_SHARE = 0.1
_LEAST_CHARACTERS = 200


def main_content(markup: str, full_text: str) -> str:
    """The main text of an HTML page (trafilatura, precision before recall, no comments).

    At most 1,000,000 characters are read.

    `full_text` is all that can be seen of it; that is returned where little is found, where a tree would be
    too dear, or where it has over 1,000,000 characters: this reading costs ten times as much.
    """
    if len(markup) > MOST_CHARACTERS or is_too_dear(markup):
        return full_text
    found = _extract(markup, favor_precision=True, include_comments=False, deduplicate=False)
    is_too_little = len(found) < min(_LEAST_CHARACTERS, len(full_text)) or len(found) < _LEAST_SHARE * len(
        full_text
    )
    return full_text if is_too_little else found


def main_markup(markup: str) -> str:
    """The main part of an HTML page as HTML that keeps paragraphs, headings, lists, emphasis and links.

    All of it where little is found, where a tree would be too dear, or beyond 1,000,000 characters.

    At most 1,000,000 characters are read.
    """
    if len(markup) > MOST_CHARACTERS or is_too_dear(markup):
        return markup
    found = _extract(
        markup,
        output_format="html",
        include_links=True,
        include_formatting=True,
        include_comments=False,
        deduplicate=False,
        with_metadata=False,
    )
    return found if found and len(found) >= _LEAST_CHARACTERS else markup


def _extract(markup: str, **options: Any) -> str:
    # Only pages that people compare or bring in need it, and it takes 10 MB: workers do without.
    from trafilatura import core

    # What it finds it puts in canonical order, in the square of the marks that a page heaps on a letter.
    vars(core).update(normalize_unicode=composed)
    return core.extract(markup, **options) or ""

"""Strings inside of data, which may hold markup."""

from __future__ import annotations

import re

from stories.text.markup.text import html_text

HAS_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|&[a-zA-Z]{2,10};|&#")


def whole_characters(value: str) -> str:
    """What JSON can write and no text can hold, halves of characters and NUL, as replacements. Linear."""
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def readable(value: str) -> str:
    """A string that may hold markup, as it would be shown. Linear."""
    value = whole_characters(value)
    return html_text(value)[1] if HAS_MARKUP.search(value) else value.strip()

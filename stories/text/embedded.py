"""Strings inside of data, which may hold markup."""

from __future__ import annotations

import re

from .html_text import html_text

HAS_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|&[a-zA-Z]{2,10};|&#")


def readable(value: str) -> str:
    """A string that may hold markup, as it would be shown. Linear."""
    value = value.encode("utf-8", "replace").decode("utf-8")
    return html_text(value)[1] if HAS_MARKUP.search(value) else value.strip()

"""Plain text to Markdown: the same words, with nothing in them taken for markup."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"\\|`|\*|(?<![^\W_])_|_(?![^\W_])|\[(?=[^\]\n]{0,500}\][(\[:])|!(?=\[)")
_ENTITY = re.compile(r"&(?=#|\w{1,30};)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LINE_START = re.compile(r"^([ \t]*)(?:([#>+-])|(\d{1,9})([.)])(?=\s))", re.MULTILINE)


def escape_markdown(paragraph: str) -> str:
    r"""Return `paragraph` (a single line) so that Markdown shows its very characters. Linear in its length.

    >>> escape_markdown("# 2*3 <b>")
    '\\# 2\\*3 &lt;b>'
    """
    return escape_line_start(escape_inline(paragraph))


def escape_inline(words: str) -> str:
    """Return `words` so that Markdown shows them wherever they stand within a line. Linear."""
    escaped = _MARKUP.sub(lambda mark: f"\\{mark[0]}", words)
    return _TAG.sub("&lt;", _ENTITY.sub("&amp;", escaped))


def escape_line_start(text: str) -> str:
    """Return `text` so that none of its lines begins a list, a heading or a quotation. Linear."""
    return _LINE_START.sub(_escape_line_start, text)


def _escape_line_start(mark: re.Match[str]) -> str:
    if mark[3]:
        return f"{mark[3]}\\{mark[4]}"
    return f"\\{mark[2]}"

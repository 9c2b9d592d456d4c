"""The tags of a page as a parser finds them, without a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

NAME = re.compile(r"/?([a-zA-Z][^\s/>]{0,40})")
SPACE = r"\t\n\f\r "
# As a parser reads it (HTML 13.2.5.32-39). Possessive, so that an open quotation mark is looked for but once.
ATTRIBUTE = (
    rf"[{SPACE}/]*+[^{SPACE}/>][^{SPACE}/>=]*+"
    rf"(?>(?:[{SPACE}]*+=[{SPACE}]*+(?>(?:\"[^\"]*+\"|'[^']*+'|[^{SPACE}>\"'][^{SPACE}>]*+)?))?)"
)
_REST_OF_TAG = re.compile(rf"(?>(?:(?>(?:{ATTRIBUTE}){{1,500}}))*)[{SPACE}/]*+>")
# "<!-->" and "<!--->" are whole, and "--!>" ends one too.
_END_OF_COMMENT = re.compile("-->|(?<!<!)(?<!<!-)--!>")
_RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")


def tags_of(markup: str) -> Iterator[tuple[str, bool, int, int]]:
    """Name, whether it closes, start and end of every tag; comments and the inside of scripts are passed over. Linear.

    >>> list(tags_of("<p>1<!-- <b> --></p>"))
    [('p', False, 0, 3), ('p', True, 16, 20)]
    """
    at = markup.find("<")
    lowered = ""
    while at >= 0:
        end = at + 1
        if markup.startswith("<!--", at):
            comment = _END_OF_COMMENT.search(markup, at + 2)
            end = comment.end() if comment else len(markup)
        elif match := NAME.match(markup, end):
            rest = _REST_OF_TAG.match(markup, match.end())
            end = rest.end() if rest else len(markup)
            name, closes = match.group(1).lower(), markup[at + 1] == "/"
            yield name, closes, at, end
            if name in _RAW and not closes:
                lowered = lowered or markup.lower()
                close = (
                    lowered.find(f"</{name}", end)
                    if len(lowered) == len(markup)
                    else markup.find(f"</{name}", end)
                )
                end = close if close >= 0 else len(markup)
        elif markup[end : end + 1] in ("!", "?", "/"):
            # A comment too, as a parser takes it (HTML 13.2.5.41).
            end = _after(markup, ">", end)
        at = markup.find("<", end)


def _after(markup: str, mark: str, at: int) -> int:
    found = markup.find(mark, at)
    return found + len(mark) if found >= 0 else len(markup)

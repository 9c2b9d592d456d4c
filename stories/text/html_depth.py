"""HTML that is nested too deeply for a tree: told in one pass over its tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .limits import MOST_TAGS_OF_TREE
from .word_lists import words_in

# A parser looks through all open elements for each new one: a million open <div> would take it most of an hour.
_DEEPEST = 1_000
_FEW_TAGS = 5_000
_NAME = re.compile(r"/?([a-zA-Z][^\s/>]{0,40})")
# Possessive and atomic, so that an unclosed quotation mark is looked for once and never again.
_REST_OF_TAG = re.compile(r"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+>")
_VOID = words_in("area base br col embed hr img input link meta param source track wbr")
# Elements whose end tag may be left out close one another, and so never nest by themselves.
_CLOSED_BY_THE_NEXT = words_in(
    "p li dt dd option optgroup tr td th thead tbody tfoot colgroup html head body"
)
_RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")


def is_too_deep(markup: str) -> bool:
    """Might more than a thousand elements be open at once, or are there over 30,000? One pass at most."""
    tags = markup.count("<")
    if tags > MOST_TAGS_OF_TREE:
        return True
    if tags <= _FEW_TAGS or tags - markup.count("</") <= _FEW_TAGS:
        return False
    still_open: Counter[str] = Counter()
    depth = 0
    for name, closes, _, _ in _tags(markup):
        if name in _VOID or name in _CLOSED_BY_THE_NEXT:
            continue
        if not closes:
            still_open[name] += 1
            depth += 1
        elif still_open[name]:
            still_open[name] -= 1
            depth -= 1
        if depth > _DEEPEST:
            return True
    return False


def _tags(markup: str) -> Iterator[tuple[str, bool, int, int]]:
    """Name, whether it closes, start and end of every tag; comments and the inside of scripts are passed over."""
    at = markup.find("<")
    lowered = ""
    while at >= 0:
        end = at + 1
        if markup.startswith("<!--", at):
            end = _after(markup, "-->", at + 4)
        elif markup[end : end + 1] in ("!", "?"):
            end = _after(markup, ">", end)
        elif match := _NAME.match(markup, end):
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
        at = markup.find("<", end)


def _after(markup: str, mark: str, at: int) -> int:
    found = markup.find(mark, at)
    return found + len(mark) if found >= 0 else len(markup)

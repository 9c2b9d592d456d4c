"""HTML that is nested too deeply for a tree: told in one pass over its tags, and read flat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

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
_UNREAD = words_in("script style template title iframe head")
_BREAKING = words_in(
    "address article aside blockquote br button caption dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr label legend li main nav ol option p pre section select "
    "summary table td th tr ul"
)


def is_too_deep(markup: str) -> bool:
    """Might more than a thousand elements be open at once? One pass over the tags, none if there are few."""
    tags = markup.count("<")
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


def flat_blocks(markup: str) -> tuple[str, list[str]]:
    """The title and the blocks of text, read without regard to what is inside what."""
    title, pieces, at, unread = "", [], 0, ""
    for name, closes, start, end in _tags(markup):
        if not unread:
            pieces.append(unescape(markup[at:start]))
        elif name == unread and closes and name == "title":
            title = title or " ".join(unescape(markup[at:start]).split())
        if name in _UNREAD and name not in ("template", "head"):
            unread = "" if closes else name
        if name in _BREAKING:
            pieces.append("\n\ue010")
        at = end
    if not unread:
        pieces.append(unescape(markup[at:]))
    text = "".join(pieces)
    return title, [line for block in text.split("\ue010") if (line := " ".join(block.split()))]


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

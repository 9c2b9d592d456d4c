"""The readable text of copies that are plain text or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from statistics import median

from stories.text.formats.embedded import HAS_MARKUP
from stories.text.language.running_lines import are_numbered, is_of_page
from stories.text.markup.text import html_text
from stories.text.struck import as_markup

_WRAPPED_FROM = 45
_EMPTY_LINES = re.compile(r"\n(?>(?:(?>(?:[ \t\f]*+\n){1,500}))+)")
_BATCH = 5_000
_BEGINS_ITEM = re.compile(r"\s{0,20}(?:[-*•–+>|#]|\d{1,3}[.)])\s")

_FENCE = re.compile(r"^ {0,3}(?:```|~~~).{0,200}$", re.MULTILINE)
_LINE_MARK = re.compile(
    r"^[ \t]{0,20}(?:#{1,6}[ \t]{1,8}|>[ \t]{0,8}|[-*+][ \t]{1,8}|\d{1,4}[.)][ \t]{1,8})", re.MULTILINE
)
_RULE = re.compile(r"^[ \t]{0,3}[-*_=]{3,200}[ \t]{0,20}$", re.MULTILINE)
_ADDRESS = r"(?:<[^<>\n]{0,2000}+>|(?>(?:[^()\s]|\([^()\s]{0,500}+\)){0,2000}))"
_LINK = re.compile(rf"\[([^\[\]]{{0,1000}})\](?:\({_ADDRESS}(?: \"[^\"]{{0,300}}\")?\)|\[[^\[\]]{{0,100}}\])")
# An image may be what a link shows.
_IMAGE = re.compile(f"!{_LINK.pattern}")
# In code a backslash is what it is; elsewhere the sign behind it is no markup.
_ESCAPE = re.compile(
    r"^ {0,3}(```|~~~)[\s\S]*?^ {0,3}\1"
    r"|^(?: {4}|\t)(?![ \t]{0,20}(?:[-*+>]|\d{1,4}[.)])\s).*|`[^`\n]{1,300}`|\\([!-/:-@[-`{-~])",
    re.MULTILINE,
)
_ESCAPED_FROM = 0x10F000
_AS_SHOWN = {_ESCAPED_FROM + sign: chr(sign) for sign in range(0x21, 0x7F)}
_EMPHASIS = re.compile(r"\*\*|__|`|(?<![\w*])[*_](?=[^\s*_])|(?<=[^\s*_])[*_](?![\w*])")


def plain_text(text: str) -> str:
    """The text with hard-wrapped lines joined, so that a line ends where a thought does. Linear."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _joined(line for paragraph in _paragraphs(text) for line in _unwrapped(paragraph) if line)


def _paragraphs(text: str) -> Iterator[str]:
    at = 0
    for gap in _EMPTY_LINES.finditer(text):
        yield text[at : gap.start()]
        at = gap.end()
    yield text[at:]


def _joined(lines: Iterable[str]) -> str:
    """The lines as one text, of which no more than some thousands are ever held apart."""
    lines, batches = iter(lines), []
    while batch := list(islice(lines, _BATCH)):
        batches.append("\n".join(batch))
    return "\n".join(batches)


def _unwrapped(paragraph: str) -> list[str]:
    lines = [line.strip() for line in paragraph.split("\n")]
    lines = [line for line in lines if line]
    if len(lines) < 2 or median(map(len, lines[:-1])) < _WRAPPED_FROM or are_numbered(lines):
        return lines
    joined = [lines[0]]
    for line in lines[1:]:
        last = joined[-1].rpartition("\n")[2]
        if (
            _BEGINS_ITEM.match(line + " ")
            or len(last) < _WRAPPED_FROM // 2
            or is_of_page(line)
            or is_of_page(last)
        ):
            joined.append(line)
        else:
            # A hyphen at the end of a line stays with its line end: only the passage can tell what it means.
            joined[-1] += ("\n" if joined[-1][-1] in "-‐" else " ") + line
    return joined


def markdown_text(text: str) -> tuple[str, str]:
    """The title (the first heading) and the text that a rendered Markdown document would show. Linear."""
    text = _ESCAPE.sub(lambda at: chr(_ESCAPED_FROM + ord(at[2])) if at[2] else at[0], text)
    heading = re.search(r"^#[ \t]{1,8}(.{1,300})$", text, re.MULTILINE)
    bare = _LINE_MARK.sub("", _RULE.sub("", _FENCE.sub("", text)))
    bare = _EMPHASIS.sub("", _LINK.sub(r"\1", _IMAGE.sub(r"\1", bare)))
    if HAS_MARKUP.search(bare):
        bare = html_text("<pre>" + as_markup(bare))[1]
    title = _EMPHASIS.sub("", heading.group(1)).strip() if heading else ""
    return title.translate(_AS_SHOWN), plain_text(bare).translate(_AS_SHOWN)

"""Refuse Markdown that would keep the renderer busy for seconds, by counting what is in it.

Python-Markdown looks from every opening mark to the end of its paragraph, or of the document, for the mark that
closes it; enough unclosed ones take minutes. A clock could not be trusted on a busy machine and would refuse
today what it let through yesterday, so each construct has a price, measured in nanoseconds on 2024 hardware, and
the same text always gets the same answer.

MarkdownError (a ValueError)
├── MarkdownTooLarge   more text, or more markup, than an article has
└── MarkdownTooDeep    lists and quotes nested beyond what a reader could follow
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

MOST_CHARACTERS = 500_000
MOST_BLOCKS = 10_000
MOST_FOOTNOTE_MARKS = 2_000
MOST_TAGS = 2_000
DEEPEST_NESTING = 20
MOST_WORK = 1_000_000_000

# What one of each costs by itself.
_BLOCK = 70_000
_MARK = 25_000
_LISTED_LINE = 100_000
_LINE_SPLIT_AGAIN = 100
_TABLE_LINE = 90_000
_TABLE_CELL = 12_000
_REOPENED_TAG = 1_500
_SAME_FOOTNOTE = 3_000
# What each costs for every character that the parser looks at on its behalf.
_SEEN_FOR_BRACKET = 500
_SEEN_FOR_LINK_TARGET = 200
_SEEN_FOR_TAG = 80
_SEEN_FOR_SPLIT = 10
_SEEN_FOR_BACKTICK = 16
_COPIED_FOR_MARK = 0.4
# The length of what stands for a mark once it is understood; many marks make the paragraph longer.
_PLACEHOLDER = 15

_BLANK_LINE = re.compile(r"\n[^\S\n]*+(?=\n)")
_LISTED = re.compile(r"^[ \t>]*+(?:[-*+]|\d++[.)])[ \t]", re.MULTILINE)
_MARKERS = re.compile(
    r"^([ \t]*+)((?>(?:(?>(?:[ \t]*+(?:>|[-*+](?=[ \t])|\d++[.)](?=[ \t]))){1,500}))+))", re.MULTILINE
)
_MARKER = re.compile(r">|[-*+]|\d++[.)]")
_RULE = re.compile(r"[ ]{0,3}([-*_])(?>(?:(?>(?:[ ]{0,2}\1){1,500}))*)[ ]*+(?:\n|\Z)")
_TABLE_RULE = re.compile(r"[ |:-]+")
_FOOTNOTE_MARK = re.compile(r"\[\^([^\]\n]{0,200})")
_TAG_START = re.compile(r"<[/a-zA-Z!?]")
_WHOLE_TAG = re.compile(
    r"<(?:/?[a-zA-Z][\w-]*+(?>(?:(?>(?:\s++[\w:-]++(?>(?:=(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>=`]++))?)){1,500}))*)\s*+/?"
    r"|[^\s<>\"']++)>"
)
_FORMATTING = "a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
_FORMATTED = re.compile(rf"<({_FORMATTING})\b[^<>]*+>[^<]*+</\1\s*+>", re.IGNORECASE)
_FORMATTING_TAG = re.compile(rf"<(?:{_FORMATTING})\b", re.IGNORECASE)
_LINK_TARGET = re.compile(
    r"\]\((?>(?:(?>(?:[^\s()<>\"'\\`]++|\([^\s()<>\"'\\`]*+\)){1,500}))*)(?>(?:\s++\"[^\"'()\\`]*+\")?)\s*+\)"
)
_BRACKET = re.compile(r"[\[\]`\\<]")
_INLINE_MARK = re.compile(r"[*_\\&<`]|  \n")
_BULLET = re.compile(r"^[ \t]*+\*[ \t]", re.MULTILINE)
_SPLITTING_LINE = re.compile(r"^[ >]*+(?:#|=++[ ]*+$|-[- ]*+$|[*_][ ]{0,2}[*_])", re.MULTILINE)


class MarkdownError(ValueError):
    """This Markdown is not rendered; the message says why, in words for an editor."""


class MarkdownTooLarge(MarkdownError):
    """More text, or more markup in one place, than an article has."""


class MarkdownTooDeep(MarkdownError):
    """Lists and quotes inside one another beyond what a reader could follow."""


def refuse_excess(text: str) -> None:
    """Raise MarkdownTooLarge or MarkdownTooDeep unless the text renders in reasonable time. Linear."""
    _refuse_more_than(MOST_CHARACTERS, len(text), "characters")
    _refuse_deep_nesting(text)
    _refuse_more_than(MOST_BLOCKS, len(_BLANK_LINE.findall(text)), "blank lines")
    blocks = _BLANK_LINE.split(text)
    labels = Counter(_FOOTNOTE_MARK.findall(text))
    _refuse_more_than(MOST_FOOTNOTE_MARKS, labels.total(), "footnote marks")
    tags = [match.start() for match in _TAG_START.finditer(text)]
    _refuse_more_than(MOST_TAGS, len(tags), "HTML tags")
    work = sum(map(_block_work, blocks))
    work += _SAME_FOOTNOTE * sum(times * times for times in labels.values())
    work += _SEEN_FOR_TAG * _tag_reach(text, tags)
    work += _REOPENED_TAG * _unclosed_formatting(text) * (len(blocks) + len(tags))
    if work > MOST_WORK:
        raise MarkdownTooLarge(
            "The text has more markup than can be rendered: very many or unclosed brackets, code marks or tags."
        )


def _refuse_more_than(most: int, found: int, noun: str) -> None:
    if found > most:
        raise MarkdownTooLarge(f"The text has {found:,} {noun}; at most {most:,} can be rendered.")


def _refuse_deep_nesting(text: str) -> None:
    for markers in _MARKERS.finditer(text):
        indent = len(markers.group(1).expandtabs(4)) // 4
        depth = indent + len(_MARKER.findall(markers.group(2)))
        if depth > DEEPEST_NESTING and not _RULE.match(text, markers.start()):
            raise MarkdownTooDeep(
                f"Lists or quotes are nested {depth:,} deep; at most {DEEPEST_NESTING} can be rendered."
            )


def _block_work(block: str) -> int:
    lines = block.split("\n")
    work = _BLOCK + _LISTED_LINE * len(_LISTED.findall(block))
    work += len(_SPLITTING_LINE.findall(block)) * (
        _SEEN_FOR_SPLIT * len(block) + _LINE_SPLIT_AGAIN * len(lines)
    )
    if "|" in block:
        # A line without a cell is still a row, filled up to the width of the table.
        work += len(lines) * (_TABLE_LINE + _TABLE_CELL * max(line.count("|") for line in lines))
    # Marks in a table pair within their row, elsewhere perhaps with any other in the block.
    return work + sum(map(_piece_work, lines if _is_table(lines) else (block,)))


def _is_table(lines: Sequence[str]) -> bool:
    return (
        len(lines) > 1
        and not lines[0].startswith((" ", "\t"))
        and "|" in lines[0]
        and "|" in lines[1]
        and _TABLE_RULE.fullmatch(lines[1]) is not None
        and lines[0].strip("|").count("|") == lines[1].strip("|").count("|")
        and "`" not in lines[0]
        and "\\" not in lines[0]
    )


def _piece_work(piece: str) -> int:
    marks = len(_INLINE_MARK.findall(piece)) - len(_BULLET.findall(piece))
    brackets = piece.count("[")
    work = _MARK * (marks + brackets)
    work += _SEEN_FOR_BACKTICK * len(piece) * (piece.count("`") + piece.count("|"))
    work += int(_COPIED_FOR_MARK * (marks + brackets) * (len(piece) + _PLACEHOLDER * (marks + brackets)))
    if brackets:
        work += _SEEN_FOR_BRACKET * _bracket_reach(piece) + _SEEN_FOR_LINK_TARGET * _link_target_reach(piece)
    return work


def _bracket_reach(piece: str) -> int:
    """How far the parser looks for the brackets that close; to the end for those that may not.

    A backtick, backslash or angle bracket may hide the closing bracket that stands behind it.
    """
    reach = 0
    opened: list[int] = []
    for match in _BRACKET.finditer(piece):
        mark = match.group()
        if mark == "[":
            opened.append(match.start())
        elif mark != "]":
            reach += sum(len(piece) - start for start in opened)
            opened.clear()
        elif opened:
            reach += match.start() - opened.pop()
    return reach + sum(len(piece) - start for start in opened)


def _link_target_reach(piece: str) -> int:
    reach = 0
    start = piece.find("](")
    while start >= 0:
        whole = _LINK_TARGET.match(piece, start)
        reach += (whole.end() if whole else len(piece)) - start
        start = piece.find("](", start + 1)
    return reach


def _tag_reach(text: str, tags: Iterable[int]) -> int:
    reach = 0
    for start in tags:
        whole = _WHOLE_TAG.match(text, start)
        reach += (whole.end() if whole else len(text)) - start
    return reach


def _unclosed_formatting(text: str) -> int:
    """How many tags a browser would open again in every paragraph that follows."""
    for _ in range(3):
        text = _FORMATTED.sub("", text)
    return len(_FORMATTING_TAG.findall(text))

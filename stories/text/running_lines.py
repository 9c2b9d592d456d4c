"""What runs through a document and is part of no sentence: numbers of pages and lines, quotation marks told anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

# With a capital, for prose may speak of "page 7 of 19" too.
_PAGE = (
    r"(?:[^\n]{0,100}[ \t])?(?:Page|PAGE) \d{1,4} ?(?:of|OF|/) ?\d{1,4}|(?i:page|seite|página) \d{1,4}"
    r"|[-–—] ?\d{1,4} ?[-–—]"
)
_PAGE_LINE = re.compile(rf"[ \t]{{0,80}}(?:{_PAGE})[ \t]{{0,80}}")
_PAGE_LINES = re.compile(rf"^{_PAGE_LINE.pattern}$", re.MULTILINE)
_FIGURE_LINES = re.compile(r"^[ \t]{0,80}(\d{1,4})[ \t]{0,80}$", re.MULTILINE)
_NUMBERED_LINES = re.compile(r"^[ \t]{0,40}(\d{1,2})(?=[ \t]{1,40}\S)", re.MULTILINE)
_NUMBERED = re.compile(r"[ \t]{0,40}(\d{1,2})[ \t]{1,40}\S")
# Of a quotation that goes on, each paragraph is opened and the last one alone is closed.
_OPENED_LINE = re.compile(r"\n\s{0,20}([“«„\"])")
_CLOSED_BY = {"“": "”", "«": "»", "„": "“”", '"': '"'}
_LEAST_RUN = 3
_MOST_LINES = 20_000
_WORD_JOINER = "\u2060"


def is_of_page(line: str) -> bool:
    """Does the line tell the number of its page and little else? `is_of_page("Page 7 of 19")` is true. Constant."""
    return len(line) <= 200 and (
        _PAGE_LINE.fullmatch(line) is not None or _FIGURE_LINES.fullmatch(line) is not None
    )


def are_numbered(lines: Sequence[str]) -> bool:
    """Are these lines of a transcript, each with its number in front? Linear."""
    numbers = [_NUMBERED.match(line) for line in lines]
    return (
        len(lines) >= _LEAST_RUN
        and all(numbers)
        and len(_in_runs([int(n[1]) for n in numbers if n])) == len(lines)
    )


def past_running_lines(text: str) -> str:
    """The text with characters of no width in the place of what runs through it: all else stands where it stood.

    Bare figures and the numbers of lines count if three or more follow each other, and a quotation mark if the line
    before has one that nothing closed. Linear; 20,000 of each count.
    """
    spans = [match.span() for match in _PAGE_LINES.finditer(text)][:_MOST_LINES]
    opened = islice(_OPENED_LINE.finditer(text), _MOST_LINES)
    spans += [match.span(1) for match in opened if _is_open(text, match.start(), match[1])]
    for pattern in (_FIGURE_LINES, _NUMBERED_LINES):
        found = [match for match, _ in zip(pattern.finditer(text), range(_MOST_LINES), strict=False)]
        spans += [found[place].span() for place in _in_runs([int(match[1]) for match in found])]
    if not spans:
        return text
    pieces, at = list[str](), 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += text[at:start], _WORD_JOINER * (end - start)
            at = end
    return "".join(pieces) + text[at:]


def _is_open(text: str, end: int, mark: str) -> bool:
    """Has the line that ends there a quotation that is opened by `mark` and not closed?"""
    line = text[text.rfind("\n", 0, end) + 1 : end]
    closing = sum(map(line.count, _CLOSED_BY[mark]))
    return closing % 2 == 1 if mark in _CLOSED_BY[mark] else line.count(mark) > closing


def _in_runs(numbers: Sequence[int]) -> list[int]:
    """The places of those numbers that stand in a run of three or more, each one more than that before it or 1."""
    kept: list[int] = []
    for run in _runs(numbers):
        if len(run) >= _LEAST_RUN:
            kept += run
    return kept


def _runs(numbers: Sequence[int]) -> Iterator[range]:
    begin = 0
    for place in range(1, len(numbers) + 1):
        follows = place < len(numbers) and (
            numbers[place] == numbers[place - 1] + 1
            or (numbers[place] == 1 and numbers[place - 1] > _LEAST_RUN)
        )
        if not follows:
            yield range(begin, place)
            begin = place

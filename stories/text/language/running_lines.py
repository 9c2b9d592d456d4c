"""What runs through a document and is part of no sentence: heads and numbers of pages, quotation marks told anew."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, islice
from operator import itemgetter

from stories.text.language.negations import negates

# With a capital, for prose may speak of "page 7 of 19" too.
_PAGE = (
    r"(?:[^\n]{0,100}[ \t])?(?:Page|PAGE) \d{1,4} ?(?:of|OF|/) ?\d{1,4}|(?i:page|seite|página) \d{1,4}"
    r"|[-–—] ?\d{1,4} ?[-–—]|[^\n]{0,100}[ \t]\[Page \d{1,4}\]"
)
_PAGE_LINE = re.compile(rf"[ \t]{{0,80}}(?:{_PAGE})[ \t]{{0,80}}")
_PAGE_LINES = re.compile(rf"^{_PAGE_LINE.pattern}$", re.MULTILINE)
_FIGURE_LINES = re.compile(r"^[ \t]{0,80}(\d{1,4})[ \t]{0,80}$", re.MULTILINE)
_NUMBERED_LINES = re.compile(r"^[ \t]{0,40}(\d{1,2})(?=[ \t]{1,40}\S)", re.MULTILINE)
_NUMBERED = re.compile(r"[ \t]{0,40}(\d{1,2})[ \t]{1,40}\S")
# Of a quotation that goes on, each paragraph is opened and the last one alone is closed.
_OPENED_LINE = re.compile(r"\n\s{0,20}([“«„\"])")
_CLOSED_BY = {"“": "”", "«": "»", "„": "“”", '"': '"'}
_NUMBER_AT_AN_END = re.compile(r"^\d{1,4}\W{1,3}|\W{1,3}\d{1,4}$")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NUMBERED_NO = re.compile(r"\b[Nn]o\.? ?(?=\d)")
_SEVERAL_WORDS = re.compile(r"\w[ \xa0]\W{0,3}\w")
_LONGEST_HEAD = 100
_MOST_HEAD_LINES = 3
_LEAST_HEADS = 3
_LEAST_PARTED = 2
_SHORTEST_PAGE = 500
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

    Bare figures and the numbers of lines count if three or more follow each other, a quotation mark if the line before
    has one that nothing closed, and the head of a page, a line of two words or more, if it parts three sentences and
    the pages are a page long; but no line that negates. Linear; but for the heads, 20,000 of each count.
    """
    spans = [match.span() for match in _PAGE_LINES.finditer(text)][:_MOST_LINES]
    opened = islice(_OPENED_LINE.finditer(text), _MOST_LINES)
    spans += [match.span(1) for match in opened if _is_open(text, match.start(), match[1])]
    spans += _heads(text)
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


def with_heads_apart(pages: Sequence[str]) -> list[str]:
    """The pages with those lines as paragraphs of their own that head or end three of them or more. Linear."""
    edges = [{*lines[:_MOST_HEAD_LINES], *lines[-_MOST_HEAD_LINES:]} for lines in map(str.splitlines, pages)]
    told = Counter(key for lines in edges for key in {_key_of_head(line) for line in lines} if key)
    return [
        "\n".join(
            f"\n{line}\n" if line in lines and told[_key_of_head(line)] >= _LEAST_HEADS else line
            for line in page.splitlines()
        )
        for page, lines in zip(pages, edges, strict=True)
    ]


def _heads(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines stand that are told page by page, and that part a sentence on two of them."""
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    keys = [_key_of_head(line) for line in lines]
    places = defaultdict[str, list[int]](list)
    for number, key in enumerate(keys):
        places[key].append(starts[number])
    running = {
        key
        for key, at in places.items()
        if key
        and len(at) >= _LEAST_HEADS
        and at[-1] - at[0] >= _SHORTEST_PAGE * (len(at) - 1)
        and not _is_negative(key)
    }
    if not running:
        return
    runs = list(_runs_of_heads(lines, keys, running))
    parting = [run for run in runs if _goes_on(lines[run.start - 1], lines[run.stop])]
    parted = Counter(key for run in parting for key in keys[run.start : run.stop] if key in running)
    for run in runs:
        if any(parted[key] >= _LEAST_PARTED for key in keys[run.start : run.stop]):
            yield from ((starts[number], starts[number] + len(lines[number])) for number in run)


def _runs_of_heads(lines: Sequence[str], keys: Sequence[str], running: set[str]) -> Iterator[range]:
    """The numbers of neighbouring lines that are heads or numbers of pages, with a line before and behind."""
    is_head = (key in running or is_of_page(line) for key, line in zip(keys, lines, strict=True))
    for told, group in groupby(enumerate(is_head), key=itemgetter(1)):
        numbers = [number for number, _ in group]
        if told and numbers[0] > 0 and numbers[-1] + 1 < len(lines):
            yield range(numbers[0], numbers[-1] + 1)


def _key_of_head(line: str) -> str:
    """The line without a number of its page, or nothing if it is too long for a head or has one word alone."""
    if len(line) > _LONGEST_HEAD or not _SEVERAL_WORDS.search(line) or line.strip()[:1].islower():
        return ""
    return _NUMBER_AT_AN_END.sub("", line.strip())


def _is_negative(line: str) -> bool:
    words = _WORD.findall(_NUMBERED_NO.sub("", line).lower().replace("’", "'"))
    return any(map(negates, words))


def _goes_on(line: str, next_line: str) -> bool:
    last = line.rstrip()[-1:]
    return (last.islower() or last == ",") and next_line.lstrip()[:1].islower()


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

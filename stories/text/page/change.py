"""Did a page change, as a reader would say, or did it only fidget?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from stories.text.extract import decoded
from stories.text.formats.json_text import json_lines_by_name
from stories.text.limits import LONG_TEXT
from stories.text.noise.rows import Row, parted, row_of
from stories.text.noise.volatile import dateline, masked, tells_age, uncounted
from stories.text.page.edit import is_plainly_edited
from stories.text.page.missed import Lines, in_content, prose_among, would_be_missed
from stories.text.page.outcome import Copy, PageJudgement, PageOutcome
from stories.text.page.retraction import takes_back
from stories.text.page.state import state_of_copy

_CELL = re.compile(rb"<td[\s>]", re.IGNORECASE)
_LONGEST_FIGURE = 20
# Not "date" or "time", nor when something was published or changed.
_OF_ANSWER = re.compile(
    r'"(?P<name>(?i:generated(?:_?(?:at|on|time))?|timestamp|(?:server|response|request|current)_?time|(?:fetched|retrieved)_?at'
    r"|(?:request|trace|session|correlation)_?id|etag|nonce|csrf(?:_?token)?|took|elapsed(?:_?ms)?"
    r'|(?:view|like|share|comment|play)s?_?counts?|views|hits))"\s{0,9}:\s{0,9}(?:"(?P<text>[^"\\]{1,200})"|(?P<number>-?\d[\d.]{0,30}))',
)
# Between figures a space parts them, unless it parts thousands: "5 10" is not "51 0".
_PARTING_NOTHING = re.compile(r"(?<!\d) | (?!\d)| (?=\d{3}(?!\d))")
# What a figure counts is told by a line next to it, which is no figure of another label.
_LABELS = 2
_MOST_LINES = 10_000
_MOST_ROWS = 100


def judge_page(before: Copy, after: Copy) -> PageJudgement:
    """What became of a page between its last believed copy and a new one.

    In order: the same bytes cost nothing; a copy that cannot be believed says why (`state_of_copy`); the same
    visible text is unchanged; then every block that came or went is looked at. Noise are clocks, counters and
    nonces, typography, layout, order, and blocks of the frame: navigation, advertising, cookies, related links.
    Every other difference is a change, be it one character: there is no tolerance; where the page newly says that it
    is taken back, its reason is `retracted`. A new permanent redirect to
    another address is told as moved.

    Linear in the length of both bodies, but for links, of which 200 are compared with 200. Raises ExtractError if
    `before`, which was believed, cannot be read.
    """
    has_moved = after.is_permanent_redirect and after.final_url not in (after.url, before.final_url)
    if before.body == after.body and before.status == after.status and before.final_url == after.final_url:
        return PageJudgement(PageOutcome.UNCHANGED, "same_bytes")
    state = state_of_copy(after, before)
    if state:
        return state
    if has_moved:
        return PageJudgement(PageOutcome.MOVED, "permanent_redirect")
    return _difference(before, after)


def _difference(before: Copy, after: Copy) -> PageJudgement:
    old, new = before.extract.text, after.extract.text
    if old == new:
        return PageJudgement(PageOutcome.UNCHANGED, "same_text")
    old, new = _without_common_ends(old, new)
    if max(len(old), len(new)) > LONG_TEXT or old.count("\n") + new.count("\n") > _MOST_LINES:
        return PageJudgement(PageOutcome.CHANGED, "content")
    if before.extract.kind == after.extract.kind and is_plainly_edited(old, new, after):
        return PageJudgement(PageOutcome.CHANGED, "content")
    if _is_put_elsewhere(before, old, after, new):
        return PageJudgement(PageOutcome.CHANGED, "content")
    gone, come = _unmatched(*_lines_of(old, new, has_table=_has_table(before, after)))
    if after.extract.kind == "json":
        own = _made_by_the_answer(before) | _made_by_the_answer(after)
        gone, come = ([line for line in lines if line[1] not in own] for lines in (gone, come))
    if not gone and not come:
        if _tells_otherwise(before, old, after, new):
            return PageJudgement(PageOutcome.CHANGED, "content")
        return PageJudgement(PageOutcome.NOISE, "same_words")
    gone, come = _without_rows(gone, before, come, after)
    if not gone and not come:
        return PageJudgement(PageOutcome.NOISE, "frame")
    if before.extract.kind != after.extract.kind:
        # Printed as a PDF, a page has its text without its frame.
        gone, come = in_content(gone, before), in_content(come, after)
    if _run_together(gone) == _run_together(come):
        return PageJudgement(PageOutcome.NOISE, "layout")
    if would_be_missed(gone, before, come, after):
        is_taken_back = takes_back(line for _masked, line in come)
        return PageJudgement(PageOutcome.CHANGED, "retracted" if is_taken_back else "content")
    return PageJudgement(PageOutcome.NOISE, "frame")


def _is_put_elsewhere(before: Copy, old: str, after: Copy, new: str) -> bool:
    """Has a line left the content for the frame, or come from there, word for word?"""
    if before.extract.kind != "html" or after.extract.kind != "html":
        return False
    told, tells = Counter(old.split("\n")), Counter(new.split("\n"))
    stay = {line for line, times in told.items() if tells[line] == times and line.strip("~ ·|")}
    lines, others = ([line for line in text.split("\n") if line in stay] for text in (old, new))
    if lines == others:
        return False
    moved = set(_without_common_ends("\n".join(lines), "\n".join(others))[0].split("\n"))
    return prose_among(moved, before) != prose_among(moved, after)


def _tells_otherwise(before: Copy, old: str, after: Copy, new: str) -> bool:
    """Do the same lines in another order say something else, as a figure beside another label does?"""
    lines, others = old.split("\n"), new.split("\n")
    if after.extract.kind == "json":
        own = _made_by_the_answer(before) | _made_by_the_answer(after)
        lines, others = (json_lines_by_name(_characters(copy)) for copy in (before, after))
        return [masked(line) for line in lines if line not in own] != [
            masked(line) for line in others if line not in own
        ]
    if after.extract.kind == "html" and not _has_table(before, after):
        return False
    gone, come = _figures_elsewhere(lines, others)
    return would_be_missed(gone, before, come, after) if gone or come else False


def _characters(copy: Copy) -> str:
    return decoded(copy.body, copy.content_type)[1]


def _made_by_the_answer(copy: Copy) -> set[str]:
    """The values that a JSON document tells of its answer rather than of its matter, as lines of its text. Linear."""
    told = _OF_ANSWER.findall(copy.body.decode("utf-8", "replace"))
    # Told once it is that of the answer, told of each of several things it is theirs.
    is_of_things = sum(name.lower() == "timestamp" for name, _, _ in told) > 1
    return {
        f"{name}: {number}" if number else text
        for name, text, number in told
        if not (is_of_things and name.lower() == "timestamp")
    }


def _without_common_ends(old: str, new: str) -> tuple[str, str]:
    """Two texts without the lines that both begin or end with, but for two at each end, which may be labels of others.

    Nearly all of a page stays as it was.
    """
    same = _common(old, new)
    start = same + 1
    for _ in range(1 + _LABELS):
        start = old.rfind("\n", 0, max(0, start - 1)) + 1
    old, new = old[start:], new[start:]
    same = _common(old[::-1], new[::-1])
    end = len(old) - same - 1
    for _ in range(1 + _LABELS):
        end = old.find("\n", end + 1)
        if end < 0:
            return old, new
    return old[:end], new[: len(new) - (len(old) - end)]


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike, found by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _unmatched(old: list[str], new: list[str]) -> tuple[Lines, Lines]:
    """The lines without a like on the other side: first as they are, then with what changes by itself masked.

    Each with its masked form.
    """
    told, tells = Counter(old), Counter(new)
    gone, come = list((told - tells).elements()), list((tells - told).elements())
    aged, dated = _aged(come, gone), _aged(gone, come)
    old_left = [(masked(line), line) for line in _less(gone, aged + dated)]
    new_left = [(masked(line), line) for line in _less(come, aged + dated)]
    old_keys, new_keys = Counter(key for key, _ in old_left), Counter(key for key, _ in new_left)
    return _without(old_left, new_keys), _without(new_left, old_keys)


def _lines_of(*texts: str, has_table: bool) -> Iterator[list[str]]:
    """The lines of each text; where there is no table, counts of readers and the like that have a line are masked."""
    return (text.split("\n") if has_table else uncounted(text.split("\n")) for text in texts)


def _has_table(*copies: Copy) -> bool:
    return all(copy.extract.kind == "html" and _CELL.search(copy.body) for copy in copies)


def _figures_elsewhere(old: list[str], new: list[str]) -> tuple[Lines, Lines]:
    """The bare figures that stand behind another label than before: in a table that is another claim."""
    told, tells = Counter(_labelled(old)), Counter(_labelled(new))
    gone, come = list((told - tells).elements()), list((tells - told).elements())
    if Counter((masked(label), masked(figure)) for label, figure in gone) == Counter(
        (masked(label), masked(figure)) for label, figure in come
    ):
        return [], []
    return [(figure, figure) for _, figure in gone], [(figure, figure) for _, figure in come]


def _labelled(lines: list[str]) -> Iterator[tuple[str, str]]:
    label = ""
    for line in lines:
        if len(line) <= _LONGEST_FIGURE and tells_age(line):
            continue
        if len(line) <= _LONGEST_FIGURE and line.upper() == line.lower() and any(map(str.isdigit, line)):
            yield label, line
        else:
            label = line


def _aged(lines: list[str], others: list[str]) -> Counter[str]:
    """The lines that tell how long ago something was, and those of the others that told it by a date or a time."""
    waiting: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        if tells_age(line) and (key := dateline(line)):
            waiting[key].append(line)
    pairs = Counter[str]()
    for line in others if waiting else ():
        key = dateline(line)
        # Where both tell an age, a date beside it is of something else: “Hearing on 4 March. 2 hours ago”.
        if key and waiting[key] and not tells_age(line):
            pairs.update((line, waiting[key].pop()))
    return pairs


def _less(lines: list[str], fewer: Counter[str]) -> list[str]:
    return list((Counter(lines) - fewer).elements()) if fewer else lines


def _without(lines: Iterable[tuple[str, str]], matched: Counter[str]) -> list[tuple[str, str]]:
    left = Counter(matched)
    rest = []
    for key, line in lines:
        if left[key] > 0:
            left[key] -= 1
        elif key.strip("~ ·|"):
            rest.append((key, line))
    return rest


def _without_rows(gone: Lines, before: Copy, come: Lines, after: Copy) -> tuple[Lines, Lines]:
    """The lines without the rows of labels that say the same as one of the other side; in a table, all of them."""
    if _has_table(before, after):
        return gone, come
    others = dict(_rows_of(come, after))
    stay = set[str]()
    for line, row in _rows_of(gone, before) if others else ():
        other = next((line for line, told in others.items() if row.says_the_same_as(told)), None)
        if other is not None and line not in stay:
            del others[other]
            stay |= {line, other}
    return [line for line in gone if line[1] not in stay], [line for line in come if line[1] not in stay]


def _rows_of(lines: Lines, copy: Copy) -> Iterator[tuple[str, Row]]:
    if copy.extract.kind != "html":
        return
    some = {line for _, line in lines[:_MOST_ROWS] if any(map(str.isdigit, line))}
    yield from ((line, row_of(labels)) for line in some if (labels := parted(line)))
    yield from ((line, row_of(labels)) for line, labels in copy.page.rows(some))


def _run_together(lines: list[tuple[str, str]]) -> str:
    return _PARTING_NOTHING.sub("", " ".join(key for key, _ in lines))

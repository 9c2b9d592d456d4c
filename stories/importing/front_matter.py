"""What stands between the headline and the body of a story: dek, byline, when it was published, credits."""

import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from stories.text.markup.markdown import Paragraph
from stories.text.noise.volatile import dateline
from stories.text.notes import find_notes_among
from stories.text.passages import find_passages
from stories.text.plain import escape_markdown
from stories.text.stamps import Occasion, Stamp, read_stamps

_LONGEST_DEK = 300
_MOST_WORDS_OF_A_CREDIT = 6
# "By our own correspondents".
_MOST_WORDS_WITHOUT_A_NAME = 3
# As many lines as may stand above a body.
_MOST_LINES = 6
# A full stop stands behind an initial, or a title, and nowhere else.
_BYLINE = re.compile(
    r"(?:by|von|por|par):?\s+(\w(?:[^.!?“”\"]|(?<=\b[^\W\d_])\.|(?<=\b(?:dr|jr|ph|sr|st))\.){1,150})$",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?:[\w-]+:\s)?\S+@\S+")
# Where a line ends and another name or office begins; not beside a comma or an "and" of its own.
_NEXT_NAMED = re.compile(
    r"(?<!,)(?<! and)(?<! und)(?<! et)(?<! [y&])\n(?!(?:and|und|et|y|&) )", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…:][”\"’')\]]*$")
_SENTENCE_BREAK = re.compile(r"[.!?…][”\"’')\]]*\s+(?=[A-ZÀ-Þ“\"])")
# What opens the first paragraph: "NEWARK, N.J. (AP) — …", "MADRID, 3 Mar. (EFE) - …", "BUENOS AIRES.- …".
_PLACE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ '’-]{2,30}(?:[,/(][^—–]{1,40}?)?\s?(?:[—–]|--|\.-|\s-\s)")
# A chronology may be one of years.
_YEAR = re.compile(r"(?:1\d|20)\d\d")
# Beside the date, in any language: "Publié le …", "Aktualisiert am … Uhr".
_MOST_WORDS_OF_A_STAMP = 3
_WORD = re.compile(r"[^\W\d_]+")
_BEHIND_A_BYLINE = re.compile(
    r"\s?[|·•/,\n–—]\s{0,3}|\s(?:-|on)\s|\s(?=(?i:published|posted|updated|publicad[oa]|actualizad[oa])\b)"
)

_ReadStamps = Callable[[str], tuple[Stamp, ...]]


@dataclass(frozen=True)
class FrontMatter:
    """`left_out` are lines that seemed to be no part of the story."""

    dek: str
    byline: str
    left_out: list[str]
    body: list[Paragraph]


@dataclass(frozen=True)
class Dated:
    """When the story says above its body that it was published and last changed, and the lines that say so.

    `is_live` where times head paragraphs of the body, too, as in live updates and chronologies.
    """

    published_at: datetime | None
    modified_at: datetime | None
    lines: list[str]
    is_live: bool


def join_lines(paragraph: str) -> str:
    return " ".join(paragraph.split())


def stands_above_a_body(line: str) -> bool:
    """Does it tell a time, a name or a credit, wherever it stands?"""
    return _is_stamp(line) or _is_credit(line) or _is_byline(line)


def part_before_byline(paragraph: str) -> list[str]:
    """What stands in the lines above a byline, below which nothing but times and credits are, and it with these."""
    lines = paragraph.split("\n")
    for at in range(1, len(lines)) if len(lines) <= _MOST_LINES else ():
        # In small letters it goes on with what is above it: "Bridge to be closed / by the port authority".
        if lines[at][0].isupper() and _is_byline(lines[at]) and all(map(stands_above_a_body, lines[at:])):
            return ["\n".join(lines[:at]), "\n".join(lines[at:])]
    return [paragraph]


def take_front_matter(
    paragraphs: Sequence[Paragraph], *, dek: str | None, byline: str | None, is_live: bool
) -> FrontMatter:
    """Part what stands above the body from it; a dek or byline that is None is looked for."""
    found_dek, found_byline = dek or "", byline or ""
    left_out: list[str] = []
    rest = deque(paragraphs)
    while len(rest) > 1:
        line, (named, mails) = join_lines(rest[0].text), _named_by(rest[0].text)
        if not line or line in (dek, byline):
            pass
        elif byline is None and not found_byline and _is_byline(named):
            found_byline, time = _part_byline(named, _is_stamp)
            left_out += filter(None, [*mails, time])
        elif dek is None and not found_dek and _may_be_dek(rest, is_below_byline=found_byline != ""):
            found_dek = line
        elif is_live and _is_stamp(line):
            break
        elif (_is_credit(line) or _is_stamp(line)) and not rest[0].heading:
            left_out.append(line)
        else:
            break
        rest.popleft()
    return FrontMatter(found_dek, found_byline, left_out, list(rest))


def take_stamps(
    paragraphs: Sequence[Paragraph], *, reference_date: date | None, default_zone: str | None
) -> tuple[Dated, list[Paragraph]]:
    """Take what says when the story was published and changed off the lines above its body.

    A time in a note belongs to that note. Where times head paragraphs of the body, too, the last one above it is left
    to what it heads, and so are days above that.
    """
    read = partial(read_stamps, reference_date=reference_date, default_zone=default_zone)
    noted = _positions_of_notes(paragraphs, read)
    above = _lines_above_body(paragraphs, read, but=noted)
    heads = [number for number in above if _is_bare(paragraphs[number].text, read)]
    body = range(above[-1] + 1 if above else 0, len(paragraphs) - 1)
    is_live = bool(heads) and any(
        _is_stamp(join_lines(paragraphs[number].text)) for number in body if number not in noted
    )
    stamps, printed, rest = list[Stamp](), list[str](), list[Paragraph]()
    for number, paragraph in enumerate(paragraphs):
        left, line, found = _part_stamps(paragraph, read) if number in above else (paragraph, "", ())
        is_day = all(stamp.at is None for stamp in found)
        if not found or (is_live and number in heads and (is_day or number == heads[-1])):
            rest.append(paragraph)
            continue
        stamps += found
        printed.append(join_lines(line))
        rest += [left] if left else []
    return _dated(stamps, printed, is_live=is_live), rest


def _positions_of_notes(paragraphs: Sequence[Paragraph], read: _ReadStamps) -> set[int]:
    """Where notes with a label stand, each with its text; "Updated …" alone is a line of times."""
    found = find_notes_among([paragraph.text for paragraph in paragraphs])
    notes = [each for each in found if each.note.label and each.note.body]
    return {
        number
        for each in notes
        if not read(paragraphs[each.paragraphs.start].text)
        for number in each.paragraphs
    }


def _lines_above_body(paragraphs: Sequence[Paragraph], read: _ReadStamps, *, but: set[int]) -> list[int]:
    """The paragraphs that seem to stand there, but for notes."""
    above = list[int]()
    lines = [join_lines(paragraph.text) for paragraph in paragraphs]
    for number in [number for number in range(len(paragraphs)) if number not in but][:_MOST_LINES]:
        line = lines[number]
        # A time between the two goes with the others.
        below = next((each for each in lines[number + 1 : number + 3] if not _is_time(each)), "")
        is_dek = _is_dek(line) or _is_above_byline(line, below)
        if not (is_dek or stands_above_a_body(line) or _part_stamps(paragraphs[number], read)[2]):
            break
        above.append(number)
    times = [number for number in above if _is_bare(lines[number], read)]
    between = [number for number in above if times and times[0] < number < times[-1]]
    if all(stands_above_a_body(lines[number]) for number in between):
        return above
    # What stands between two times is headed by the first.
    return [number for number in above if number <= times[0]]


def _part_stamps(paragraph: Paragraph, read: _ReadStamps) -> tuple[Paragraph | None, str, tuple[Stamp, ...]]:
    """What is left of a paragraph without its times (a byline, or nothing), the line that tells them, and they."""
    if stamps := read(paragraph.text):
        return None, paragraph.text, stamps
    byline, line = _part_byline(paragraph.text, lambda line: bool(read(line)))
    if not line:
        return paragraph, "", ()
    return replace(paragraph, text=byline, markdown=escape_markdown(byline), links=()), line, read(line)


def _part_byline(line: str, is_time: Callable[[str], bool]) -> tuple[str, str]:
    """A byline, and the time behind it, which is empty where there is none."""
    for gap in _BEHIND_A_BYLINE.finditer(line) if len(line) <= _LONGEST_DEK else ():
        byline, time = line[: gap.start()], line[gap.end() :]
        if _is_byline(join_lines(byline)) and is_time(time):
            return byline, time
    return line, ""


def _is_bare(text: str, read: _ReadStamps) -> bool:
    """Is it a time of which nothing is said?"""
    if stamps := read(text):
        return all(stamp.occasion is Occasion.BARE for stamp in stamps)
    return _is_time(join_lines(text))


def _dated(stamps: Sequence[Stamp], lines: list[str], *, is_live: bool) -> Dated:
    published = (stamp.at for stamp in stamps if stamp.occasion is not Occasion.MODIFIED)
    modified = (stamp.at for stamp in reversed(stamps) if stamp.occasion is Occasion.MODIFIED)
    return Dated(next(filter(None, published), None), next(filter(None, modified), None), lines, is_live)


def _may_be_dek(paragraphs: Sequence[Paragraph], *, is_below_byline: bool) -> bool:
    """Below the byline a whole sentence is the first of the body, and so is one under a time anywhere."""
    line, below = (join_lines(paragraph.text) for paragraph in (paragraphs[0], paragraphs[1]))
    first, *more = paragraphs[0].text.splitlines()
    is_body = (is_below_byline and _SENTENCE_END.search(line)) or (more and _is_stamp(first))
    return not paragraphs[0].links and (_is_above_byline(line, below) or (_is_dek(line) and not is_body))


def _is_byline(line: str) -> bool:
    """Does it say by whom? A line of many words few of which are names begins a sentence: "By the time anybody …"."""
    found = _BYLINE.match(line)
    words = [word for word in found[1].split() if word[0].isalpha()] if found else []
    names = sum(word[0].isupper() for word in words)
    most = _MOST_WORDS_OF_A_CREDIT if names else _MOST_WORDS_WITHOUT_A_NAME
    return bool(words) and (len(words) <= most or 3 * names >= len(words))


def _named_by(paragraph: str) -> tuple[str, list[str]]:
    """A byline on one line, with commas between what stood on lines of its own, and the addresses for mail in it."""
    lines = [line for line in map(join_lines, paragraph.splitlines()) if line]
    named = [line for line in lines if not _MAIL.fullmatch(line)]
    if not named or not _is_byline(named[0]) or not all(map(_is_credit, named[1:])):
        return " ".join(lines), []
    mails = [line for line in lines if _MAIL.fullmatch(line)]
    return _NEXT_NAMED.sub(", ", "\n".join(named)).replace("\n", " "), mails


def _is_dek(line: str) -> bool:
    is_short = len(line) <= _LONGEST_DEK and len(line.split()) > _MOST_WORDS_OF_A_CREDIT
    is_body = _PLACE.match(line) or _SENTENCE_BREAK.search(line)
    return is_short and not (is_body or find_passages(line) or _is_stamp(line))


def _is_stamp(line: str) -> bool:
    """Does it tell little but a date, a year or a time?"""
    told = "~" if _YEAR.fullmatch(line) else dateline(line)
    return told is not None and len(_WORD.findall(told)) <= _MOST_WORDS_OF_A_STAMP


def _is_time(line: str) -> bool:
    return _is_stamp(line) and not _is_byline(line)


def _is_above_byline(line: str, below: str) -> bool:
    """However short: the body begins below the byline."""
    is_sentence = _SENTENCE_END.search(line) and not _SENTENCE_BREAK.search(line)
    return bool(is_sentence and len(line) <= _LONGEST_DEK and _is_byline(below))


def _is_credit(line: str) -> bool:
    return len(line.split()) <= _MOST_WORDS_OF_A_CREDIT and not _SENTENCE_END.search(line)

"""The plain text of a published story, taken apart: headline, dek, byline, body, notes and quoted passages."""

import re
from collections import deque
from dataclasses import dataclass, field
from datetime import date

from stories.importing.errors import NotAStory
from stories.text.notes import Note, find_notes
from stories.text.passages import find_passages
from stories.text.plain import escape_markdown

LONGEST_HEADLINE = 300
_LONGEST_DEK = 300
_FRONT = 4  # paragraphs under the headline among which notes may stand
_MOST_WORDS_OF_A_CREDIT = 6
_BYLINE = re.compile(r"(?:by|von|por|par)\s+\w[^.!?“”\"]{1,150}$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:][”\"’')\]]*$")
_SENTENCE_BREAK = re.compile(r"[.!?…][”\"’')\]]*\s+(?=[A-ZÀ-Þ“\"])")


@dataclass(frozen=True)
class ParsedStory:
    """`body` is Markdown that shows the very text; `left_out` are lines that seemed to be no part of it."""

    headline: str
    dek: str
    byline: str
    body: str
    notes: tuple[Note, ...]
    passages: tuple[str, ...]
    left_out: tuple[str, ...] = field(default=())

    @property
    def paragraphs(self) -> list[str]:
        return self.body.split("\n\n")


def parse_story(
    text: str, *, reference_date: date | None = None, default_zone: str | None = None
) -> ParsedStory:
    """Take the text of a story apart. Raises NotAStory where it has no headline or no body.

    The first paragraph is the headline. A single sentence after it that quotes nothing is the dek; a line "By …" is
    the byline; a few words without an end between them and the body are the credit of a picture. Notes are
    recognised above the body and below it.
    """
    paragraphs = _split_paragraphs(text)
    if not paragraphs:
        raise NotAStory("there is no text in it")
    headline, *rest = paragraphs
    headline = _join_lines(headline)
    if len(headline) > LONGEST_HEADLINE:
        raise NotAStory("its first paragraph is no headline: it has more than 300 characters")
    notes, rest = _peel_notes(rest, reference_date, default_zone)
    stamps = [printed for note, printed in notes if not note.body]
    dek, byline, left_out, body = _take_front_matter([_join_lines(paragraph) for paragraph in rest])
    if not body:
        raise NotAStory("there is no body under its headline")
    passages = dict.fromkeys(passage.exact for passage in find_passages("\n\n".join(body)))
    return ParsedStory(
        headline=headline,
        dek=dek,
        byline=byline,
        body="\n\n".join(escape_markdown(paragraph) for paragraph in body),
        notes=tuple(note for note, _ in notes if note.body),
        passages=tuple(passages),
        left_out=(*left_out, *stamps),
    )


def _split_paragraphs(text: str) -> list[str]:
    """Blank lines part paragraphs; in a text without any, each line is one."""
    lines = [line.strip() for line in text.strip().splitlines()]
    between = r"\n{2,}" if "" in lines else r"\n"
    return [paragraph for paragraph in re.split(between, "\n".join(lines)) if paragraph]


def _join_lines(paragraph: str) -> str:
    return " ".join(paragraph.split())


def _peel_notes(
    paragraphs: list[str], reference_date: date | None, default_zone: str | None
) -> tuple[list[tuple[Note, str]], list[str]]:
    """Take the notes, each with its text as printed, off the top and the bottom; one amid the body stays there."""
    text = "\n\n".join(paragraphs)
    found = find_notes(text, reference_date=reference_date, default_zone=default_zone)
    peeled, end = set(), len(paragraphs)
    for each in reversed(found):
        if each.paragraphs.stop == end:
            end = each.paragraphs.start
            peeled.add(each)
    peeled |= {each for each in found if each.paragraphs.start < _FRONT}
    taken = {position for each in peeled for position in each.paragraphs}
    rest = [paragraph for position, paragraph in enumerate(paragraphs) if position not in taken]
    printed = [" ".join(paragraphs[position] for position in each.paragraphs) for each in found]
    return [(each.note, text) for each, text in zip(found, printed, strict=True) if each in peeled], rest


def _take_front_matter(paragraphs: list[str]) -> tuple[str, str, list[str], list[str]]:
    """Return dek, byline, what was left out, and the body."""
    dek = byline = ""
    left_out: list[str] = []
    rest = deque(paragraphs)
    while len(rest) > 1:
        if not byline and _BYLINE.match(rest[0]):
            byline = rest.popleft()
        elif not dek and _is_dek(rest[0]):
            dek = rest.popleft()
        elif _is_credit(rest[0]):
            left_out.append(rest.popleft())
        else:
            break
    return dek, byline, left_out, list(rest)


def _is_dek(paragraph: str) -> bool:
    words = len(paragraph.split())
    is_short = len(paragraph) <= _LONGEST_DEK and words > _MOST_WORDS_OF_A_CREDIT
    return is_short and not find_passages(paragraph) and not _SENTENCE_BREAK.search(paragraph)


def _is_credit(paragraph: str) -> bool:
    return len(paragraph.split()) <= _MOST_WORDS_OF_A_CREDIT and not _SENTENCE_END.search(paragraph)

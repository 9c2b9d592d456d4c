"""A story from outside, taken apart: headline, dek, byline, body, notes, links and quoted passages."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import accumulate

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from stories.importing.errors import NotAStory
from stories.importing.front_matter import (
    join_lines,
    part_before_byline,
    stands_above_a_body,
    take_front_matter,
    take_stamps,
)
from stories.text.markdown_limits import MOST_CHARACTERS
from stories.text.markup.markdown import Paragraph
from stories.text.notes import FoundNote, Note, Precision, find_notes, find_notes_among
from stories.text.passages import find_passages
from stories.text.plain import escape_markdown
from stories.text.stamps import read_stamps
from stories.text.unseen import line_as_seen, lines_as_seen, shows_anything

LONGEST_HEADLINE = 300
#: Live coverage of weeks has a few thousand.
MOST_PARAGRAPHS = 5_000
_LONGEST_BYLINE = 200
_FRONT = 4  # paragraphs under the headline among which notes may stand
_SENTENCE_END = re.compile(r"[.!?…:][”\"’')\]]*$")


@dataclass(frozen=True)
class StoryLink:
    """An address that the body leads to, and the words that do."""

    address: str
    words: str


@dataclass(frozen=True)
class ParsedStory:
    """`body` is Markdown that shows the very text; `left_out` are lines that seemed to be no part of it.

    `passage_links` has for each passage the address of the link nearest to it in its paragraph, or nothing.
    `published_at` and `modified_at` are as the story's page states them, naive where it gives no zone.
    """

    headline: str
    dek: str
    byline: str
    body: str
    notes: tuple[Note, ...]
    passages: tuple[str, ...]
    left_out: tuple[str, ...] = field(default=())
    links: tuple[StoryLink, ...] = ()
    passage_links: tuple[str, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None

    @property
    def paragraphs(self) -> list[str]:
        return self.body.split("\n\n")

    @property
    def shown_at(self) -> datetime | None:
        """Since when readers see this text, by what its page states: not before the last of its notes."""
        told = self.modified_at or self.published_at
        if told is None or told.tzinfo is None:
            return told
        notes = (note.stated_at for note in self.notes if note.precision is Precision.MINUTE)
        return max([told, *(at for at in notes if at is not None and at.tzinfo is not None)])

    @property
    def shown_zone(self) -> str:
        """The zone in which its page states that, where it names one."""
        return str(getattr(self.shown_at and self.shown_at.tzinfo, "key", ""))


@dataclass(frozen=True)
class Given:
    """What is known of a story beside its paragraphs. Where `dek` or `byline` is None it is looked for in them."""

    headline: str = ""
    dek: str | None = None
    byline: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    #: All that can be seen of its page: notes stand outside the text too.
    seen: str = ""


def parse_story(
    text: str, *, reference_date: date | None = None, default_zone: str | None = None
) -> ParsedStory:
    """Take the plain text of a story apart. Raises NotAStory where it has no headline or no body."""
    paragraphs = [
        Paragraph(paragraph, escape_markdown(join_lines(paragraph))) for paragraph in _split_paragraphs(text)
    ]
    return build_story(paragraphs, reference_date=reference_date, default_zone=default_zone)


def build_story(
    paragraphs: Sequence[Paragraph],
    *,
    given: Given | None = None,
    reference_date: date | None = None,
    default_zone: str | None = None,
) -> ParsedStory:
    """Take the paragraphs of a story apart. Raises NotAStory where it has no headline or no body.

    Where nothing else is given, the first paragraph is the headline. A single sentence after it that quotes nothing
    and opens with no place, or stands above the byline, is the dek; a line "By …" is the byline; a few words without
    an end between them and the body are the credit of a picture; a line of times above it says when the story was
    published and changed. Notes are recognised above the body and below it.
    """
    given = given or Given()
    if not paragraphs:
        raise NotAStory(_("there is no text in it"))
    refuse_excess([paragraph.text for paragraph in paragraphs])
    headline, rest = _take_headline(list(paragraphs), given)
    dated, rest = take_stamps(rest, reference_date=reference_date, default_zone=default_zone)
    notes, rest = _peel_notes(rest, reference_date, default_zone, is_live=dated.is_live)
    stamps = dated.lines + [printed for note, printed in notes if not shows_anything(note.body)]
    front = take_front_matter(rest, dek=given.dek, byline=given.byline, is_live=dated.is_live)
    body, left_out = front.body, front.left_out
    while len(body) > 1 and (body[-1].heading or not shows_anything(body[-1].text)):
        # Such as "Notes", or a rule, whose notes were taken out below it.
        left_out += filter(None, [join_lines(body.pop().text)])
    if not body:
        raise NotAStory(_("there is no body under its headline"))
    told = [note for note, _ in notes if shows_anything(note.body)]
    told += _find_notes_outside(given.seen, told, reference_date, default_zone)
    passages = _find_quotes(body)
    return ParsedStory(
        headline=headline,
        dek=lines_as_seen(front.dek),
        byline=line_as_seen(front.byline)[:_LONGEST_BYLINE],
        body="\n\n".join(paragraph.markdown for paragraph in body),
        # As they are saved: a note that is brought in once more is found by its words.
        notes=tuple(replace(note, body=lines_as_seen(note.body)) for note in told),
        passages=tuple(passages),
        left_out=(*left_out, *stamps),
        links=_find_links(body),
        passage_links=tuple(passages.values()),
        published_at=given.published_at or dated.published_at,
        modified_at=given.modified_at or dated.modified_at,
    )


def refuse_excess(paragraphs: Sequence[str]) -> None:
    """Raise NotAStory where there are more paragraphs than a story has, or more text than a page is made of."""
    if (count := len(paragraphs)) > MOST_PARAGRAPHS:
        raise NotAStory(
            _("it has %(count)s paragraphs, and the longest story has %(most)s: bring it in by parts")
            % {"count": _grouped(count), "most": _grouped(MOST_PARAGRAPHS)}
        )
    if (length := sum(map(len, paragraphs))) > MOST_CHARACTERS:
        raise NotAStory(
            _("it has %(count)s characters, and the longest story has %(most)s: bring it in by parts")
            % {"count": _grouped(length), "most": _grouped(MOST_CHARACTERS)}
        )


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True)


def _take_headline(paragraphs: list[Paragraph], given: Given) -> tuple[str, list[Paragraph]]:
    headline = given.headline or join_lines(paragraphs[0].text)
    if len(headline) > LONGEST_HEADLINE:
        raise NotAStory(_("its first paragraph is no headline: it has more than 300 characters"))
    if not (seen := line_as_seen(headline).strip()):
        raise NotAStory(_("there is no text in it"))
    front, rest = paragraphs[:_FRONT], paragraphs[_FRONT:]
    return seen, [each for each in front if join_lines(each.text) != headline] + rest


def _split_paragraphs(text: str) -> list[str]:
    """Blank lines part paragraphs; in a text without any, each line is one. A byline above the body begins one."""
    lines = [line.strip() for line in text.strip().splitlines()]
    between = r"\n{2,}" if "" in lines else r"\n"
    paragraphs = [paragraph for paragraph in re.split(between, "\n".join(lines)) if paragraph]
    return [part for each in paragraphs[:_FRONT] for part in part_before_byline(each)] + paragraphs[_FRONT:]


def _peel_notes(
    paragraphs: list[Paragraph], reference_date: date | None, default_zone: str | None, *, is_live: bool
) -> tuple[list[tuple[Note, str]], list[Paragraph]]:
    """Take the notes, each with its text as printed, off the top and the bottom; one amid the body stays there."""
    texts = [paragraph.text for paragraph in paragraphs]
    found = find_notes_among(texts, reference_date=reference_date, default_zone=default_zone)
    below, end = set[FoundNote](), len(paragraphs)
    for each in reversed(found):
        if any(map(shows_anything, texts[each.paragraphs.stop : end])):
            break
        end = each.paragraphs.start
        below.add(each)
    # A time that heads what is below it is above the body no note's.
    peeled = below | {
        each for each in found if each.paragraphs.start < _FRONT and not _is_headed_by_time(each)
    }
    is_live = is_live or _is_live([each for each in found if each not in below])
    # Of a note a reader of tomorrow would have to know the day.
    is_live = is_live or any(
        _is_headed_by_time(each) and not read_stamps(texts[each.paragraphs.start]) for each in below
    )
    if is_live or _is_all_above(texts, but=peeled):
        peeled = {each for each in peeled if each.note.label}
    taken = _positions(peeled)
    rest = [paragraph for position, paragraph in enumerate(paragraphs) if position not in taken]
    printed = [" ".join(texts[position] for position in each.paragraphs) for each in found]
    return [(each.note, text) for each, text in zip(found, printed, strict=True) if each in peeled], rest


def _is_live(found: Sequence[FoundNote]) -> bool:
    """Do times without a word head paragraphs amid the body, as in live updates? One may stand above it."""
    timed = [each.paragraphs.start for each in found if not each.note.label]
    return len(timed) > 1 or any(start >= _FRONT for start in timed)


def _is_headed_by_time(found: FoundNote) -> bool:
    return not found.note.label and len(found.paragraphs) > 1


def _is_all_above(texts: Sequence[str], *, but: set[FoundNote]) -> bool:
    taken = _positions(but)
    return all(
        stands_above_a_body(join_lines(text)) for position, text in enumerate(texts) if position not in taken
    )


def _positions(notes: Iterable[FoundNote]) -> set[int]:
    return {position for each in notes for position in each.paragraphs}


def _find_notes_outside(
    seen: str, told: Sequence[Note], reference_date: date | None, default_zone: str | None
) -> list[Note]:
    """Notes that stand on the page and not in the story's text, beside it or under it: whole sentences only."""
    # A page may have much under it that is none, such as what readers said of it.
    text = "\n\n".join(seen.splitlines()[:MOST_PARAGRAPHS])
    found = find_notes(text, reference_date=reference_date, default_zone=default_zone) if text else []
    known = {note.body for note in told}
    notes = [
        each.note
        for each in found
        if each.note.label and _SENTENCE_END.search(each.note.body) and each.note.body not in known
    ]
    return list(dict.fromkeys(notes))


def _find_quotes(body: Sequence[Paragraph]) -> dict[str, str]:
    """Each passage with the address of the link that is nearest to it in its paragraph."""
    text = "\n\n".join(paragraph.text for paragraph in body)
    starts = list(accumulate((len(paragraph.text) + 2 for paragraph in body), initial=0))
    links = _place_links(body, starts)
    passages: dict[str, str] = {}
    for passage in find_passages(text):
        paragraph = bisect_right(starts, passage.start) - 1
        beside = [(abs(at - passage.start), address) for at, address in links[paragraph]]
        passages.setdefault(join_lines(passage.exact), min(beside, default=(0, ""))[1])
    return passages


def _place_links(body: Sequence[Paragraph], starts: Sequence[int]) -> list[list[tuple[int, str]]]:
    """For each paragraph its links, each with its place in the text of all."""
    return [
        [(start + link.start, link.address) for link in paragraph.links]
        for start, paragraph in zip(starts, body, strict=False)
    ]


def _find_links(body: Sequence[Paragraph]) -> tuple[StoryLink, ...]:
    links = {link.address: link.words for paragraph in reversed(body) for link in reversed(paragraph.links)}
    return tuple(StoryLink(address, words) for address, words in reversed(links.items()))

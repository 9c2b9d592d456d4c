"""What an import would do, found out without doing it."""

from collections.abc import Iterator
from dataclasses import dataclass

from stories.importing.capture import (
    find_new_notes,
    is_elsewhere,
    is_known,
    refuse_if_edited,
    wanted_links,
)
from stories.importing.errors import ImportRefused
from stories.importing.match import Match
from stories.importing.story import ParsedStory
from stories.importing.take import capture_of, match_of
from stories.models import Article, Incoming, Source
from stories.models.words import APPROVED_KINDS, IntakeMode
from stories.text.notes import Note


@dataclass(frozen=True)
class ForeseenLink:
    """A link of the body: the source that it leads to where there is one, and whether it is proposed to be one."""

    address: str
    words: str
    source: Source | None
    is_wanted: bool


@dataclass(frozen=True)
class ForeseenPassage:
    exact: str
    link: str
    is_known: bool


@dataclass(frozen=True)
class Foreseen:
    """`problem` says why it would be refused. Of a known story nothing would change."""

    story: ParsedStory
    match: Match | None
    problem: str
    is_known_draft: bool
    is_known_record: bool
    notes: tuple[tuple[Note, bool], ...]
    passages: tuple[ForeseenPassage, ...]
    links: tuple[ForeseenLink, ...]

    @property
    def article(self) -> Article | None:
        return self.match.article if self.match else None

    @property
    def is_known(self) -> bool:
        """Whichever way it is taken in, nothing would change."""
        return self.is_known_draft and self.is_known_record

    @property
    def needs_second_person(self) -> bool:
        """Whether on the record it would tell readers what two people must have read."""
        return any(is_new and note.kind.value in APPROVED_KINDS for note, is_new in self.notes)


def foresee(incoming: Incoming) -> Foreseen:
    """What would become of this story if it were taken in now."""
    capture, match, problem = capture_of(incoming), None, ""
    story = capture.story
    try:
        match = match_of(incoming)
        if match and not is_known(match.article, story, mode=IntakeMode.DRAFT):
            refuse_if_edited(match.article)
    except ImportRefused as refusal:
        problem = str(refusal)
    article = match.article if match else None
    new = find_new_notes(article, story) if article else list(story.notes)
    known = set(article.citations.values_list("exact", flat=True)) if article else set()
    links = story.passage_links or ("",) * len(story.passages)
    return Foreseen(
        story=story,
        match=match,
        problem=problem,
        is_known_draft=article is not None and is_known(article, story, mode=IntakeMode.DRAFT),
        is_known_record=article is not None and is_known(article, story, mode=IntakeMode.RECORDED),
        notes=tuple((note, note in new) for note in story.notes),
        passages=tuple(
            ForeseenPassage(exact, link, exact in known)
            for exact, link in zip(story.passages, links, strict=True)
        ),
        links=tuple(_foresee_links(incoming)),
    )


def _foresee_links(incoming: Incoming) -> Iterator[ForeseenLink]:
    capture = capture_of(incoming)
    wanted = {address for address, _ in wanted_links(capture)}
    for link in capture.story.links:
        if is_elsewhere(link.address, capture.address):
            source = Source.objects.at_address(link.address).first()
            yield ForeseenLink(link.address, link.words, source, link.address in wanted)

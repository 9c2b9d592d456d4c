"""One capture of a published story, written into the record: the article, its updates, its passages, a version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from stories.importing.errors import CaptureNotTaken
from stories.importing.match import find_article
from stories.importing.story import ParsedStory
from stories.models import Article, Citation, Update, Version
from stories.models.history import acting_as
from stories.publishing.errors import PublishRefused
from stories.publishing.publish import record_capture
from stories.text.notes import Note

ACTOR = "import"
_LONGEST_SLUG = 100


@dataclass(frozen=True)
class Capture:
    """The text of a story as readers saw it at `as_of`; None where that time is not known."""

    name: str
    story: ParsedStory
    as_of: datetime | None = None
    zone: str = ""


@dataclass(frozen=True)
class Taken:
    """What became of a capture. `version` is None where the record had its text already."""

    capture: Capture
    article: Article
    version: Version | None
    is_new_article: bool
    matched_because: str
    updates: tuple[Update, ...] = ()
    citations: tuple[Citation, ...] = ()


def import_captures(captures: Sequence[Capture], *, now: datetime, slug: str = "") -> list[Taken]:
    """Take in several captures of one story in their order; all of them or none.

    `slug` names the article; without it the first capture is matched by its text, and the rest follow it.
    Raises CaptureNotTaken.
    """
    taken: list[Taken] = []
    with transaction.atomic(), acting_as(ACTOR):
        for capture in captures:
            taken.append(_take(capture, now=now, slug=taken[-1].article.slug if taken else slug))
    return taken


def _take(capture: Capture, *, now: datetime, slug: str) -> Taken:
    match = find_article(capture.story, slug=slug)
    if match and _is_recorded(match.article, capture.story):
        return Taken(capture, match.article, None, False, match.because)
    if match:
        _refuse_if_edited(match.article)
    article = _write_working_copy(capture.story, match.article if match else None)
    citations = _propose_citations(article, capture.story)
    updates = _make_updates(article, capture.story)
    try:
        version = record_capture(
            article, updates=updates, now=now, stated_at=capture.as_of, stated_zone=capture.zone, actor=ACTOR
        )
    except PublishRefused as error:
        raise CaptureNotTaken(f"{capture.name} was not taken: {error.message}") from error
    because = match.because if match else ""
    return Taken(capture, article, version, match is None, because, tuple(updates), tuple(citations))


def _is_recorded(article: Article, story: ParsedStory) -> bool:
    """Whether some version has this very text, and every note of it is recorded."""
    text = (story.headline, story.dek, story.byline, story.body)
    names = ("headline", "dek", "byline", "body")
    versions = article.versions.order_by("-number").iterator()
    has_text = any(tuple(version.frozen[name] for name in names) == text for version in versions)
    return has_text and not _find_new_notes(article, story)


def _refuse_if_edited(article: Article) -> None:
    live = article.live_version
    names = ("headline", "dek", "byline", "body")
    if live and any(live.frozen[name] != getattr(article, name) for name in names):
        raise CaptureNotTaken(
            f"“{article.headline}” has changes that were never published, and the import would replace them. "
            "Publish them or take them back in the admin, then import again."
        )


def _write_working_copy(story: ParsedStory, article: Article | None) -> Article:
    if article is None:
        article = Article(slug=_choose_slug(story.headline))
    article.headline, article.dek = story.headline, story.dek
    article.byline, article.body = story.byline, story.body
    article._change_reason = "imported"
    article.save()
    return article


def _choose_slug(headline: str) -> str:
    base = slugify(headline)[:_LONGEST_SLUG].rstrip("-") or "story"
    slug, number = base, 1
    while Article.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def _propose_citations(article: Article, story: ParsedStory) -> list[Citation]:
    known = set(article.citations.values_list("exact", flat=True))
    proposed = [Citation(article=article, exact=exact) for exact in story.passages if exact not in known]
    for citation in proposed:
        citation.save()
    return proposed


def _find_new_notes(article: Article, story: ParsedStory) -> list[Note]:
    known = set(article.updates.values_list("note", flat=True))
    return [note for note in story.notes if note.body not in known]


def _make_updates(article: Article, story: ParsedStory) -> list[Update]:
    """The notes that are new, oldest first. Only the first of them follows on a text that is recorded here."""
    notes = sorted(_find_new_notes(article, story), key=lambda note: _sort_key(note.stated_at))
    has_text_before = article.versions.exists()
    return [
        Update(
            article=article,
            kind=note.kind.value,
            note=note.body,
            stated_at=_aware(note.stated_at),
            stated_zone=note.zone or (timezone.get_default_timezone_name() if note.stated_at else ""),
            stated_precision=note.precision.value,
            headline_changed=note.headline_changed,
            is_text_before_recorded=has_text_before and position == 0,
        )
        for position, note in enumerate(notes)
    ]


def _sort_key(moment: datetime | None) -> tuple[bool, datetime]:
    aware = _aware(moment)
    return (aware is not None, aware or datetime.min.replace(tzinfo=timezone.get_default_timezone()))


def _aware(moment: datetime | None) -> datetime | None:
    """A time printed without a zone is read in the newsroom's own."""
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=timezone.get_default_timezone())

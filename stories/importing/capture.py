"""One story from outside, written down: the article, its updates, its passages and their sources, and a version."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from stories.importing.errors import CaptureNotTaken
from stories.importing.marks import mark_of
from stories.importing.match import Match, find_article
from stories.importing.story import ParsedStory
from stories.models import Article, Citation, Incoming, Source, Update, Version
from stories.models.citation import hold_sources
from stories.models.history import acting_as
from stories.models.words import IntakeMode
from stories.publishing.errors import PublishRefused
from stories.publishing.publish import record_capture
from stories.text.notes import Note
from stories.text.same_address import normalise_address
from stories.text.unseen import line_as_seen, lines_as_seen
from stories.text.zones import zone_info

ACTOR = "import"
_LONGEST_SLUG = 100
_LONGEST_TITLE = 300
TEXTS = ("headline", "dek", "byline", "body")


@dataclass(frozen=True)
class Capture:
    """The text of a story as readers saw it at `as_of`; None where that time is not known.

    `zone` is that of the time, and of whatever the story tells without one. `address` is where it was read. Of its
    links those in `wanted` become sources, and with None those from which it quotes.
    """

    name: str
    story: ParsedStory
    as_of: datetime | None = None
    zone: str = ""
    address: str = ""
    wanted: Collection[str] | None = None


@dataclass(frozen=True)
class Taken:
    """What became of a capture. `version` is None for a draft, and where the record had its text already.

    `before` is the working copy that it replaced.
    """

    capture: Capture
    article: Article
    version: Version | None
    is_new_article: bool
    matched_because: str
    updates: tuple[Update, ...] = ()
    citations: tuple[Citation, ...] = ()
    sources: tuple[Source, ...] = ()
    before: dict[str, str] | None = None
    is_known: bool = False


def import_captures(captures: Sequence[Capture], *, now: datetime, slug: str = "") -> list[Taken]:
    """Record several captures of one story in their order; all of them or none.

    `slug` names the article; without it the first capture is matched by its text, and the rest follow it. Where nobody
    has said when readers saw a capture, it is as of the time that it tells itself. Raises CaptureNotTaken.
    """
    taken: list[Taken] = []
    with transaction.atomic():
        for capture in captures:
            match = find_article(capture.story, slug=taken[-1].article.slug if taken else slug)
            dated = _as_it_says(capture, match, now=now)
            taken.append(take_capture(dated, match, mode=IntakeMode.RECORDED, now=now))
    return taken


def _as_it_says(capture: Capture, match: Match | None, *, now: datetime) -> Capture:
    """With its own time, unless that is to come, or before that of a version: a page may keep its first one."""
    told = capture.story.shown_at
    if capture.as_of or told is None:
        return capture
    told = told if told.tzinfo else told.replace(tzinfo=zone_info(capture.zone or "UTC"))
    last = match.article.versions.aggregate(last=Max("stated_at"))["last"] if match else None
    is_possible = told <= now and (last is None or told >= last)
    zone = capture.story.shown_zone or capture.zone
    return replace(capture, as_of=told, zone=zone) if is_possible else capture


def take_capture(
    capture: Capture,
    match: Match | None,
    *,
    mode: str,
    now: datetime,
    actor: str = ACTOR,
    because: str = "",
) -> Taken:
    """Write a capture into the article that it matches, or into a new one; all of it or nothing.

    Recorded, it becomes a version: what readers have seen elsewhere, and `because` tells them why it is recorded only
    now. As a draft it changes the working copy alone, and its notes are drafts of updates. Raises CaptureNotTaken.
    """
    if match and is_known(match.article, capture.story, mode=mode):
        return Taken(capture, match.article, None, False, match.because, is_known=True)
    if match:
        refuse_if_edited(match.article)
    with transaction.atomic(), acting_as(actor):
        return _write(capture, match, mode=mode, now=now, actor=actor, because=because)


def _write(
    capture: Capture, match: Match | None, *, mode: str, now: datetime, actor: str, because: str
) -> Taken:
    before = {name: getattr(match.article, name) for name in TEXTS} if match else None
    article = _write_working_copy(capture.story, match.article if match else None)
    sources = _find_or_make_sources(capture)
    citations = _propose_citations(article, capture.story, sources)
    updates = _make_updates(article, capture.story)
    version = None
    if mode == IntakeMode.RECORDED:
        version = _record(capture, article, updates, now=now, actor=actor, because=because)
    else:
        _save_drafts(updates)
    return Taken(
        capture,
        article,
        version,
        match is None,
        match.because if match else "",
        tuple(updates),
        tuple(citations),
        tuple(source for source, is_new in sources.values() if is_new),
        before,
    )


def _record(
    capture: Capture,
    article: Article,
    updates: Sequence[Update],
    *,
    now: datetime,
    actor: str,
    because: str,
) -> Version:
    try:
        return record_capture(
            article,
            updates=updates,
            now=now,
            stated_at=capture.as_of,
            stated_zone=capture.zone if capture.as_of else "",
            stated_because=because,
            actor=actor,
        )
    except PublishRefused as error:
        raise CaptureNotTaken(
            _("%(capture)s was not taken: %(message)s") % {"capture": capture.name, "message": error.message}
        ) from error


def is_known(article: Article, story: ParsedStory, *, mode: str) -> bool:
    """Whether every note is recorded, and some version has this very text, or for a draft the working copy."""
    if find_new_notes(article, story):
        return False
    text = _texts_of(story)
    if mode == IntakeMode.DRAFT and _texts_of(article) == text:
        return True
    versions = article.versions.order_by("-number").iterator()
    return any(_texts_in(version) == text for version in versions)


def _texts_of(row: ParsedStory | Article) -> tuple[str, ...]:
    return _as_seen(getattr(row, name) for name in TEXTS)


def _texts_in(version: Version) -> tuple[str, ...]:
    return _as_seen(version.frozen[name] for name in TEXTS)


def _as_seen(texts: Iterable[str]) -> tuple[str, ...]:
    """What is on record from before may hold what is not kept any more."""
    headline, dek, byline, body = texts
    return line_as_seen(headline), lines_as_seen(dek), line_as_seen(byline), body


def refuse_if_edited(article: Article) -> None:
    """Raises CaptureNotTaken where words that somebody wrote here, and nobody has published, would be replaced."""
    live = article.live_version
    if Incoming.objects.taken().filter(article=article, mark=mark_of(article)).exists():
        return  # It stands as an import left it.
    if live is None:
        raise CaptureNotTaken(
            _(
                "“%(headline)s” is a draft here, and the import would replace it. "
                "Publish it or delete it in the admin, then import again."
            )
            % {"headline": article.headline}
        )
    if _texts_in(live) != _texts_of(article):
        raise CaptureNotTaken(
            _(
                "“%(headline)s” has changes that were never published, and the import would replace them. "
                "Publish them or take them back in the admin, then import again."
            )
            % {"headline": article.headline}
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


def wanted_links(capture: Capture) -> list[tuple[str, str]]:
    """The addresses that become sources, each with the words that lead there."""
    quoted = set(capture.story.passage_links)
    is_wanted: Callable[[str], bool] = (
        (lambda address: address in quoted and is_elsewhere(address, capture.address))
        if capture.wanted is None
        else capture.wanted.__contains__
    )
    return [(link.address, link.words) for link in capture.story.links if is_wanted(link.address)]


def is_elsewhere(address: str, own: str) -> bool:
    """Whether it leads away from the site that the story is read at."""
    return not own or urlsplit(address).hostname != urlsplit(own).hostname


def _find_or_make_sources(capture: Capture) -> dict[str, tuple[Source, bool]]:
    """By its address as all spellings come out, each source with whether it is new."""
    sources: dict[str, tuple[Source, bool]] = {}
    for address, words in wanted_links(capture):
        key = normalise_address(address)
        if key not in sources and len(address) <= 2_000:
            known = Source.objects.at_address(address).first()
            sources[key] = (known, False) if known else (_make_source(address, words), True)
    return sources


def _make_source(address: str, words: str) -> Source:
    host = urlsplit(address).hostname or ""
    title = f"{words} ({host})" if len(words) + len(host) + 3 <= _LONGEST_TITLE else host
    source = Source(url=address, title=title)
    source._change_reason = "linked from a story that was imported"
    source.save()
    return source


def _propose_citations(
    article: Article, story: ParsedStory, sources: dict[str, tuple[Source, bool]]
) -> list[Citation]:
    known = set(article.citations.values_list("exact", flat=True))
    hold_sources(source.pk for source, is_new in sources.values() if not is_new)
    links = story.passage_links or ("",) * len(story.passages)
    proposed = []
    for exact, link in zip(story.passages, links, strict=True):
        if exact not in known:
            source, _is_new = sources.get(normalise_address(link), (None, False))
            citation = Citation(article=article, exact=exact, source=source)
            citation._change_reason = "imported"
            citation.save()
            proposed.append(citation)
    return proposed


def find_new_notes(article: Article, story: ParsedStory) -> list[Note]:
    known = set(map(lines_as_seen, article.updates.values_list("note", flat=True)))
    return [note for note in story.notes if lines_as_seen(note.body) not in known]


def _make_updates(article: Article, story: ParsedStory) -> list[Update]:
    """The notes that are new, oldest first. Only the first of them follows on a text that is recorded here."""
    notes = sorted(find_new_notes(article, story), key=lambda note: _sort_key(note.stated_at))
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


def _save_drafts(updates: Sequence[Update]) -> None:
    for update in updates:
        update._change_reason = "imported"
        update.save()


def _sort_key(moment: datetime | None) -> tuple[bool, datetime]:
    aware = _aware(moment)
    return (aware is not None, aware or datetime.min.replace(tzinfo=timezone.get_default_timezone()))


def _aware(moment: datetime | None) -> datetime | None:
    """A time printed without a zone is read in the newsroom's own."""
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=timezone.get_default_timezone())

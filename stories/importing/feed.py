"""A newsroom's own feed is watched: each new or changed entry becomes a story here, or a version of one."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from stories.importing.address import ask, fetch_story, refuse_status
from stories.importing.errors import ImportRefused, NotAStory
from stories.importing.intake import add_story, open_intake
from stories.importing.story import Given, ParsedStory, build_story
from stories.models import Incoming, Intake, WatchedFeed
from stories.models.words import IncomingState, IntakeKind, IntakeState
from stories.text.charset import decode
from stories.text.copy_errors import ExtractError
from stories.text.feed_entries import Feed, FeedEntry, read_feed_entries
from stories.text.markup.markdown import html_paragraphs
from stories.web.fetched import Fetched

#: A look that takes longer than this is taken for dead.
_LONGEST_LOOK = timedelta(minutes=10)
_MOST_BACK_OFF = 32
#: Entries that are read at one look; the others at the next.
_MOST_AT_ONCE = 50
_BECAUSE = "It was published by {title} then."


def read_feed(intake: Intake, now: Callable[[], datetime]) -> Iterator[None]:
    """Every entry of a feed that is to be watched, each proposed. Raises ImportRefused."""
    feed = intake.feed
    assert feed is not None
    found = _parse(_fetch(feed))
    feed.title = found.title[:300] or feed.title
    feed.save(update_fields=["title"])
    intake.move_on(name=f"{feed.title} (feed)"[:300], total_count=len(found.entries))
    known = set(intake.stories.values_list("entry", flat=True))
    for position, entry in enumerate(found.entries):
        if _entry_digest(feed, entry) not in known:
            _propose(intake, feed, entry, position=position, now=now())
        intake.done_count = position + 1
        yield


def look_at_feed(feed: WatchedFeed, *, now: datetime) -> Intake | None:
    """What is new or has changed in the feed, to be taken in; None where nothing is, or another worker is at it.

    A look that fails is told on the feed, and the next comes later and later.
    """
    mine = WatchedFeed.objects.due(now=now).filter(pk=feed.pk).update(due_at=now + _LONGEST_LOOK)
    if not mine:
        return None
    feed.refresh_from_db()
    try:
        answer = _fetch(feed, etag=feed.etag, last_modified=feed.last_modified)
        intake, problems = (None, []) if answer.not_modified else _take_new(feed, _parse(answer), now=now)
    except ImportRefused as refusal:
        _settle(feed, now=now, message=str(refusal), failure_count=feed.failure_count + 1)
        return None
    # What could not be read is asked for again: then the server must not say that nothing has changed.
    is_whole = not problems and not answer.not_modified
    said = {"etag": answer.etag[:500], "last_modified": answer.last_modified[:100]} if is_whole else {}
    _settle(feed, now=now, message=" ".join(problems)[:2_000], failure_count=0, **said)
    return intake


def watch_feed(intake: Intake, *, now: datetime) -> None:
    """An editor has confirmed what the feed would bring in: from now on it is looked at."""
    if intake.feed and not intake.feed.is_active:
        feed = intake.feed
        feed.is_active, feed.mode = True, intake.mode
        feed.due_at = now + timedelta(seconds=feed.interval_seconds)
        feed.save(update_fields=["is_active", "mode", "due_at"])


def _settle(feed: WatchedFeed, *, now: datetime, message: str, failure_count: int, **said: str) -> None:
    later = min(2**failure_count, _MOST_BACK_OFF)
    due_at = now + timedelta(seconds=feed.interval_seconds * later)
    fields = {"checked_at": now, "due_at": due_at, "message": message, "failure_count": failure_count, **said}
    WatchedFeed.objects.filter(pk=feed.pk).update(**fields)


def _fetch(feed: WatchedFeed, *, etag: str = "", last_modified: str = "") -> Fetched:
    answer = ask(feed.address, etag=etag, last_modified=last_modified)
    if not answer.not_modified:
        refuse_status(answer)
    return answer


def _parse(answer: Fetched) -> Feed:
    try:
        return read_feed_entries(decode(answer.body, answer.content_type)[0])
    except ExtractError as error:
        raise NotAStory(
            _("What is at %(url)s is no feed (RSS or Atom) that can be read.") % {"url": answer.url}
        ) from error


def _take_new(feed: WatchedFeed, found: Feed, *, now: datetime) -> tuple[Intake | None, list[str]]:
    """An intake of what is new, ready for a worker, and a sentence for each entry that could not be read."""
    marks = _known_marks(feed, found)
    fresh = [entry for entry in found.entries if marks.get(_entry_digest(feed, entry)) != _mark(entry)]
    read, problems = list[tuple[FeedEntry, ParsedStory]](), list[str]()
    # The oldest first, as they were published: feeds have the newest on top.
    for entry in list(reversed(fresh))[:_MOST_AT_ONCE]:
        try:
            read.append((entry, _read_entry(feed, entry, now=now)))
        except ImportRefused as refusal:
            problems.append(str(refusal))
    if not read:
        return None, problems
    with transaction.atomic():
        intake = open_intake(
            IntakeKind.FEED,
            name=f"{feed.title} (feed)",
            zone=feed.zone,
            by=None,
            now=now,
            asker=feed.title[:150],
            feed=feed,
            address=feed.address,
            mode=feed.mode,
            state=IntakeState.TAKING,
            total_count=len(read),
        )
        for position, (entry, story) in enumerate(read):
            incoming = _add(intake, feed, entry, story, position=position, now=now)
            incoming.settle(IncomingState.CHOSEN, choice={"because": _BECAUSE.format(title=feed.title)})
    return intake, problems


def _known_marks(feed: WatchedFeed, found: Feed) -> dict[str, str]:
    """What each entry said when it was last read."""
    digests = [_entry_digest(feed, entry) for entry in found.entries]
    rows = Incoming.objects.filter(entry__in=digests).exclude(state=IncomingState.UNDONE).order_by("pk")
    return dict(rows.values_list("entry", "entry_mark"))


def _propose(intake: Intake, feed: WatchedFeed, entry: FeedEntry, *, position: int, now: datetime) -> None:
    try:
        story = _read_entry(feed, entry, now=now)
    except ImportRefused as refusal:
        Incoming.objects.create(
            intake=intake,
            position=position,
            name=(entry.headline or entry.key)[:300],
            state=IncomingState.REFUSED,
            message=str(refusal),
        )
        return
    _add(intake, feed, entry, story, position=position, now=now)


def _add(
    intake: Intake, feed: WatchedFeed, entry: FeedEntry, story: ParsedStory, *, position: int, now: datetime
) -> Incoming:
    incoming = add_story(
        intake,
        story,
        name=entry.headline or story.headline,
        position=position,
        address=entry.address[:2_000],
        stated_at=_stated(entry, now=now),
    )
    incoming.entry, incoming.entry_mark = _entry_digest(feed, entry), _mark(entry)
    incoming.save(update_fields=["entry", "entry_mark"])
    return incoming


def _stated(entry: FeedEntry, *, now: datetime) -> datetime | None:
    """When the feed says that its readers saw it; a time to come is none."""
    stated = entry.updated_at or entry.published_at
    if stated is None:
        return None
    aware = stated if stated.tzinfo else stated.replace(tzinfo=UTC)
    return aware if aware <= now else None


def _read_entry(feed: WatchedFeed, entry: FeedEntry, *, now: datetime) -> ParsedStory:
    """The story that the entry has in it, or else the one at its address. Raises ImportRefused."""
    if not entry.content:
        if not entry.address:
            raise NotAStory(
                _("“%(key)s” has neither a text nor an address.") % {"key": entry.headline or entry.key}
            )
        return fetch_story(entry.address, zone=feed.zone, reference_date=now.date()).story
    byline = entry.author if entry.author[:3].lower() in ("", "by ") else f"By {entry.author}"
    given = Given(headline=entry.headline, byline=byline or None, dek=_dek(entry))
    try:
        return build_story(
            html_paragraphs(entry.content, base_url=entry.address),
            given=given,
            reference_date=now.date(),
            default_zone=feed.zone,
        )
    except NotAStory as error:
        raise NotAStory(
            _("“%(key)s” is not a story: %(error)s.") % {"key": entry.headline or entry.key, "error": error}
        ) from error


def _dek(entry: FeedEntry) -> str:
    """The summary, unless it is but the beginning of the text."""
    beginning = entry.summary.rstrip("….").strip()[:60]
    paragraphs = html_paragraphs(entry.content)
    text = " ".join(paragraph.text for paragraph in paragraphs[:2])
    return "" if len(entry.summary) > 300 or beginning in text else entry.summary


def _entry_digest(feed: WatchedFeed, entry: FeedEntry) -> str:
    return hashlib.sha256(f"{feed.address}\n{entry.key}".encode("utf-8", "replace")).hexdigest()


def _mark(entry: FeedEntry) -> str:
    said = (entry.headline, entry.summary, entry.content, entry.author, entry.address, str(entry.updated_at))
    return hashlib.sha256("\0".join(said).encode("utf-8", "replace")).hexdigest()

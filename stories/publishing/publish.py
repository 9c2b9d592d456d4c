"""The one way in which what readers see changes: a working copy, frozen as the next version."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from django.db import transaction
from django.db.models import Max

from stories.models import Article, Update, User, Version
from stories.models.history import acting_as
from stories.models.words import Precision
from stories.publishing.canonical import canonical_json, digest
from stories.publishing.comparison import compare_contents
from stories.publishing.content import freeze_updates, prepare_content
from stories.publishing.errors import (
    CauseElsewhere,
    MinorWithNote,
    NoteMissing,
    NothingChanged,
    PublishRefused,
    TextMissing,
    TimeInFuture,
    TimeOutOfOrder,
    TimeTooEarly,
    UpdateNotFree,
    WorkingCopyStale,
    ZoneUnknown,
)
from stories.text.zones import zone_info

__all__ = ["prepare_content", "publish_article", "record_capture"]

#: Clocks of people and machines differ a little.
CLOCK_ALLOWANCE = timedelta(seconds=60)
#: Feeds write years with four digits, and no zone carries a later time out of the calendar.
EARLIEST_STATED = datetime(1000, 1, 1, tzinfo=UTC)


def publish_article(
    article: Article,
    *,
    updates: Sequence[Update] = (),
    by: User | None,
    now: datetime,
    is_minor: bool = False,
    stated_at: datetime | None = None,
    stated_zone: str = "",
    actor: str = "",
) -> Version:
    """Publish the saved working copy as the next version, with its updates; all of it or nothing.

    `updates` are unsaved rows or drafts of this article. `stated_at` is when readers first saw it; None where
    that is not known, unless the latest note says it to the minute. `actor` names what publishes where `by` is
    nobody. Raises PublishRefused, whose message is for the editor.
    """
    return _publish(
        article,
        updates=updates,
        by=by,
        now=now,
        is_minor=is_minor,
        stated_at=stated_at,
        stated_zone=stated_zone,
        actor=actor,
        refuse=_refuse_unexplained,
    )


def record_capture(
    article: Article,
    *,
    updates: Sequence[Update] = (),
    now: datetime,
    stated_at: datetime | None,
    stated_zone: str,
    actor: str,
) -> Version:
    """Record as a version a text that readers have seen elsewhere, with the notes it was printed with.

    What nobody explained to readers then is recorded as it was: without a note. Otherwise as publish_article.
    """
    return _publish(
        article,
        updates=updates,
        by=None,
        now=now,
        is_minor=False,
        stated_at=stated_at,
        stated_zone=stated_zone,
        actor=actor,
        refuse=_refuse_unchanged,
    )


def _publish(
    article: Article,
    *,
    updates: Sequence[Update],
    by: User | None,
    now: datetime,
    is_minor: bool,
    stated_at: datetime | None,
    stated_zone: str,
    actor: str,
    refuse: Callable[[Mapping[str, Any], Mapping[str, Any] | None], None],
) -> Version:
    with transaction.atomic(), acting_as(actor):
        locked = _lock(article)
        live = locked.live_version
        _refuse_updates(locked, updates)
        last_stated = locked.versions.aggregate(last=Max("stated_at"))["last"]
        _refuse_times(updates, stated_at=stated_at, stated_zone=stated_zone, last_stated=last_stated, now=now)
        if stated_at is None and (said := _find_time(updates, last_stated=last_stated)):
            stated_at, stated_zone = said
        _mark_updates(updates, live=live, headline=locked.headline, now=now)
        content = prepare_content(
            locked,
            updates=updates,
            number=live.number + 1 if live else 1,
            previous_digest=live.digest if live else "",
            now=now,
            is_minor=is_minor,
            stated_at=stated_at,
            stated_zone=stated_zone,
        )
        _refuse_without_text(content)
        refuse(content, live.frozen if live else None)
        # The rows come before the content that holds their ids, and before the version that publishes them.
        _save_updates(updates, version=None, by=by, reason="written for publication")
        content["updates"] = freeze_updates(updates)
        version = _write_version(locked, content, by=by, now=now, stated_at=stated_at, actor=actor)
        _save_updates(updates, version=version, by=by, reason=f"published with version {version.number}")
    return version


def _lock(article: Article) -> Article:
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.save_count != article.save_count:
        raise WorkingCopyStale("The story was saved meanwhile. Look at it as it is now, then publish.")
    return locked


def _refuse_updates(article: Article, updates: Sequence[Update]) -> None:
    for update in updates:
        if update.article_id != article.pk:
            raise UpdateNotFree("This update belongs to another story.")
        if update.pk and Update.objects.published().filter(pk=update.pk).exists():
            raise UpdateNotFree("This update is already published.")
        # Its passage and wording would be published with it, though that story may be a draft.
        if update.caused_by and update.caused_by.citation.article_id != article.pk:
            raise CauseElsewhere("The change named as the reason is of a passage in another story.")
        if not update.note.strip():
            raise NoteMissing("An update needs a note that tells readers what changed.")


def _refuse_times(
    updates: Sequence[Update],
    *,
    stated_at: datetime | None,
    stated_zone: str,
    last_stated: datetime | None,
    now: datetime,
) -> None:
    for moment, zone in [(stated_at, stated_zone), *((each.stated_at, each.stated_zone) for each in updates)]:
        if moment and moment > now + CLOCK_ALLOWANCE:
            raise TimeInFuture("The stated time has not come yet. State when readers see it, now or earlier.")
        if moment and moment < EARLIEST_STATED:
            raise TimeTooEarly("The stated time is before the year 1000. Check its year.")
        if zone and not _is_known(zone):
            raise ZoneUnknown(f"“{zone}” is not a time zone. One is written like America/New_York.")
    if stated_at and last_stated and stated_at < last_stated:
        raise TimeOutOfOrder(
            "The stated time is before that of an earlier version, and versions follow each other in time."
        )


def _find_time(updates: Sequence[Update], *, last_stated: datetime | None) -> tuple[datetime, str] | None:
    """When the latest note says, to the minute; None where versions would not follow each other in time then."""
    exact = [
        (update.stated_at, update.stated_zone)
        for update in updates
        if update.stated_at and update.stated_precision == Precision.MINUTE
    ]
    latest = max(exact, default=None)
    return latest if latest and (last_stated is None or latest[0] >= last_stated) else None


def _is_known(zone: str) -> bool:
    try:
        zone_info(zone)
    except ZoneInfoNotFoundError:
        return False
    return True


def _mark_updates(updates: Sequence[Update], *, live: Version | None, headline: str, now: datetime) -> None:
    """Say which updates changed the headline; one whose earlier text nobody has keeps what it says itself."""
    is_changed = live is not None and live.headline != headline
    is_said = is_changed and any(update.headline_changed for update in updates)
    for update in updates:
        update.recorded_at = now
        if live and update.is_text_before_recorded and not is_said:
            update.headline_changed = is_changed


def _save_updates(
    updates: Sequence[Update], *, version: Version | None, by: User | None, reason: str
) -> None:
    for update in updates:
        update.version = version
        # Read by django-simple-history.
        vars(update).update(_history_user=by, _change_reason=reason)
        update.save()


def _refuse_without_text(content: Mapping[str, Any]) -> None:
    if not content["headline"].strip():
        raise TextMissing("A story without a headline cannot be published.")
    if not content["body"].strip():
        raise TextMissing("A story without a body cannot be published.")


def _refuse_unchanged(content: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
    if before and not content["updates"] and compare_contents(before, content).is_empty:
        raise NothingChanged("Nothing that readers see has changed since the last version.")


def _refuse_unexplained(content: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
    if content["minor"] and content["updates"]:
        raise MinorWithNote("A minor change has no note. Take the note away, or do not call it minor.")
    _refuse_unchanged(content, before)
    if before and not content["updates"] and not content["minor"]:
        raise NoteMissing("Readers will see a difference: say what changed in a note, or call it minor.")


def _write_version(
    article: Article,
    content: dict[str, Any],
    *,
    by: User | None,
    now: datetime,
    stated_at: datetime | None,
    actor: str,
) -> Version:
    try:
        written = canonical_json(content)
    except ValueError as error:
        raise PublishRefused(f"The story cannot be written down: {error}.") from error
    return Version.objects.create(
        article=article,
        number=content["number"],
        content=written,
        digest=digest(written),
        previous_digest=content["previous_digest"],
        stated_at=stated_at,
        recorded_at=now,
        is_minor=content["minor"],
        published_by=by,
        actor=actor or (by.name if by else ""),
    )

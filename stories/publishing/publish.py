"""The one way in which what readers see changes: a working copy, frozen as the next version."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from stories.auditing.entries import write_entry
from stories.models import Article, Update, User, Version
from stories.models.acts import Act
from stories.models.history import acting_as
from stories.models.words import Precision
from stories.publishing.canonical import canonical_json
from stories.publishing.content import freeze_updates, prepare_content, withdraw_text
from stories.publishing.errors import PublishRefused
from stories.publishing.holding import hold_working_copy
from stories.publishing.kept import keep_entry
from stories.publishing.log import log_publication
from stories.publishing.proof.leaf import commit, new_salt
from stories.publishing.refusals import (
    refuse_nothing_to_retract,
    refuse_times,
    refuse_unapproved,
    refuse_unchanged,
    refuse_unexplained,
    refuse_unexplained_time,
    refuse_updates,
    refuse_without_text,
)
from stories.text.unseen import lines_as_seen
from stories.trail import trail_of_check

logger = logging.getLogger(__name__)

__all__ = ["prepare_content", "publish_article", "record_capture", "shown_time"]

Content = dict[str, Any]
#: Refuses what would not be honest, given the content before, and returns what is frozen.
Settle = Callable[[Content, Content | None], Content]


def publish_article(
    article: Article,
    *,
    updates: Sequence[Update] = (),
    by: User | None,
    now: datetime,
    is_minor: bool = False,
    stated_at: datetime | None = None,
    stated_zone: str = "",
    stated_because: str = "",
    approved_by: User | None = None,
    actor: str = "",
) -> Version:
    """Publish the saved working copy as the next version, with its updates; all of it or nothing.

    `updates` are unsaved rows or drafts of this article. `stated_at` is when readers first saw it; None where
    that is not known, unless the latest note says it to the minute. `actor` names what publishes where `by` is
    nobody. A person says why they state an earlier time, and has a second person's approval where it is needed.
    Of a retraction the text is withdrawn. Raises PublishRefused, whose message is for the editor.
    """
    return _publish(
        article,
        updates=updates,
        by=by,
        now=now,
        is_minor=is_minor,
        stated_at=stated_at,
        stated_zone=stated_zone,
        stated_because=stated_because,
        approved_by=approved_by,
        actor=actor,
        settle=_settle,
    )


def shown_time(article: Article, *, now: datetime) -> datetime:
    """When readers see what is published now: now, and never before the version that they had before.

    That one lies ahead where its clock did, which was set back since: nobody can wait for hours with a correction,
    and versions follow each other in time. When it was recorded is told beside it, by the clock that is right.
    """
    last: datetime | None = article.versions.aggregate(last=Max("stated_at"))["last"]
    return max(now, last) if last else now


def record_capture(
    article: Article,
    *,
    updates: Sequence[Update] = (),
    now: datetime,
    stated_at: datetime | None,
    stated_zone: str,
    stated_because: str = "",
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
        stated_because=stated_because,
        approved_by=None,
        actor=actor,
        settle=_settle_capture,
    )


def _settle(content: Content, before: Content | None) -> Content:
    refuse_nothing_to_retract(content, before)
    content = withdraw_text(content) if content["retracted"] else content
    refuse_without_text(content)
    refuse_unexplained(content, before)
    return content


def _settle_capture(content: Content, before: Content | None) -> Content:
    refuse_without_text(content)
    refuse_unchanged(content, before)
    return content


def _publish(
    article: Article,
    *,
    updates: Sequence[Update],
    by: User | None,
    now: datetime,
    is_minor: bool,
    stated_at: datetime | None,
    stated_zone: str,
    stated_because: str,
    approved_by: User | None,
    actor: str,
    settle: Settle,
) -> Version:
    with transaction.atomic(), acting_as(actor):
        locked = hold_working_copy(article)
        live = locked.live_version
        refuse_updates(locked, updates)
        last_stated = locked.versions.aggregate(last=Max("stated_at"))["last"]
        refuse_times(updates, stated_at=stated_at, stated_zone=stated_zone, last_stated=last_stated, now=now)
        if stated_at is None and (said := _find_time(updates, last_stated=last_stated)):
            stated_at, stated_zone = said
        if by:
            refuse_unapproved([each.kind for each in updates], live=live, by=by, approved_by=approved_by)
            refuse_unexplained_time(stated_at, stated_because, now=now)
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
            stated_because=lines_as_seen(stated_because).strip(),
        )
        content = settle(content, live.frozen if live else None)
        # The rows come before the content that holds their ids, and before the version that publishes them.
        _save_updates(updates, version=None, by=by, reason="written for publication")
        content["updates"] = freeze_updates(updates)
        salt = new_salt()
        version = _write_version(locked, content, salt=salt, by=by, now=now, stated_at=stated_at, actor=actor)
        _save_updates(updates, version=version, by=by, reason=f"published with version {version.number}")
        keep_entry(version, before=live)
        log_publication(version, content, salt=salt)
        _write_down(version, content, by=by, actor=actor, now=now)
    transaction.on_commit(partial(_say, version, updates))
    return version


def _say(version: Version, updates: Sequence[Update]) -> None:
    """Under the trail of the check that it goes back to, where there is one."""
    causes = (trail_of_check(update.caused_by.found_by_id) for update in updates if update.caused_by)
    trail = {"trail": next(causes, "")}
    logger.info("Version %s of story %s is published", version.number, version.article_id, extra=trail)


def _write_down(version: Version, content: Content, *, by: User | None, actor: str, now: datetime) -> None:
    """For the audit log, which outlives a takedown: which version it is, and none of its words."""
    act = Act.RETRACTED if content["retracted"] and content["updates"] else Act.PUBLISHED
    told = {"minor": content["minor"]}
    write_entry(act, by=by, actor="" if by else actor, on=version, details=told, now=now)


def _find_time(updates: Sequence[Update], *, last_stated: datetime | None) -> tuple[datetime, str] | None:
    """When the latest note says, to the minute; None where versions would not follow each other in time then."""
    exact = [
        (update.stated_at, update.stated_zone)
        for update in updates
        if update.stated_at and update.stated_precision == Precision.MINUTE
    ]
    latest = max(exact, default=None)
    return latest if latest and (last_stated is None or latest[0] >= last_stated) else None


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


def _write_version(
    article: Article,
    content: Content,
    *,
    salt: str,
    by: User | None,
    now: datetime,
    stated_at: datetime | None,
    actor: str,
) -> Version:
    try:
        written = canonical_json(content)
    except ValueError as error:
        raise PublishRefused(_("The story cannot be written down: %(error)s.") % {"error": error}) from error
    return Version.objects.create(
        article=article,
        number=content["number"],
        content=written,
        digest=commit(written, salt=salt),
        previous_digest=content["previous_digest"],
        stated_at=stated_at,
        recorded_at=now,
        is_minor=content["minor"],
        published_by=by,
        actor=actor or (by.name if by else ""),
    )

"""Every reason not to publish, checked before anything is written; each is told in a sentence that says what to do."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from stories.models import Article, Update, User, Version
from stories.models.words import APPROVED_KINDS, UpdateKind
from stories.publishing.comparison import compare_contents
from stories.publishing.errors import (
    ApprovalMissing,
    CauseElsewhere,
    MinorWithNote,
    MoreThanMinor,
    NoteMissing,
    NothingChanged,
    NothingToRetract,
    TextMissing,
    TimeInFuture,
    TimeOutOfOrder,
    TimeTooEarly,
    TimeUnexplained,
    UpdateNotFree,
    ZoneUnknown,
)
from stories.publishing.minor import more_than_minor, why_not_minor
from stories.text.unseen import shows_anything
from stories.text.zones import zone_info

#: Clocks of people and machines differ a little.
CLOCK_ALLOWANCE = timedelta(seconds=60)
#: Feeds write years with four digits, and no zone carries a later time out of the calendar.
EARLIEST_STATED = datetime(1000, 1, 1, tzinfo=UTC)

Content = Mapping[str, Any]


def needs_approval(kind: str, *, live: Version | None) -> bool:
    """Whether a second person must have read it: a clarification, a retraction, and the end of a retraction."""
    ends_retraction = live is not None and live.is_retracted and kind != UpdateKind.RETRACTION
    return kind in APPROVED_KINDS or ends_retraction


def refuse_unapproved(
    kinds: Sequence[str], *, live: Version | None, by: User, approved_by: User | None
) -> None:
    if not any(needs_approval(kind, live=live) for kind in kinds or [""]):
        return
    if approved_by is None:
        raise ApprovalMissing(_("A second person must read this first: send it for approval."))
    if approved_by.pk == by.pk:
        raise ApprovalMissing(_("Nobody approves what they asked for: a second person must read it."))


def refuse_updates(article: Article, updates: Sequence[Update]) -> None:
    for update in updates:
        if update.article_id != article.pk:
            raise UpdateNotFree(_("This update belongs to another story."))
        if update.pk and Update.objects.published().filter(pk=update.pk).exists():
            raise UpdateNotFree(_("This update is already published."))
        # Its passage and wording would be published with it, though that story may be a draft.
        if update.caused_by and update.caused_by.citation.article_id != article.pk:
            raise CauseElsewhere(_("The change named as the reason is of a passage in another story."))
        if not shows_anything(update.note):
            raise NoteMissing(_("An update needs a note that tells readers what changed."))


def refuse_times(
    updates: Sequence[Update],
    *,
    stated_at: datetime | None,
    stated_zone: str,
    last_stated: datetime | None,
    now: datetime,
) -> None:
    # Readers were told of a later time already where the clock has been set back since.
    latest = max(now + CLOCK_ALLOWANCE, last_stated or now)
    for moment, zone in [(stated_at, stated_zone), *((each.stated_at, each.stated_zone) for each in updates)]:
        if moment and moment > latest:
            raise TimeInFuture(
                _("The stated time has not come yet. State when readers see it, now or earlier.")
            )
        if moment and moment < EARLIEST_STATED:
            raise TimeTooEarly(_("The stated time is before the year 1000. Check its year."))
        if zone and not _is_known(zone):
            raise ZoneUnknown(
                _("“%(zone)s” is not a time zone. One is written like America/New_York.") % {"zone": zone}
            )
    if stated_at and last_stated and stated_at < last_stated:
        raise TimeOutOfOrder(
            _("The stated time is before that of an earlier version, and versions follow each other in time.")
        )


def _is_known(zone: str) -> bool:
    try:
        zone_info(zone)
    except ZoneInfoNotFoundError:
        return False
    return True


def refuse_unexplained_time(stated_at: datetime | None, because: str, *, now: datetime) -> None:
    if stated_at and now - stated_at > CLOCK_ALLOWANCE and not shows_anything(because):
        raise TimeUnexplained(_("Say why readers saw it earlier than it is recorded here: they are told."))


def refuse_without_text(content: Content) -> None:
    if not shows_anything(content["headline"]):
        raise TextMissing(_("A story without a headline cannot be published."))
    if not content["retracted"] and not shows_anything(content["body"]):
        raise TextMissing(_("A story without a body cannot be published."))


def refuse_nothing_to_retract(content: Content, before: Content | None) -> None:
    if content["retracted"] and before is None:
        raise NothingToRetract(_("Readers have seen nothing of this story that could be withdrawn."))


def refuse_unchanged(content: Content, before: Content | None) -> None:
    """A note alone is something new, unless it is the one that readers have already."""
    if before and _notes(content) <= _notes(before) and compare_contents(before, content).is_empty:
        raise NothingChanged(_("Nothing that readers see has changed since the last version."))


def _notes(content: Content) -> set[tuple[str, str]]:
    return {(update["kind"], update["note"]) for update in content["updates"]}


def refuse_unexplained(content: Content, before: Content | None) -> None:
    if content["minor"] and content["updates"]:
        raise MinorWithNote(_("A minor change has no note. Take the note away, or do not call it minor."))
    refuse_unchanged(content, before)
    if before and content["minor"]:
        refuse_more_than_minor(content, before)
    elif before and not content["updates"]:
        raise NoteMissing(_("Readers will see a difference: say what changed in a note, or call it minor."))


def refuse_more_than_minor(content: Content, before: Content) -> None:
    if before["retracted"]:
        raise MoreThanMinor(
            _("To put a retracted text back is more than minor: say in a note why it is back.")
        )
    if reasons := why_not_minor(compare_contents(before, content)):
        raise MoreThanMinor(more_than_minor(reasons))

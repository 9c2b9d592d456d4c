"""A version on its way: asked for, approved by a second person, scheduled, and published exactly once, or ended.

What was asked is what is published: a story that was edited since is refused, and must be asked for again. Every
step is one transaction that holds the row, and moves it on only from the state that it was read in.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import override

from stories.auditing.entries import write_entry
from stories.models import Article, Publication, User, Version
from stories.models.acts import Act
from stories.models.words import WITHOUT_NOTE, PublicationKind, PublicationState
from stories.publishing.canonical import canonical_json
from stories.publishing.content import prepare_content, withdraw_text
from stories.publishing.errors import (
    AlreadyOnItsWay,
    ApprovalMissing,
    NotAllowed,
    NoteMissing,
    PublicationEnded,
    PublishRefused,
    ReasonMissing,
    TimeNotAhead,
    WorkingCopyStale,
)
from stories.publishing.holding import hold_publication, hold_working_copy
from stories.publishing.publish import publish_article, shown_time
from stories.publishing.refusals import needs_approval, refuse_unexplained_time
from stories.publishing.wish import Wish, mark_of, rehearse, updates_of
from stories.text.unseen import lines_as_seen

#: A scheduled publication that is later than this says so.
LATE = timedelta(minutes=2)


def ask_to_publish(article: Article, *, wish: Wish, by: User, now: datetime) -> Publication:
    """Publish at once or schedule it; ApprovalMissing where a second person must read it first.

    Raises PublishRefused for whatever would be refused at its time, too: what waits can be published.
    """
    with transaction.atomic():
        article = hold_working_copy(article)
        if not by.can_publish:
            raise NotAllowed(_("You may propose this, and an editor publishes it."))
        if needs_approval(wish.kind, live=article.live_version):
            raise ApprovalMissing(_("A second person must read this first: send it for approval."))
        if wish.publish_at:
            rehearse(article, wish, now=now)
        publication = _ask(article, wish, by=by, now=now, state=PublicationState.PROPOSED)
        return _carry_on(publication, now=now)


def ask_for_approval(article: Article, *, wish: Wish, by: User, now: datetime) -> Publication:
    """Keep it until somebody else approves it: a chief, or any editor where it is only a proposal."""
    with transaction.atomic():
        article = hold_working_copy(article)
        is_needed = by.can_publish or needs_approval(wish.kind, live=article.live_version)
        state = PublicationState.AWAITING if is_needed else PublicationState.PROPOSED
        rehearse(article, wish, now=now)
        asked = _ask(article, wish, by=by, now=now, state=state)
        _write_down(Act.PROPOSED, asked, by=by, now=now)
        return asked


def approve_publication(publication: Publication, *, by: User, now: datetime) -> Publication:
    """Publish it at once, or let it wait for its time; NotAllowed for whoever asked for it."""
    with transaction.atomic():
        publication = hold_publication(publication)
        if not publication.is_waiting:
            raise PublicationEnded(_what_became_of(publication))
        if by.pk == publication.asked_by_id:
            raise NotAllowed(_("Nobody approves what they asked for: a second person must read it."))
        if not publication.may_be_approved_by(by):
            raise NotAllowed(_("You may not approve this."))
        publication.approved_by, publication.approver, publication.approved_at = by, by.name, now
        _write_down(Act.APPROVED, publication, by=by, now=now)
        return _carry_on(publication, now=now)


def refuse_publication(publication: Publication, *, by: User, reason: str, now: datetime) -> Publication:
    """Say no, and why; the working copy stays as it is."""
    if not (remark := lines_as_seen(reason).strip()):
        raise ReasonMissing(_("Say why, so that the person who asked knows what to change."))
    with transaction.atomic():
        publication = hold_publication(publication)
        if not publication.is_waiting:
            raise PublicationEnded(_what_became_of(publication))
        if not publication.may_be_approved_by(by):
            raise NotAllowed(_("You may not refuse this."))
        _write_down(Act.REFUSED, publication, by=by, now=now)
        return _end(publication, PublicationState.REFUSED, by=by.name, remark=remark, now=now)


def cancel_publication(publication: Publication, *, by: User, reason: str = "", now: datetime) -> Publication:
    """Take it off its way: by whoever asked for it, or by any editor."""
    remark = lines_as_seen(reason).strip()
    with transaction.atomic():
        publication = hold_publication(publication)
        if not publication.is_on_its_way:
            raise PublicationEnded(_what_became_of(publication))
        if by.pk != publication.asked_by_id and not by.can_publish:
            raise NotAllowed(_("You may not cancel this."))
        _write_down(Act.CANCELLED, publication, by=by, now=now)
        return _end(publication, PublicationState.CANCELLED, by=by.name, remark=remark, now=now)


def due_publications(*, now: datetime, limit: int) -> list[Publication]:
    """Those whose time has come, the longest waiting first."""
    return list(Publication.objects.due(now=now).order_by("publish_at", "pk")[:limit])


def publish_scheduled(publication: Publication, *, now: datetime) -> Publication | None:
    """Publish what is due, once, however many try; None where somebody else did, or it was cancelled.

    Where it is refused the row says why, in the house's language, and nothing else was written.
    """
    with override(settings.HOUSE_LANGUAGE), transaction.atomic():
        held = hold_publication(publication)
        if not held.is_due(now=now):
            return None
        try:
            with transaction.atomic():
                return _publish(held, now=now)
        except PublishRefused as refusal:
            _write_down(Act.REFUSED, held, by=None, now=now)
            return _end(held, PublicationState.REFUSED, by="", remark=refusal.message, now=now)


def _ask(article: Article, wish: Wish, *, by: User, now: datetime, state: PublicationState) -> Publication:
    live = article.live_version
    _refuse_wish(article, wish, now=now)
    return Publication.objects.create(
        article=article,
        state=state,
        kind=wish.kind,
        note="" if wish.kind in WITHOUT_NOTE else wish.note,
        stated_at=wish.stated_at,
        stated_zone=wish.stated_zone,
        stated_because=wish.stated_because,
        caused_by=wish.caused_by,
        draft=wish.draft,
        content=_written(article, live, wish, now=now),
        mark=mark_of(article, live),
        needs_approval=state == PublicationState.AWAITING,
        publish_at=wish.publish_at,
        asked_by=by,
        asker=by.name,
        asked_at=now,
    )


def _written(article: Article, live: Version | None, wish: Wish, *, now: datetime) -> str:
    number, previous = (live.number + 1, live.digest) if live else (1, "")
    content = prepare_content(article, updates=(), number=number, previous_digest=previous, now=now)
    if wish.kind == PublicationKind.RETRACTION:
        content = withdraw_text(content)
    try:
        return canonical_json(content)
    except ValueError as error:
        raise PublishRefused(_("The story cannot be written down: %(error)s.") % {"error": error}) from error


def _refuse_wish(article: Article, wish: Wish, *, now: datetime) -> None:
    if article.publications.on_the_way().exists():
        raise AlreadyOnItsWay(
            _(
                "A version of this story is on its way already. Approve it or cancel it before you ask for another."
            )
        )
    if wish.publish_at and wish.publish_at <= now:
        raise TimeNotAhead(_("The time to publish at has passed. Choose a later one, or publish now."))
    if wish.kind not in WITHOUT_NOTE and not wish.note:
        raise NoteMissing(_("Readers will see a difference: say what changed in a note, or call it minor."))
    refuse_unexplained_time(wish.stated_at, wish.stated_because, now=now)


def _carry_on(publication: Publication, *, now: datetime) -> Publication:
    """Nobody has to be asked any more: publish it, or let it wait for its time."""
    if publication.publish_at and publication.publish_at > now:
        _refuse_stale(publication)
        by = publication.approved_by or publication.asked_by
        _write_down(Act.SCHEDULED, publication, by=by, now=now, publish_at=publication.publish_at)
        return _move(publication, PublicationState.SCHEDULED)
    return _publish(publication, now=now)


def _publish(publication: Publication, *, now: datetime) -> Publication:
    _refuse_stale(publication)
    article = publication.article
    stated_at = publication.stated_at or shown_time(article, now=now)
    wish = Wish(
        kind=publication.kind,
        note=publication.note,
        stated_zone=publication.stated_zone,
        caused_by=publication.caused_by,
        draft=publication.draft,
    )
    version = publish_article(
        article,
        updates=updates_of(article, wish, stated_at=stated_at),
        by=publication.asked_by,
        approved_by=publication.approved_by,
        now=now,
        is_minor=publication.kind == PublicationKind.MINOR,
        stated_at=stated_at,
        stated_zone=publication.stated_zone,
        stated_because=publication.stated_because,
        actor=publication.asker,
    )
    remark = _lateness(publication, now=now)
    return _move(publication, PublicationState.PUBLISHED, version=version, content="", remark=remark)


def _write_down(
    act: Act, publication: Publication, *, by: User | None, now: datetime, **details: object
) -> None:
    """For the audit log: of what nobody has published yet, no more than which story it is."""
    told = {"kind": publication.kind, **details}
    write_entry(act, by=by, actor="" if by else "schedule", on=publication, details=told, now=now)


def _refuse_stale(publication: Publication) -> None:
    article = publication.article
    if mark_of(article, article.live_version) != publication.mark:
        raise WorkingCopyStale(
            _(
                "The story was edited after this was asked for, so what would be published is not what was asked. "
                "Cancel this and ask again."
            )
        )


def _lateness(publication: Publication, *, now: datetime) -> str:
    if not publication.publish_at or now - publication.publish_at <= LATE:
        return ""
    late = timesince(publication.publish_at, now, depth=1)
    return _("Published %(time)s after its time.") % {"time": late}


def _move(publication: Publication, state: PublicationState, **fields: Any) -> Publication:
    """Write the new state only over the one that was read: of two who try, one finds it gone."""
    changes = {
        "state": state,
        "approved_by": publication.approved_by,
        "approver": publication.approver,
        "approved_at": publication.approved_at,
        **fields,
    }
    here = Publication.objects.filter(pk=publication.pk, state=publication.state)
    if not here.update(**changes):
        raise PublicationEnded(_("Somebody else decided it at the same moment."))
    for name, value in changes.items():
        setattr(publication, name, value)
    return publication


def _end(
    publication: Publication, state: PublicationState, *, by: str, remark: str, now: datetime
) -> Publication:
    return _move(publication, state, ended_by=by, ended_at=now, remark=remark)


def _what_became_of(publication: Publication) -> str:
    who = publication.ended_by or publication.approver
    said = {"state": publication.get_state_display(), "person": who}
    return (_("It is %(state)s already, by %(person)s.") if who else _("It is %(state)s already.")) % said

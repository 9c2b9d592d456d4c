"""What an import has made is taken back, as long as nobody has built on it and readers have not seen it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from stories.importing.capture import TEXTS
from stories.importing.errors import UndoRefused
from stories.importing.marks import last_hand, mark_of
from stories.models import Article, Citation, Incoming, Source, Update
from stories.models.history import acting_as
from stories.models.words import IncomingState

_REASON = "the import was undone"


def undo_incoming(incoming: Incoming, *, by: str) -> None:
    """Take one story back, all of it or nothing, and say so on its row. Raises UndoRefused.

    What it made goes; the working copy that it replaced is put back. A source that has been read is kept, because a
    copy is evidence, and is not watched any more.
    """
    with transaction.atomic(), acting_as(f"undone import ({by})"[:150]):
        article = _hold(incoming)
        kept = _take_back(incoming, article)
        still_there = None if incoming.made["is_new"] else article
        incoming.settle(IncomingState.UNDONE, kept, article=still_there)


def why_not_undoable(incoming: Incoming) -> str:
    """The sentence that says why it stays; empty where it can be taken back."""
    if incoming.state != IncomingState.TAKEN:
        return _("It was not taken in.")
    article = incoming.article
    if article is None:
        return _("The story has been deleted since.")
    if incoming.version:
        return _(
            "“%(headline)s” has it on the record as version %(number)s, and what readers see is not taken back "
            "unseen: publish an earlier version again, or retract the story."
        ) % {"headline": article.headline, "number": incoming.version.number}
    if article.publications.on_the_way().exists():
        return _("“%(headline)s” is on its way to readers: cancel that first.") % {
            "headline": article.headline
        }
    if (
        mark_of(article) != incoming.mark
        or article.versions.filter(recorded_at__gt=incoming.intake.asked_at).exists()
    ):
        return _("“%(headline)s” has been worked on since (%(hand)s).") % {
            "headline": article.headline,
            "hand": last_hand(article),
        }
    return ""


def _hold(incoming: Incoming) -> Article:
    if incoming.article:
        Article.objects.select_for_update().filter(pk=incoming.article.pk).first()
    incoming.refresh_from_db()
    if reason := why_not_undoable(incoming):
        raise UndoRefused(reason)
    assert incoming.article is not None
    return incoming.article


def _take_back(incoming: Incoming, article: Article) -> str:
    made = incoming.made
    for update in Update.objects.drafts().filter(pk__in=made["updates"]):
        _delete(update)
    for citation in Citation.objects.filter(pk__in=made["citations"]):
        _delete(citation)
    if made["is_new"]:
        _delete(article)
    else:
        for name in TEXTS:
            setattr(article, name, made["before"][name])
        article._change_reason = _REASON
        article.save()
        _let_the_one_before_be_undone(incoming, article)
    return _drop_sources(made["sources"])


def _let_the_one_before_be_undone(incoming: Incoming, article: Article) -> None:
    """The story is again as the import before this one had left it."""
    if incoming.mark_before:
        before = Incoming.objects.taken().filter(article=article, mark=incoming.mark_before)
        before.update(mark=mark_of(article))


def _drop_sources(keys: Sequence[int]) -> str:
    kept = 0
    for source in Source.objects.filter(pk__in=keys, citations__isnull=True):
        if source.snapshots.exists():
            source.is_watched, source._change_reason = False, _REASON
            source.save()
            kept += 1
        else:
            _delete(source)
    if not kept:
        return ""
    return f"{kept} {'sources have' if kept > 1 else 'source has'} been read already: kept, and not watched any more."


def _delete(row: Article | Citation | Source | Update) -> None:
    row._change_reason = _REASON
    row.delete()

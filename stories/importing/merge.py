"""Sources of the same page become one, are split again, or are held apart.

MergeRefused
├── NotTheSamePage    their addresses are not the same any more
├── AlreadyMerged     one of them is merged already, or another was merged into it
└── UnlikeInSecrecy   one is confidential and the other is not

Each message is a sentence for the editor; nothing was written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from stories.auditing.entries import write_entry
from stories.models import Alert, Citation, Following, Merge, Snapshot, Source, User, Watch
from stories.models.acts import Act
from stories.models.history import write_changes
from stories.models.merge import MergeState
from stories.models.words import AlertState
from stories.watching.due import look_soon

_MOST_PROPOSED = 200
_MOST_MENDED = 200


class MergeRefused(Exception):
    pass


class NotTheSamePage(MergeRefused):
    pass


class AlreadyMerged(MergeRefused):
    pass


class UnlikeInSecrecy(MergeRefused):
    pass


@dataclass(frozen=True)
class Proposal:
    """Sources whose addresses are the same: the one that is quoted most often, then the oldest, is to stay."""

    kept: Any
    others: tuple[Any, ...]


def propose_merges() -> list[Proposal]:
    """What could be merged, each source with `citation_total` and `snapshot_total`; three queries."""
    free = Source.objects.filter(merged_into__isnull=True).exclude(address_digest="")
    twice = free.order_by().values("address_digest").annotate(count=Count("pk")).filter(count__gt=1)
    digests = [row["address_digest"] for row in twice[:_MOST_PROPOSED]]
    sources = (
        free.filter(address_digest__in=digests)
        .annotate(citation_total=_total(Citation), snapshot_total=_total(Snapshot))
        .select_related("watch")
        .order_by("pk")
    )
    groups: dict[str, list[Any]] = {}
    for source in sources:
        groups.setdefault(source.address_digest, []).append(source)
    apart = set(Merge.objects.filter(state=MergeState.APART).values_list("kept", "source"))
    proposals = (_propose(group, apart) for group in groups.values())
    return [proposal for proposal in proposals if proposal.others]


def _total(model: type[Citation | Snapshot]) -> Coalesce:
    """How many there are of a source, each kind counted by itself: joined, they would be multiplied first."""
    of_it = model._default_manager.filter(source=OuterRef("pk")).order_by().values("source")
    total = of_it.annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def _propose(group: Iterable[Any], apart: set[tuple[int, int]]) -> Proposal:
    kept, *others = sorted(group, key=lambda source: (-source.citation_total, source.pk))
    together = [other for other in others if not {(kept.pk, other.pk), (other.pk, kept.pk)} & apart]
    return Proposal(kept, tuple(together))


def merge_source(source: Source, *, into: Source, by: User, now: datetime) -> Merge:
    """What is quoted from `source` is quoted from `into`, which is watched if either was. Raises MergeRefused.

    Copies, checks and verdicts stay with the source that they are of, as evidence. Open alerts and those who follow it
    go over, unless the person has one of the other source already.
    """
    with transaction.atomic():
        source, into = _hold(source, into)
        _refuse(source, into)
        moved = {
            "citations": _move_citations(
                source.citations.all(), into, by=by, reason=f"merged into “{_named(into)}”"
            ),
            "alerts": _move_alerts(source, into),
            "followings": _move_followings(source, into),
            "was_watched": source.is_watched,
            "made_watched": source.is_watched and not into.is_watched,
        }
        if moved["made_watched"]:
            into.is_watched = True
            _save(into, by=by, reason=f"took over “{_named(source)}”, which was watched")
        source.merged_into, source.is_watched = into, False
        _save(source, by=by, reason=f"merged into “{_named(into)}”")
        Watch.objects.filter(source=source).update(due_at=None)
        look_soon([into], now=now)
        write_entry(Act.MERGED, by=by, on=source, details={"into": into.pk, "of": source.pk}, now=now)
        return Merge.objects.create(
            kept=into,
            source=source,
            state=MergeState.MERGED,
            moved=moved,
            done_at=now,
            done_by=by,
            actor=by.name,
        )


def split_source(merge: Merge, *, by: User, now: datetime) -> None:
    """Undo a merge: what went over goes back, but for what an editor has attached elsewhere since.

    Raises AlreadyMerged where it was split before.
    """
    with transaction.atomic():
        source, into = _hold(merge.source, merge.kept)
        held = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        if held.state != MergeState.MERGED:
            raise AlreadyMerged(_("These are not merged any more."))
        moved, reason = held.moved, f"split from “{_named(into)}”"
        _move_citations(into.citations.filter(pk__in=moved["citations"]), source, by=by, reason=reason)
        _move_back(moved, source, into)
        source.merged_into, source.is_watched = None, moved["was_watched"]
        _save(source, by=by, reason=reason)
        if moved["made_watched"]:
            into.is_watched = False
            _save(into, by=by, reason=f"“{_named(source)}” was split from it")
        look_soon([source], now=now)
        held.state, held.ended_at, held.ended_by = MergeState.SPLIT, now, by.name
        held.save()
        write_entry(Act.SPLIT, by=by, on=source, details={"from": into.pk, "of": source.pk}, now=now)


def move_what_was_left(*, now: datetime) -> None:
    """Passages of some sources that are merged go over to those that are kept.

    Older releases left there what was cited while the merge was being written.
    """
    left = Citation.objects.filter(source=OuterRef("source"))
    merges = Merge.objects.filter(Exists(left), state=MergeState.MERGED).order_by("pk")
    for merge in merges.select_related("source", "kept")[:_MOST_MENDED]:
        _move_what_is_left(merge, now=now)


def _move_what_is_left(merge: Merge, *, now: datetime) -> None:
    with transaction.atomic():
        source, into = _hold(merge.source, merge.kept)
        held = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        if held.state != MergeState.MERGED:
            return
        keys = _move_citations(source.citations.all(), into, by=None, reason=f"merged into “{_named(into)}”")
        held.moved["citations"] += keys
        held.save()
        look_soon([into], now=now)


def hold_apart(source: Source, *, kept: Source, by: User, now: datetime) -> Merge:
    """An editor says that these two are not the same, and nobody proposes it again."""
    return Merge.objects.create(
        kept=kept, source=source, state=MergeState.APART, done_at=now, done_by=by, actor=by.name
    )


def _hold(source: Source, into: Source) -> tuple[Source, Source]:
    """Both rows, locked in the order of their keys, so that two editors never wait for each other.

    With their keys: who newly cites from one of them holds that.
    """
    keys = sorted({source.pk, into.pk})
    held = {
        row.pk: row
        for row in Source.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    }
    return held[source.pk], held[into.pk]


def _refuse(source: Source, into: Source) -> None:
    if source.merged_into_id or into.merged_into_id:
        raise AlreadyMerged(_("One of these is merged into another already."))
    if Source.objects.filter(merged_into=source).exists():
        raise AlreadyMerged(
            _("Another source was merged into “%(source)s”: keep this one, or split them first.")
            % {"source": source.title}
        )
    if source.pk == into.pk or not source.address_digest or source.address_digest != into.address_digest:
        raise NotTheSamePage(_("Their addresses are not the same any more."))
    if source.is_confidential != into.is_confidential:
        raise UnlikeInSecrecy(_("One of these is confidential and the other is not: make them alike first."))


def _move_citations(citations: QuerySet[Citation], to: Source, *, by: User | None, reason: str) -> list[int]:
    """Some pages are quoted by thousands of stories, and an editor waits: history is written in bulk, too."""
    held = list(citations.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for citation in held:
        citation.source = to
    keys = [citation.pk for citation in held]
    Citation.objects.filter(pk__in=keys).update(source=to)
    write_changes(held, by=by, reason=reason)
    return keys


def _move_alerts(source: Source, into: Source) -> list[int]:
    has_one = Alert.objects.filter(source=into, state=AlertState.OPEN).values("recipient")
    alerts = Alert.objects.filter(source=source, state=AlertState.OPEN).exclude(recipient__in=has_one)
    keys = list(alerts.values_list("pk", flat=True))
    Alert.objects.filter(pk__in=keys).update(source=into)
    return keys


def _move_followings(source: Source, into: Source) -> list[int]:
    followings = Following.objects.filter(source=source).exclude(
        person__in=Following.objects.filter(source=into).values("person")
    )
    keys = list(followings.values_list("pk", flat=True))
    Following.objects.filter(pk__in=keys).update(source=into)
    return keys


def _move_back(moved: dict[str, Any], source: Source, into: Source) -> None:
    has_one = Alert.objects.filter(source=source, state=AlertState.OPEN).values("recipient")
    alerts = Alert.objects.filter(pk__in=moved["alerts"], source=into)
    alerts.exclude(
        state=AlertState.OPEN, recipient__in=list(has_one.values_list("recipient", flat=True))
    ).update(source=source)
    Following.objects.filter(pk__in=moved["followings"], source=into).update(source=source)


def _named(source: Source) -> str:
    """In a reason, which has room for a hundred characters."""
    return Truncator(source.title).chars(60)


def _save(row: Source, *, by: User, reason: str) -> None:
    # Read by django-simple-history.
    vars(row).update(_history_user=by, _change_reason=reason)
    row.save()

"""Which copies stay for good, and how the rest are thinned with age (invariant 8).

For good stay: every copy that carries a verdict, which the copy as cited does, for as long as its citation; the copy
that it was held against; what an alert tells of; the baseline; and whatever else a row refers to. Of the others all
are kept for a while, then the first of each day, then the first of each month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length, TruncMonth
from django.utils import timezone

from stories.models import Blob, Check, Snapshot, Source, Watch

#: As many keys as any database takes in one statement.
_KEYS_AT_ONCE = 500
_COUNTS = ("bytes", "users", "leaning_count")


@dataclass(frozen=True, slots=True)
class Retention:
    """How long all copies are kept, and how long after that one of each day."""

    keep_all: timedelta
    keep_daily: timedelta


@dataclass(frozen=True, slots=True)
class Thinning:
    """What goes of one source's copies. `blob_ids` are the bytes that nothing needs any more."""

    source: Source
    copies: int
    snapshot_ids: Sequence[int]
    blob_ids: Sequence[int]
    freed_bytes: int


def sources_with_copies_to_thin(retention: Retention, *, now: datetime) -> QuerySet[Source]:
    """The only ones of which anything can go, by key: those with two old copies of an address in one month.

    Most of a large newsroom's sources never change, and have one copy: none of these is looked through each night.
    """
    old = Snapshot.objects.filter(source=OuterRef("pk"), fetched_at__lt=now - retention.keep_all).order_by()
    months = old.values("url", month=TruncMonth("fetched_at")).annotate(total=Count("pk"))
    several = months.filter(total__gt=1).values("total")
    return Source.objects.filter(Exists(several)).order_by("pk")


def plan_thinning(source: Source, retention: Retention, *, now: datetime) -> Thinning:
    """What `thin` would delete now; nothing is written."""
    rows = list(
        Snapshot.objects.filter(source=source)
        .order_by("url", "fetched_at", "pk")
        .values_list("pk", "url", "fetched_at")
    )
    staying = _bound(source) | set(_first_of_each_period(rows, retention, now=now))
    going = [pk for pk, _, _ in rows if pk not in staying]
    freed = _freed_by(going)
    return Thinning(source, len(rows), going, list(freed), sum(freed.values()))


@transaction.atomic
def thin(source: Source, retention: Retention, *, now: datetime) -> Thinning:
    """Delete what has had its time: the one place that deletes a snapshot. A check outlives the copy that it read."""
    # Whoever records a check holds this lock too, so that nothing comes to rest on a copy while it goes.
    list(Watch.objects.select_for_update(of=("self",)).filter(source=source).values_list("pk"))
    going = plan_thinning(source, retention, now=now)
    for keys in _some(going.snapshot_ids):
        Check.objects.filter(snapshot__in=keys).update(snapshot=None)
        Check.objects.filter(baseline__in=keys).update(baseline=None)
        QuerySet(Snapshot).filter(pk__in=keys).delete()
    _delete_blobs(going.blob_ids)
    # A keyframe is free only now that nothing leans on it.
    _delete_blobs(going.blob_ids)
    return going


def _bound(source: Source) -> set[int]:
    """The copies that something rests on."""
    told = Q(verdicts__isnull=False) | Q(is_news=True) | Q(alerts__isnull=False)
    checks = Check.objects.filter(told, source=source).order_by()
    bound = {key for pair in checks.values_list("snapshot", "baseline") for key in pair}
    for field in _other_references():
        refers = field.model._base_manager.filter(**{f"{field.name}__source": source})
        bound.update(refers.values_list(field.name, flat=True))
    return bound


def _other_references() -> Iterator[models.ForeignKey]:
    """Every foreign key to a snapshot but those of checks, whatever model has one; history rows do not count."""
    for relation in Snapshot._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.related_model is Check:
            continue
        if relation.on_delete is not models.DO_NOTHING:
            yield relation.field


def _first_of_each_period(
    rows: Iterable[tuple[int, str, datetime]], retention: Retention, *, now: datetime
) -> Iterator[int]:
    """Of each address's copies in the order of time: all young ones, later one a day, at last one a month."""
    seen: set[tuple[object, ...]] = set()
    for pk, url, fetched_at in rows:
        period = (url, *_period(fetched_at, retention, pk, now=now))
        if period not in seen:
            seen.add(period)
            yield pk


def _period(fetched_at: datetime, retention: Retention, pk: int, *, now: datetime) -> tuple[object, ...]:
    age, local = now - fetched_at, timezone.localtime(fetched_at)
    if age <= retention.keep_all:
        return ("copy", pk)
    if age <= retention.keep_daily:
        return ("day", local.date())
    return ("month", local.year, local.month)


class _Stored(NamedTuple):
    keyframe: int | None
    bytes: int
    users: int
    leaning: int


def _freed_by(going: Sequence[int]) -> dict[int, int]:
    """The blobs that nothing needs once these snapshots are gone, with the bytes that each takes."""
    lost = _uses_lost(going)
    unused = {pk: stored for pk, stored in _stored(lost).items() if stored.users == lost[pk]}
    free = [pk for pk, stored in unused.items() if not stored.leaning]
    leant_on = Counter(unused[pk].keyframe for pk in free)
    keyframes = [pk for pk, stored in unused.items() if stored.leaning and stored.leaning == leant_on[pk]]
    return {pk: unused[pk].bytes for pk in [*free, *keyframes]}


def _uses_lost(going: Sequence[int]) -> Counter[int]:
    lost: Counter[int] = Counter()
    for keys in _some(going):
        lost.update(Snapshot.objects.filter(pk__in=keys).order_by().values_list("blob", flat=True))
    return lost


def _stored(blob_ids: Iterable[int]) -> dict[int, _Stored]:
    """These blobs and those that they lean on, with how many snapshots and blobs use each."""
    users = _count_of(Snapshot.objects.filter(blob=OuterRef("pk")), by="blob")
    leaning = _count_of(Blob.objects.filter(keyframe=OuterRef("pk")), by="keyframe")
    counted = Blob.objects.annotate(bytes=Length("packed"), users=users, leaning_count=leaning)
    stored: dict[int, _Stored] = {}
    for keys in _some(blob_ids):
        keyframes = Blob.objects.filter(leaning__in=keys).values("pk")
        rows = counted.filter(Q(pk__in=keys) | Q(pk__in=keyframes))
        stored |= {pk: _Stored(*row) for pk, *row in rows.values_list("pk", "keyframe", *_COUNTS)}
    return stored


def _count_of(rows: QuerySet, *, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted), 0)


def _delete_blobs(blob_ids: Sequence[int]) -> None:
    """Delete those of them that nothing needs: another source may have taken to the same bytes meanwhile."""
    used = Exists(Snapshot.objects.filter(blob=OuterRef("pk")))
    leant_on = Exists(Blob.objects.filter(keyframe=OuterRef("pk")))
    for keys in _some(blob_ids):
        # Whoever is about to use one has it locked, and keeps it.
        free = Blob.objects.select_for_update(skip_locked=True).filter(~used, ~leant_on, pk__in=keys)
        QuerySet(Blob).filter(pk__in=list(free.values_list("pk", flat=True))).delete()


def _some(keys: Iterable[int]) -> Iterator[list[int]]:
    left = iter(keys)
    while some := list(islice(left, _KEYS_AT_ONCE)):
        yield some

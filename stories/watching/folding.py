"""How old looks are counted together: those of a month that ended alike, and that nothing rests on, become one.

Nothing is forgotten but when in that month each of them was, and how its first look was put in words: the picture of a
source's life shows as many looks as before, at an even pace within it. As they are stay: every look that a verdict, an
alert or a message tells of, and the one before it, which may have seen its change first; a move; and the last of each
kind, from which the next look goes on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, pairwise
from typing import Any, NamedTuple

from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncMonth

from stories.models import Check, Source, Watch
from stories.models.words import Outcome

#: As many keys as any database takes in one statement.
_KEYS_AT_ONCE = 500
#: Looks of one kind differ in time alone.
_KIND = ("outcome", "reason", "status", "is_confirmed", "snapshot", "baseline")
_MONTHS = ("first_month", "last_month")


@dataclass(frozen=True, slots=True)
class Folding:
    """`into` is the check that stays and counts the looks of `check_ids` too."""

    into: int
    check_ids: Sequence[int]
    looks: int
    last_at: datetime


class _Old(NamedTuple):
    pk: int
    kind: tuple[Any, ...]
    months: tuple[Any, ...]
    last_at: datetime
    looks: int
    is_bound: bool


def sources_with_looks_to_fold(*, keep: timedelta, now: datetime) -> QuerySet[Source]:
    """Those with more than two old looks of a kind in one month, by key.

    Two are what is left where the last of a kind has to stay: such a source is not looked through again each night.
    """
    alike = _old(keep, now=now).filter(source=OuterRef("pk"), is_news=False).exclude(outcome=Outcome.MOVED)
    several = alike.order_by().values(*_KIND, *_MONTHS).annotate(total=Count("pk")).filter(total__gt=2)
    return Source.objects.filter(Exists(several.values("total"))).order_by("pk")


def plan_folding(source: Source, *, keep: timedelta, now: datetime) -> list[Folding]:
    """What `fold` would do now; nothing is written."""
    alike: dict[tuple[Any, ...], list[_Old]] = defaultdict(list)
    for look in _free(_rows(source, keep, now=now)):
        alike[look.kind, look.months].append(look)
    return [_folding(looks) for looks in alike.values() if len(looks) > 1]


@transaction.atomic
def fold(source: Source, *, keep: timedelta, now: datetime) -> list[Folding]:
    """Count together what is old: the one place that deletes a check."""
    # Whoever records a check holds this lock too, so that nothing comes to rest on a check while it goes.
    list(Watch.objects.select_for_update(of=("self",)).filter(source=source).values_list("pk"))
    foldings = plan_folding(source, keep=keep, now=now)
    for each in foldings:
        Check.objects.filter(pk=each.into).update(looks=F("looks") + each.looks, last_at=each.last_at)
        for keys in _some(each.check_ids):
            Check.objects.filter(pk__in=keys).delete()
    return foldings


def _old(keep: timedelta, *, now: datetime) -> QuerySet[Check]:
    last = Coalesce("last_at", "started_at")
    old = Check.objects.annotate(ended_at=last).filter(started_at__lt=now - keep, ended_at__lt=now - keep)
    return old.annotate(first_month=TruncMonth("started_at"), last_month=TruncMonth(last))


def _rows(source: Source, keep: timedelta, *, now: datetime) -> list[_Old]:
    """Its old looks in their order, and whether something rests on each."""
    rows = _old(keep, now=now).filter(source=source).annotate(is_bound=_is_bound()).order_by("pk")
    return [
        _Old(pk, tuple(kind), (first_month, last_month), ended_at, looks, bool(is_bound))
        for pk, first_month, last_month, ended_at, looks, is_bound, *kind in rows.values_list(
            "pk", *_MONTHS, "ended_at", "looks", "is_bound", *_KIND
        )
    ]


def _is_bound() -> Q:
    """Whatever refers to a check, in any model."""
    bound = Q(is_news=True) | Q(outcome=Outcome.MOVED)
    for relation in Check._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            bound |= Q(Exists(rows))
    return bound


def _free(looks: Sequence[_Old]) -> list[_Old]:
    last_of_kind = {look.kind: look.pk for look in looks}
    before_bound = {before.pk for before, look in pairwise(looks) if look.is_bound}
    staying = {*last_of_kind.values(), *before_bound}
    return [look for look in looks if not look.is_bound and look.pk not in staying]


def _folding(looks: Sequence[_Old]) -> Folding:
    first, *others = looks
    return Folding(
        into=first.pk,
        check_ids=[look.pk for look in others],
        looks=sum(look.looks for look in others),
        last_at=max(look.last_at for look in looks),
    )


def _some(keys: Sequence[int]) -> Iterator[list[int]]:
    left = iter(keys)
    while some := list(islice(left, _KEYS_AT_ONCE)):
        yield some

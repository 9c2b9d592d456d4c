"""Which sources are to be looked at, and when their turn is."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from stories.models import Source, Watch
from stories.models.words import Pace


def adopt_sources(*, now: datetime) -> int:
    """Give a watch, due at once, to each watchable source without one; return how many were taken up.

    A source that may be watched again counts as taken up; one that may not be watched any more is due no more.
    """
    Watch.objects.filter(due_at__isnull=False).exclude(_watchable("source__")).update(due_at=None)
    return _create_missing(Source.objects.all(), now=now) + _resume(Watch.objects.all(), now=now)


def due_watches(*, now: datetime, limit: int) -> list[Watch]:
    """The watches whose time has come and that nobody holds, longest overdue first."""
    return list(Watch.objects.due(now).select_related("source")[:limit])


def look_soon(sources: Iterable[Source], *, now: datetime) -> None:
    """Make the watchable ones among these due now, whatever their schedule says.

    One that is being looked at is looked at again: what it is wanted for may have come too late for that look.
    """
    keys = [source.pk for source in sources]
    watches = Watch.objects.filter(source__in=keys)
    overdue_and_free = models.Q(due_at__lte=now, lease__isnull=True)
    watches.filter(_watchable("source__"), due_at__isnull=False).exclude(overdue_and_free).update(
        due_at=now, pace=Pace.ASKED
    )
    _resume(watches, now=now)
    _create_missing(Source.objects.filter(pk__in=keys), now=now)


def _watchable(prefix: str = "") -> models.Q:
    """`Source.is_watchable`, for the database."""
    return models.Q(**{f"{prefix}is_watched": True, f"{prefix}url__isnull": False})


def _create_missing(sources: models.QuerySet[Source], *, now: datetime) -> int:
    missing = sources.filter(_watchable(), watch__isnull=True)
    # Another tick may adopt the same sources at this moment: the unique source decides.
    created = Watch.objects.bulk_create(
        [Watch(source=source, due_at=now, pace=Pace.ASKED) for source in missing], ignore_conflicts=True
    )
    return len(created)


def _resume(watches: models.QuerySet[Watch], *, now: datetime) -> int:
    return watches.filter(_watchable("source__"), due_at__isnull=True).update(due_at=now, pace=Pace.ASKED)

"""Which sources are to be looked at, and when their turn is."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models

from stories.models import Source, Watch
from stories.models.watch import without_rings
from stories.models.words import Pace

STRETCH = 10_000


def adopt_sources(*, now: datetime) -> int:
    """Give a watch, due at once, to each watchable source without one; return how many were taken up.

    A source that may be watched again counts as taken up; one that may not be watched any more is due no more.
    """
    return _adopt(Source.objects.all(), Watch.objects.all(), now=now)


def adopt_some(*, now: datetime) -> int:
    """`adopt_sources` for a tick: the newest sources at once, the others a stretch at a time.

    So the work of a tick has a bound, however many sources there are: three stretches of 10,000, of which each gets
    its turn, one tick after the other.
    """
    last = (Source.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) // STRETCH
    in_turn = int(now.timestamp() / settings.TICK_SECONDS) % (last + 1)
    return sum(_adopt_stretch(number, now=now) for number in {in_turn, last, max(0, last - 1)})


def due_watches(*, now: datetime, limit: int) -> list[Watch]:
    """The watches whose time has come and that nobody holds, longest overdue first."""
    watched = Watch.objects.due(now).filter(_watchable("source__"))
    return without_rings(watched.select_related("source").only("source__url")[:limit])


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
    _adopt_watchable(Source.objects.filter(pk__in=keys), watches, now=now)


def forget_strikes(source: Source) -> None:
    """Begin to count anew: what happened at an address that an editor has changed says nothing of the new one."""
    Watch.objects.filter(source=source).update(strike_count=0, struck_at=None)


def _watchable(prefix: str = "") -> models.Q:
    """`Source.is_watchable`, for the database."""
    return models.Q(**{f"{prefix}is_watched": True, f"{prefix}url__isnull": False})


def _adopt_stretch(number: int, *, now: datetime) -> int:
    first, end = number * STRETCH, (number + 1) * STRETCH
    sources = Source.objects.filter(pk__gte=first, pk__lt=end)
    return _adopt(sources, Watch.objects.filter(source__gte=first, source__lt=end), now=now)


def _adopt(sources: models.QuerySet[Source], watches: models.QuerySet[Watch], *, now: datetime) -> int:
    """Of both the same stretch is named: of one alone, PostgreSQL would read the whole table of the other."""
    not_any_more = sources.exclude(_watchable()).order_by()
    watches.filter(due_at__isnull=False, source__in=not_any_more.values("pk")).update(due_at=None)
    return _adopt_watchable(sources.order_by(), watches, now=now)


def _adopt_watchable(
    sources: models.QuerySet[Source], watches: models.QuerySet[Watch], *, now: datetime
) -> int:
    watchable = sources.filter(_watchable()).order_by()
    missing = watchable.filter(~models.Exists(watches.filter(source=models.OuterRef("pk"))))
    # Another tick may adopt the same sources at this moment: the unique source decides.
    created = Watch.objects.bulk_create(
        [Watch(source=source, due_at=now, pace=Pace.ASKED) for source in missing], ignore_conflicts=True
    )
    stopped = watches.filter(due_at__isnull=True, source__in=watchable.values("pk"))
    return len(created) + stopped.update(due_at=now, pace=Pace.ASKED)

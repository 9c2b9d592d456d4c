"""A look that somebody asked for: is it on its way still, and what did it find?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from stories.models import Check, Source, Watch
from stories.text.told import moment_in

#: Whoever still has such an address open is not waiting any more.
WAITED_FOR = timedelta(minutes=10)
#: A busy site, or a worker that is away: the row is due, and the page says when.
LATE_AFTER = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Look:
    """`check` is what was found since it was asked for; None while it is on its way."""

    since: datetime
    is_late: bool = False
    due_at: datetime | None = None
    check: Check | None = None

    @property
    def is_on_its_way(self) -> bool:
        return self.check is None


def look_at(source: Source, *, asked_at: str, now: datetime) -> Look | None:
    """The look asked for at that moment; None for what is no moment, or one that is long past."""
    since = moment_in(asked_at)
    if since is None or not now - WAITED_FOR < since <= now:
        return None
    # One that found nothing new is counted in the check before, whose last look it is.
    since_then = Q(started_at__gte=since) | Q(last_at__gte=since)
    check = Check.objects.filter(since_then, source=source).order_by("started_at", "pk").first()
    if check:
        return Look(since, check=check)
    due_at = Watch.objects.filter(source=source).values_list("due_at", flat=True).first()
    return Look(since, is_late=now - since > LATE_AFTER, due_at=due_at)

"""What is put in order: by night what had its time is let go, and large figures are counted again."""

from datetime import UTC, datetime, timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from stories.auditing.entries import forget as forget_audit
from stories.glance.standing import count_again
from stories.importing.merge import move_what_was_left
from stories.models import ErrorReport, Pulse
from stories.models.history import acting_as
from stories.models.pulse import TIDYING
from stories.operating.tidying import ROWS_AT_ONCE, Remains, checks_are_kept, let_some_go, remains
from stories.watching.folding import fold, sources_with_looks_to_fold
from stories.watching.limits import retention
from stories.watching.retention import sources_with_copies_to_thin, thin

SOURCES_THINNED_AT_ONCE = 200
STRETCHES_TIDIED_AT_ONCE = 100
#: By so much a worker's clock may be behind the schedule's.
CLOCKS_DIFFER = timedelta(minutes=10)


@shared_task(name="stories.tasks.thin_snapshots")
def thin_snapshots(after: int = 0) -> None:
    """Thin the copies of some sources, and leave those with a higher key to the next message."""
    now, keep = timezone.now(), retention()
    sources = list(sources_with_copies_to_thin(keep, now=now).filter(pk__gt=after)[:SOURCES_THINNED_AT_ONCE])
    for source in sources:
        thin(source, keep, now=now)
    if len(sources) == SOURCES_THINNED_AT_ONCE:
        thin_snapshots.delay_on_commit(sources[-1].pk)


@shared_task(name="stories.tasks.fold_looks")
def fold_looks(after: int = 0) -> None:
    """Count the old looks of some sources together, and leave those with a higher key to the next message."""
    now, keep = timezone.now(), checks_are_kept()
    sources = sources_with_looks_to_fold(keep=keep, now=now).filter(pk__gt=after)
    some = list(sources[:SOURCES_THINNED_AT_ONCE])
    for source in some:
        fold(source, keep=keep, now=now)
    if len(some) == SOURCES_THINNED_AT_ONCE:
        fold_looks.delay_on_commit(some[-1].pk)


@shared_task(name="stories.tasks.tidy")
def tidy() -> None:
    """By night: let go what was of use for a while only, and ask for what is done source by source.

    Once a night, however often it is asked for; by day only where there was no night.
    """
    now, last = timezone.now(), Pulse.last_beat(TIDYING)
    # One that lies ahead was before a clock was set back.
    if last and _last_night(now) <= last <= now:
        return
    ErrorReport.objects.forget_readers(now=now)
    forget_audit(now=now)
    with acting_as("tidy"):
        move_what_was_left(now=now)
    unfinished = [kind.what for kind in remains() if _let_go_much(kind, now=now)]
    if unfinished:
        tidy.delay_on_commit()
        return
    Pulse.beat(TIDYING, now=now)
    fold_looks.delay_on_commit()
    thin_snapshots.delay_on_commit()


@shared_task(name="stories.tasks.count_figures")
def count_figures() -> None:
    """Count what the first page of a large newsroom tells of all its sources and passages."""
    count_again(now=timezone.now)


def _last_night(now: datetime) -> datetime:
    """When it was last due."""
    due = datetime.combine(now.astimezone(UTC), settings.TIDYING_AT, tzinfo=UTC) - CLOCKS_DIFFER
    return due if due <= now else due - timedelta(days=1)


def _let_go_much(kind: Remains, *, now: datetime) -> bool:
    """As much as one message may; whether more may be left."""
    return all(let_some_go(kind, now=now) == ROWS_AT_ONCE for _ in range(STRETCHES_TIDIED_AT_ONCE))

"""Show what has had its time, and let it go where that is asked for."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from stories.auditing.entries import forget as forget_audit
from stories.management.stretches import each_with_progress
from stories.models import ErrorReport, Pulse
from stories.models.pulse import TIDYING
from stories.operating.tidying import Remains, checks_are_kept, let_some_go, remains
from stories.watching.folding import fold, plan_folding, sources_with_looks_to_fold
from stories.watching.limits import retention
from stories.watching.retention import plan_thinning, sources_with_copies_to_thin, thin

_DOING = "Going through the sources"


class Command(BaseCommand):
    help = (
        "Shows what has had its time: old checks that nothing rests on, copies, messages of answered alerts, sessions "
        "and the like. Lets nothing go without --delete; the schedule does so every night."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--dry-run", action="store_true", help="only show what would go (the default)")
        what.add_argument("--delete", action="store_true", help="let go what is shown")

    def handle(self, *, delete: bool, **_options: Any) -> None:
        now, total = timezone.now(), 0
        counted = _let_go if delete else _count
        for what, why, number in counted(now):
            total += number
            self.stdout.write(f"{number:>12,}  {what} ({why})")
        if delete:
            Pulse.beat(TIDYING, now=now)
            self.stdout.write("Let go.")
        else:
            self.stdout.write(
                "Nothing was let go; --delete does it." if total else "Nothing has had its time."
            )


_Told = tuple[str, str, int]


def _count(now: datetime) -> Iterator[_Told]:
    for kind in remains():
        yield kind.what, kind.why, kind.rows(now).count()
    yield from _of_sources(now, folded=plan_folding, thinned=plan_thinning)


def _let_go(now: datetime) -> Iterator[_Told]:
    ErrorReport.objects.forget_readers(now=now)
    forget_audit(now=now)
    for kind in remains():
        yield kind.what, kind.why, _all_of(kind, now)
    yield from _of_sources(now, folded=fold, thinned=thin)


def _all_of(kind: Remains, now: datetime) -> int:
    total = 0
    while some := let_some_go(kind, now=now):
        total += some
    return total


def _of_sources(now: datetime, *, folded: Callable[..., Any], thinned: Callable[..., Any]) -> Iterator[_Told]:
    keep, copies = checks_are_kept(), retention()
    with_looks = each_with_progress(sources_with_looks_to_fold(keep=keep, now=now), _DOING)
    foldings = (each for source in with_looks for each in folded(source, keep=keep, now=now))
    looks = sum(len(each.check_ids) for each in foldings)
    yield "checks", f"older than {keep.days} days: counted in one that ended alike in the same month", looks
    with_copies = each_with_progress(sources_with_copies_to_thin(copies, now=now), _DOING)
    gone = sum(len(thinned(source, copies, now=now).snapshot_ids) for source in with_copies)
    yield "copies", "nothing rests on them; manage.py thin_snapshots tells of which sources", gone

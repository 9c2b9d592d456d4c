"""One look is written down: all of it or nothing, and only by whoever holds the lease."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import random

from django.db import transaction

from stories.models import Blob, Check, Citation, Snapshot, Verdict, Watch
from stories.models.words import BELIEVED
from stories.watching.alternation import Turn
from stories.watching.archive import keep_copy, pack_copy
from stories.watching.explain import explain
from stories.watching.known import Known
from stories.watching.limits import bounds_of_pace
from stories.watching.reading import Reading
from stories.watching.schedule import Facts, NextLook, after_failure, after_reading, after_suspicion
from stories.watching.weigh import Finding, weigh


@dataclass(frozen=True, slots=True)
class Look:
    """A look under way: what was known when it began, and the lease that it is taken under."""

    known: Known
    started_at: datetime


def record(look: Look, reading: Reading, *, now: datetime) -> Check | None:
    """Write down what `reading` means. None, with nothing written, where the lease or the address was lost."""
    finding = weigh(look.known, reading)
    blob = _pack_copy(look.known, reading, finding)
    with transaction.atomic():
        watch = _held_watch(look)
        if watch is None:
            return None
        if watch.source.url != look.known.source.url:
            # An editor changed the address while it was being read.
            watch.lease = watch.leased_until = None
            watch.save(update_fields=["lease", "leased_until"])
            return None
        copy = _keep_copy(look.known, reading, blob)
        check = _write_check(look, reading, finding, copy=copy, now=now)
        _write_verdicts(finding.verdicts, check)
        _write_watch(watch, look, reading, finding, copy=copy, now=now)
    return check


def renew(look: Look, *, until: datetime) -> bool:
    """Keep the lease for longer; False where it was lost meanwhile, and what was fetched is of no use any more."""
    held = Watch.objects.filter(pk=look.known.watch.pk, lease=look.known.watch.lease)
    return bool(held.update(leased_until=until))


def postpone(look: Look, *, until: datetime) -> None:
    """Give back the lease, nothing having been asked, and look again at that time."""
    held = Watch.objects.filter(pk=look.known.watch.pk, lease=look.known.watch.lease)
    held.update(lease=None, leased_until=None, due_at=until)


def release(look: Look) -> None:
    """Give back a lease under which nothing was written, so that the next tick may look."""
    held = Watch.objects.filter(pk=look.known.watch.pk, lease=look.known.watch.lease)
    held.update(lease=None, leased_until=None)


def _held_watch(look: Look) -> Watch | None:
    held = Watch.objects.filter(pk=look.known.watch.pk, lease=look.known.watch.lease)
    return held.select_for_update(of=("self",)).select_related("source").first()


def _pack_copy(known: Known, reading: Reading, finding: Finding) -> Blob | None:
    """The bytes, if they are to be kept: a verdict or a suspicion rests on them, or they are the new baseline."""
    rests_on_it = finding.becomes_baseline or finding.verdicts or not finding.is_confirmed
    if reading.copy is None or not rests_on_it:
        return None
    return pack_copy(reading.copy, near=known.baseline)


def _keep_copy(known: Known, reading: Reading, blob: Blob | None) -> Snapshot | None:
    """The snapshot that was read, which is the baseline where nothing new is to be kept."""
    if reading.copy and blob:
        return keep_copy(reading.copy, blob, source=known.source)
    return known.baseline if reading.outcome in BELIEVED else None


def _write_check(
    look: Look, reading: Reading, finding: Finding, *, copy: Snapshot | None, now: datetime
) -> Check:
    return Check.objects.create(
        source=look.known.source,
        started_at=look.started_at,
        duration_ms=max(0, round((now - look.started_at).total_seconds() * 1000)),
        outcome=finding.outcome,
        reason=finding.reason or reading.reason,
        explanation=explain(finding.reason) if finding.reason else reading.explanation,
        status=reading.status,
        snapshot=copy,
        baseline=look.known.baseline,
        is_confirmed=finding.is_confirmed,
        is_news=finding.is_news,
    )


def _write_verdicts(verdicts: list[Verdict], check: Check) -> None:
    wanted = {verdict.citation_id: verdict for verdict in verdicts}
    # An editor may have deleted a citation, attached it elsewhere or edited its passage since the look began.
    current = Citation.objects.select_for_update(no_key=True).filter(pk__in=wanted, source=check.source_id)
    passages = current.order_by("pk").values_list("pk", "exact")
    kept = [wanted[key] for key, exact in passages if wanted[key].passage == exact]
    for verdict in kept:
        verdict.found_by = check
    Verdict.objects.bulk_create(kept)


def _write_watch(
    watch: Watch,
    look: Look,
    reading: Reading,
    finding: Finding,
    *,
    copy: Snapshot | None,
    now: datetime,
) -> None:
    is_read = reading.outcome in BELIEVED
    watch.lease = watch.leased_until = None
    watch.outcome, watch.reason = finding.outcome, finding.reason or reading.reason
    watch.is_suspected = finding.is_suspected
    watch.failure_count = 0 if is_read else watch.failure_count + 1
    watch.checked_at = now
    if is_read:
        watch.read_at = now
    if is_read and finding.is_confirmed:
        watch.etag, watch.last_modified = reading.etag, reading.last_modified
    if finding.becomes_baseline:
        _follow_turns(watch, look.known, finding)
        watch.snapshot = copy
    if finding.has_confirmed_change:
        watch.changed_at = now
    # Somebody who asked for another look while this one was under way gets it.
    if watch.due_at == look.known.watch.due_at:
        due = _next_look(watch, look, reading, finding, now=now)
        watch.due_at, watch.pace = due.due_at, due.pace
    watch.save()


def _follow_turns(watch: Watch, known: Known, finding: Finding) -> None:
    """Remember what the page said before, and whether it goes back to that."""
    match finding.turn:
        case None:
            return
        case Turn.NEW:
            watch.return_count, watch.is_alternating = 0, False
        case Turn.RETURNED:
            watch.return_count, watch.is_alternating = known.returns + 1, False
        case _:
            watch.is_alternating = True
    watch.previous = known.baseline


def _next_look(watch: Watch, look: Look, reading: Reading, finding: Finding, *, now: datetime) -> NextLook:
    bounds, facts = bounds_of_pace(), _facts(watch, look)
    if not finding.is_confirmed or (finding.is_suspected and reading.outcome in BELIEVED):
        return after_suspicion(bounds, now=now)
    if reading.outcome in BELIEVED:
        # Chance only keeps sources apart that would otherwise come due together for ever.
        return after_reading(facts, bounds, now=now, draw=random())  # noqa: S311
    return after_failure(
        facts, bounds, now=now, failure_count=watch.failure_count, retry_after=reading.retry_after
    )


def _facts(watch: Watch, look: Look) -> Facts:
    pinned = look.known.source.check_interval_seconds
    due_at = look.known.watch.due_at or look.started_at
    young_since = [look.known.young_since, *filter(None, [watch.changed_at])]
    return Facts(
        young_since=max(young_since),
        pinned_to=timedelta(seconds=pinned) if pinned else None,
        was_late_by=look.started_at - due_at,
    )

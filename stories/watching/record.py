"""Looks are written down: all of each or nothing, and only by whoever holds the lease."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from stories.models import Blob, Check, Citation, Snapshot, Source, Tally, Verdict, Watch
from stories.models.words import BELIEVED
from stories.watching.archive import keep_copies, pack_copies, place_of
from stories.watching.explain import explain
from stories.watching.look import Judged, Look
from stories.watching.note import note_in_watch, write_watches
from stories.watching.weigh import Finding


def record(looks: Sequence[Judged], *, now: datetime) -> list[Check]:
    """Write down all of these looks in one transaction, and return their checks.

    One that finds a page unchanged as the look before did is counted in that one's check. Nothing is written of a
    look whose lease or address was lost.
    """
    if not looks:
        return []
    blobs = pack_copies(
        (judged.reading.copy, judged.look.known.baseline)
        for judged in looks
        if judged.reading.copy and _rests_on_its_copy(judged.finding)
    )
    with transaction.atomic():
        _lock_what_editors_change(looks)
        held = _held_watches(looks)
        standing = [judged for judged in looks if _stands(judged, held)]
        copies = _keep_copies(standing, blobs)
        checks = {judged.key: _check(judged, kept=copies.get(judged.key), now=now) for judged in standing}
        _write_checks(checks.values())
        _write_verdicts((checks[judged.key], judged.finding.verdicts) for judged in standing)
        watches = {judged.key: _freed(judged, held[judged.key]) for judged in looks if judged.key in held}
        for judged in standing:
            note_in_watch(watches[judged.key], judged, check=checks[judged.key], now=now)
        write_watches(
            [(judged.look.known.watch, watches[judged.key]) for judged in looks if judged.key in watches]
        )
        # Last, for every worker counts in the same rows.
        Tally.add(Counter(check.outcome for check in checks.values()))
    return list(checks.values())


def renew(lease: UUID, keys: Collection[int], *, until: datetime) -> set[int]:
    """Keep a lease for longer, and return the keys of the watches that are still held under it.

    What was fetched for the others is of no use any more.
    """
    held = Watch.objects.filter(pk__in=keys, lease=lease)
    held.update(leased_until=until)
    return set(held.values_list("pk", flat=True))


def postpone(look: Look, *, until: datetime) -> None:
    """Give back the lease, nothing having been asked, and look again at that time."""
    held = Watch.objects.filter(pk=look.known.watch.pk, lease=look.known.watch.lease)
    held.update(lease=None, leased_until=None, due_at=until)


def release(lease: UUID, keys: Collection[int]) -> None:
    """Give back what is still held under this lease, so that the next tick may look."""
    Watch.objects.filter(pk__in=keys, lease=lease).update(lease=None, leased_until=None)


class _Held(NamedTuple):
    """The little that others may change while we hold the lease."""

    due_at: datetime | None
    pace: str
    url: str | None


def _lock_what_editors_change(looks: Sequence[Judged]) -> None:
    """Sources, citations and then watches, as an editor's save takes them: else each would wait for the other."""
    if not connection.features.has_select_for_update:
        return
    sources = {judged.look.known.watch.source_id for judged in looks}
    citations = {verdict.citation_id for judged in looks for verdict in judged.finding.verdicts}
    for rows in (Source.objects.filter(pk__in=sources), Citation.objects.filter(pk__in=citations)):
        list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _held_watches(looks: Sequence[Judged]) -> dict[int, _Held]:
    """Locked."""
    known = [judged.look.known.watch for judged in looks]
    held = Watch.objects.filter(
        pk__in=[watch.pk for watch in known], lease__in={watch.lease for watch in known}
    )
    locked = held.select_for_update(of=("self",)).order_by("pk")
    rows = locked.values_list("pk", "due_at", "pace", "source__url")
    return {pk: _Held(due_at, pace, url) for pk, due_at, pace, url in rows}


def _stands(judged: Judged, held: Mapping[int, _Held]) -> bool:
    """False where the lease was lost, or an editor changed the address while it was being read."""
    row = held.get(judged.key)
    return row is not None and row.url == judged.look.known.source.url


def _freed(judged: Judged, row: _Held) -> Watch:
    watch = copy(judged.look.known.watch)
    watch.due_at, watch.pace, watch.lease, watch.leased_until = row.due_at, row.pace, None, None
    return watch


def _rests_on_its_copy(finding: Finding) -> bool:
    """The bytes are to be kept: a verdict or a suspicion rests on them, or they are the new baseline."""
    return bool(finding.becomes_baseline or finding.verdicts or not finding.is_confirmed)


def _keep_copies(looks: Sequence[Judged], blobs: Mapping[str, Blob]) -> dict[int, Snapshot]:
    """The snapshots that were read, by watch: the baselines where nothing new is to be kept."""
    new = {
        judged.key: (judged.look.known.source, judged.reading.copy)
        for judged in looks
        if judged.reading.copy and _rests_on_its_copy(judged.finding)
    }
    kept = keep_copies(new.values(), blobs)
    read = {
        judged.key: judged.look.known.baseline
        for judged in looks
        if judged.reading.outcome in BELIEVED and judged.look.known.baseline
    }
    return read | {key: kept[place_of(*each)] for key, each in new.items()}


def _check(judged: Judged, *, kept: Snapshot | None, now: datetime) -> Check:
    look, reading, finding = judged.look, judged.reading, judged.finding
    return Check(
        pk=_key_of_the_same(judged),
        source=look.known.source,
        started_at=look.started_at,
        duration_ms=max(0, round((now - look.started_at).total_seconds() * 1000)),
        outcome=finding.outcome,
        reason=finding.reason or reading.reason,
        explanation=explain(finding.reason) if finding.reason else reading.explanation,
        status=reading.status,
        snapshot=kept,
        baseline=look.known.baseline,
        is_confirmed=finding.is_confirmed,
        is_news=finding.is_news,
        ground="" if finding.is_confirmed else reading.ground,
    )


def _write_checks(checks: Iterable[Check]) -> None:
    """A row for each, but for those that are counted in the one before: of these the time is noted."""
    checks = list(checks)
    again = [check for check in checks if check.pk is not None]
    Check.objects.bulk_create([check for check in checks if check.pk is None])
    table = connection.ops.quote_name(Check._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET looks = looks + 1, last_at = %s WHERE id = %s",  # noqa: S608 - our name
            [(connection.ops.adapt_datetimefield_value(check.started_at), check.pk) for check in again],
        )


def _key_of_the_same(judged: Judged) -> int | None:
    """The check before, where this look adds nothing to it but another time."""
    watch = judged.look.known.watch
    is_the_same = judged.finds_nothing_new and watch.reason == judged.reading.reason
    return watch.counted_in_id if is_the_same else None


def _write_verdicts(found: Iterable[tuple[Check, Sequence[Verdict]]]) -> None:
    wanted = {verdict.citation_id: (check, verdict) for check, verdicts in found for verdict in verdicts}
    if not wanted:
        return
    # An editor may have deleted a citation, attached it elsewhere or edited its passage since the look began.
    current = Citation.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    kept = []
    for key, source_id, *quoted in current.values_list("pk", "source", "exact", "prefix", "suffix"):
        check, verdict = wanted[key]
        if (source_id, *quoted) == (check.source_id, verdict.passage, verdict.prefix, verdict.suffix):
            # An attempt that was taken back has left it a key, which may be another's by now.
            verdict.pk, verdict.found_by = None, check
            kept.append(verdict)
    if confirmed := [verdict.citation_id for verdict in kept if verdict.is_confirmed]:
        Verdict.objects.supersede(confirmed)
    Verdict.objects.bulk_create(kept)

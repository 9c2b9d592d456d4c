"""Invariant 8: what was quoted can be re-verified, however long ago; the rest of the copies grows thin with age."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import models

from stories.models import Blob, Check, Snapshot, Source
from stories.watching.retention import (
    Retention,
    plan_thinning,
    sources_with_copies_to_thin,
    thin,
)
from tests.factories import (
    AlertFactory,
    CheckFactory,
    CitationFactory,
    SnapshotFactory,
    SourceFactory,
    VerdictFactory,
    WatchFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 15, 18, 0, tzinfo=UTC)
KEEP = Retention(keep_all=timedelta(days=7), keep_daily=timedelta(days=90))


def copy(source: Source, *, days: float, body: bytes | None = None) -> Snapshot:
    """A copy that was fetched so many days ago."""
    given = {"body": body} if body is not None else {}
    return SnapshotFactory(source=source, fetched_at=NOW - timedelta(days=days), **given)


def left(source: Source) -> list[Snapshot]:
    return list(Snapshot.objects.filter(source=source).order_by("fetched_at"))


@pytest.fixture
def source() -> Source:
    """Its first copy is the first of its month, so whatever else stays has a reason of its own."""
    found = SourceFactory()
    SnapshotFactory(source=found, fetched_at=datetime(2025, 1, 1, 17, 0, tzinfo=UTC))
    return found


def old_copy(source: Source, *, hours: int = 0) -> Snapshot:
    """One that is neither the first of its month nor young."""
    return SnapshotFactory(
        source=source, fetched_at=datetime(2025, 1, 2, 17, 0, tzinfo=UTC) + timedelta(hours=hours)
    )


def test_young_copies_are_all_kept() -> None:
    source = SourceFactory()
    copies = [copy(source, days=days) for days in (6.9, 6.8, 0.1, 0)]

    thin(source, KEEP, now=NOW)

    assert left(source) == copies


def test_later_the_first_of_each_day_of_the_newsroom_is_kept() -> None:
    source = SourceFactory()
    # Noon, 6 p.m. and 11 p.m. in New York, and the next morning there.
    times = [datetime(2026, 5, day, hour, tzinfo=UTC) for day, hour in [(4, 16), (4, 22), (5, 3), (5, 14)]]
    first, _, _, next_day = [SnapshotFactory(source=source, fetched_at=at) for at in times]

    thin(source, KEEP, now=NOW)

    assert left(source) == [first, next_day]


def test_at_last_the_first_of_each_month_is_kept() -> None:
    source = SourceFactory()
    times = [datetime(2025, month, day, 12, tzinfo=UTC) for month in (1, 2) for day in (3, 9, 28)]
    copies = [SnapshotFactory(source=source, fetched_at=at) for at in times]

    thin(source, KEEP, now=NOW)

    assert left(source) == [copies[0], copies[3]]


def test_what_is_thinned_is_of_one_source_and_every_look_keeps_what_it_read(source: Source) -> None:
    """Whether it is of the same source or of another that has as much to lose."""
    other = SourceFactory()
    copies = [copy(other, days=days) for days in (400, 399.9)]
    looks = [
        CheckFactory(source=each.source, snapshot=each, baseline=each) for each in [left(source)[0], *copies]
    ]
    old_copy(source)

    thinned = thin(source, KEEP, now=NOW)

    assert (thinned.copies, len(thinned.snapshot_ids)) == (2, 1)
    assert left(other) == copies
    kept = Check.objects.order_by("pk").values_list("snapshot", "baseline")
    assert list(kept) == [(look.snapshot_id, look.snapshot_id) for look in looks]


def test_bytes_that_another_source_has_too_are_not_said_to_be_freed(source: Source) -> None:
    copy(SourceFactory(), days=0, body=old_copy(source).body)

    plan = plan_thinning(source, KEEP, now=NOW)

    assert (len(plan.snapshot_ids), plan.freed_bytes) == (1, 0)


def test_each_address_that_a_source_had_is_thinned_by_itself() -> None:
    source = SourceFactory()
    at = datetime(2025, 1, 2, 17, 0, tzinfo=UTC)
    copies = [SnapshotFactory(source=source, url=f"https://old.example/{n}", fetched_at=at) for n in range(2)]

    thin(source, KEEP, now=NOW)

    assert left(source) == copies


def test_a_copy_with_a_verdict_stays_as_long_as_its_citation(source: Source) -> None:
    """Invariant 8: the copy as cited carries the first verdict."""
    cited, held_against = old_copy(source), old_copy(source, hours=1)
    check = CheckFactory(source=source, snapshot=cited, baseline=held_against)
    verdict = VerdictFactory(citation=CitationFactory(source=source), found_by=check)

    thin(source, KEEP, now=NOW)
    assert left(source)[1:] == [cited, held_against]

    verdict.citation.delete()
    check.is_news = False
    check.save()
    thin(source, KEEP, now=NOW)
    assert len(left(source)) == 1


def test_what_an_alert_tells_of_stays(source: Source) -> None:
    check = CheckFactory(source=source, snapshot=old_copy(source), baseline=old_copy(source, hours=1))
    AlertFactory(source=source).checks.add(check)

    thin(source, KEEP, now=NOW)

    assert len(left(source)) == 3


def test_what_people_are_still_to_be_told_of_stays(source: Source) -> None:
    CheckFactory(source=source, snapshot=old_copy(source), is_news=True)

    thin(source, KEEP, now=NOW)

    assert len(left(source)) == 2


def test_the_baseline_stays(source: Source) -> None:
    watch = WatchFactory(source=source, snapshot=old_copy(source))

    thin(source, KEEP, now=NOW)

    assert left(source)[1:] == [watch.snapshot]


def test_a_check_outlives_the_copy_that_it_read(source: Source) -> None:
    gone = old_copy(source)
    check = CheckFactory(source=source, snapshot=gone, baseline=gone, explanation="The page says the same.")

    thin(source, KEEP, now=NOW)

    check.refresh_from_db()
    assert (check.snapshot, check.baseline) == (None, None)
    assert check.explanation == "The page says the same."


PAGE = b"".join(b"<p>Notice number %d stays as it is.</p>" % number for number in range(400))


def test_what_leans_on_a_keyframe_is_still_read_when_the_keyframes_own_snapshot_is_gone(
    source: Source,
) -> None:
    old = SnapshotFactory(source=source, body=PAGE, fetched_at=datetime(2025, 1, 2, 17, 0, tzinfo=UTC))
    young = copy(source, days=1, body=PAGE + b"!")
    assert young.blob.keyframe == old.blob

    thin(source, KEEP, now=NOW)

    assert not Snapshot.objects.filter(pk=old.pk).exists()
    assert Snapshot.objects.get(pk=young.pk).body == PAGE + b"!"

    young_is_old = NOW + timedelta(days=4000)
    copy(source, days=-3999)
    models.QuerySet(Snapshot).filter(pk=young.pk).update(fetched_at=NOW - timedelta(days=500))
    thin(source, KEEP, now=young_is_old)
    assert not Blob.objects.filter(pk__in=[old.blob_id, young.blob_id]).exists()


def test_bytes_that_another_source_has_too_stay(source: Source) -> None:
    gone = old_copy(source)
    other = SnapshotFactory(body=gone.body)
    assert other.blob == gone.blob

    thin(source, KEEP, now=NOW)

    assert Snapshot.objects.get(pk=other.pk).body == other.blob.body


def test_the_plan_tells_exactly_what_goes_and_writes_nothing(source: Source) -> None:
    for hours in range(30):
        SnapshotFactory(
            source=source,
            body=PAGE + b"%d" % hours,
            fetched_at=datetime(2025, 1, 2, tzinfo=UTC) + timedelta(hours=hours),
        )
    copy(source, days=1, body=PAGE + b"12")
    before = stored_bytes()

    plan = plan_thinning(source, KEEP, now=NOW)

    assert stored_bytes() == before
    assert (plan.copies, len(plan.snapshot_ids)) == (31, 30)
    assert thin(source, KEEP, now=NOW) == plan
    assert before - stored_bytes() == plan.freed_bytes
    assert plan_thinning(source, KEEP, now=NOW).snapshot_ids == []


def stored_bytes() -> int:
    return sum(len(packed) for packed in Blob.objects.values_list("packed", flat=True))


def test_only_sources_with_two_old_copies_in_a_month_are_gone_through(source: Source) -> None:
    old_copy(source)
    young = SourceFactory()
    for days in (100, 2, 1):
        copy(young, days=days)
    quiet = SourceFactory()
    for days in (200, 100, 40):
        copy(quiet, days=days)

    assert list(sources_with_copies_to_thin(KEEP, now=NOW)) == [source]


def test_a_long_history_is_thinned_in_as_many_queries_as_a_short_one(
    source: Source, django_assert_max_num_queries
) -> None:
    for number in range(60):
        CheckFactory(source=source, snapshot=old_copy(source, hours=number))

    with django_assert_max_num_queries(30):
        thin(source, KEEP, now=NOW)

    assert Snapshot.objects.count() == 1
    assert Check.objects.count() == 60

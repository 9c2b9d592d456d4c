from datetime import UTC, datetime, timedelta

import pytest

from stories.models import Watch
from stories.models.words import SourceKind
from stories.watching.due import adopt_sources, due_watches, look_soon
from tests.factories import SourceFactory, WatchFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


def test_a_new_source_gets_a_watch_that_is_due_at_once():
    source = SourceFactory()

    taken_up = adopt_sources(now=NOW)

    assert taken_up == 1
    assert source.watch.due_at == NOW


def test_adopting_twice_adopts_once():
    SourceFactory()
    adopt_sources(now=NOW)

    assert adopt_sources(now=NOW + HOUR) == 0
    assert Watch.objects.get().due_at == NOW


@pytest.mark.parametrize("fields", [{"is_watched": False}, {"url": "", "kind": SourceKind.PERSON}])
def test_a_source_that_is_not_watchable_gets_no_watch(fields):
    SourceFactory(**fields)

    assert adopt_sources(now=NOW) == 0
    assert not Watch.objects.exists()


def test_a_source_that_is_watched_no_longer_is_due_no_longer():
    watch = WatchFactory(due_at=NOW - HOUR)
    watch.source.is_watched = False
    watch.source.save()

    adopt_sources(now=NOW)

    assert due_watches(now=NOW, limit=10) == []
    watch.refresh_from_db()
    assert watch.due_at is None


def test_a_source_that_is_watched_again_is_due_at_once():
    watch = WatchFactory(due_at=None)

    taken_up = adopt_sources(now=NOW)

    watch.refresh_from_db()
    assert taken_up == 1
    assert watch.due_at == NOW


def test_the_longest_overdue_come_first_and_no_more_than_asked_for():
    late, later, _latest = (WatchFactory(due_at=NOW - wait) for wait in (HOUR * 3, HOUR * 2, HOUR))

    assert due_watches(now=NOW, limit=2) == [late, later]


def test_what_is_not_yet_due_is_left_alone():
    WatchFactory(due_at=NOW + timedelta(seconds=1))

    assert due_watches(now=NOW, limit=10) == []


def test_a_watch_under_lease_is_not_due_until_the_lease_expires():
    """Invariant 2."""
    watch = WatchFactory(due_at=NOW)
    Watch.objects.take_leases(now=NOW, until=NOW + HOUR)

    assert due_watches(now=NOW, limit=10) == []
    assert due_watches(now=NOW + HOUR, limit=10) == [watch]


def test_of_two_workers_one_gets_the_lease():
    """Invariant 2."""
    WatchFactory(due_at=NOW)

    ours, theirs = (Watch.objects.take_leases(now=NOW, until=NOW + HOUR) for _worker in range(2))

    assert ours != theirs
    assert Watch.objects.get().lease == ours


def test_a_batch_takes_what_is_due_and_free_and_leaves_the_rest():
    """Invariant 2."""
    due, _later = WatchFactory(due_at=NOW), WatchFactory(due_at=NOW + HOUR)
    held = WatchFactory(due_at=NOW)
    Watch.objects.filter(pk=held.pk).take_leases(now=NOW, until=NOW + HOUR)

    lease = Watch.objects.take_leases(now=NOW, until=NOW + HOUR)

    assert [watch.pk for watch in Watch.objects.filter(lease=lease)] == [due.pk]


def test_an_expired_lease_can_be_taken_by_another_worker():
    """Invariant 2."""
    WatchFactory(due_at=NOW)
    Watch.objects.take_leases(now=NOW, until=NOW + HOUR)

    lease = Watch.objects.take_leases(now=NOW + HOUR, until=NOW + 2 * HOUR)

    assert Watch.objects.get().lease == lease


def test_looking_soon_brings_the_next_look_forward():
    watch = WatchFactory(due_at=NOW + HOUR)

    look_soon([watch.source], now=NOW)

    assert due_watches(now=NOW, limit=10) == [watch]


def test_looking_soon_adopts_a_source_that_no_tick_has_seen_yet():
    source = SourceFactory()

    look_soon([source], now=NOW)

    assert [watch.source for watch in due_watches(now=NOW, limit=10)] == [source]


def test_looking_soon_does_not_send_an_overdue_source_to_the_end_of_the_line():
    watch = WatchFactory(due_at=NOW - HOUR)

    look_soon([watch.source], now=NOW)

    watch.refresh_from_db()
    assert watch.due_at == NOW - HOUR


def test_looking_soon_leaves_a_source_that_is_not_watched_alone():
    watch = WatchFactory(due_at=None, source__is_watched=False)

    look_soon([watch.source], now=NOW)

    watch.refresh_from_db()
    assert watch.due_at is None


def test_finding_what_is_due_is_one_query(django_assert_num_queries):
    for minutes in range(5):
        WatchFactory(due_at=NOW - timedelta(minutes=minutes))

    with django_assert_num_queries(1):
        titles = [watch.source.title for watch in due_watches(now=NOW, limit=10)]

    assert len(titles) == 5

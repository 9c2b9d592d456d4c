from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stories.models import Watch
from stories.models.words import Outcome, SourceKind
from stories.watching.due import STRETCH, adopt_some, adopt_sources, due_watches, look_soon
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


def test_a_tick_adopts_the_newest_sources_at_once_and_each_of_the_others_in_its_turn(settings):
    """Invariant 2."""
    settings.TICK_SECONDS = 10
    for stretch in range(5):
        SourceFactory(pk=stretch * STRETCH + 7)

    adopted = []
    for tick in range(5):
        adopt_some(now=NOW + timedelta(seconds=10 * tick))
        adopted.append(set(Watch.objects.values_list("source", flat=True)))

    newest = {3 * STRETCH + 7, 4 * STRETCH + 7}
    assert newest <= adopted[0]
    assert len(adopted[0]) <= 3
    assert len(adopted[-1]) == 5


def test_a_tick_takes_up_a_new_source_in_a_small_newsroom_at_once():
    SourceFactory()

    assert adopt_some(now=NOW) == 1


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
        addresses = {watch.source.url for watch in due_watches(now=NOW, limit=10)}

    assert len(addresses) == 5


def test_a_source_that_is_watched_no_longer_is_not_handed_out_even_before_a_tick_sees_to_it():
    WatchFactory(due_at=NOW, source__is_watched=False)

    assert due_watches(now=NOW, limit=10) == []


def test_what_is_due_is_found_by_one_query_over_an_index_however_many_sources_there_are():
    """The plan that the database makes for it: no table is read from end to end, and nothing is sorted."""
    with CaptureQueriesContext(connection) as asked:
        due_watches(now=NOW, limit=100)
    [query] = asked.captured_queries

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # On no rows at all any plan is as good as another.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
            cursor.execute("SET LOCAL enable_sort = off")
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} {query['sql']}")
        plan = "\n".join(str(row) for row in cursor.fetchall())

    assert "watch_due" in plan, plan
    for dear in ("SCAN stories_source", "Seq Scan", "Sort", "TEMP B-TREE"):
        assert dear not in plan, plan


@pytest.mark.skipif(
    "connection.vendor == 'sqlite'", reason="SQLite plans before it knows which words are asked for"
)
def test_pages_that_could_not_be_read_are_found_over_an_index_of_them():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    plan = Watch.objects.filter(outcome=Outcome.FAILED).explain()

    assert "watch_unread" in plan, plan

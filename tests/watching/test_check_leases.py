"""One worker at a time, and nothing lost whatever ends it."""

import uuid
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import IntegrityError, connection, models

from stories.models import Blob, Check, Host, Snapshot, Verdict, Watch
from stories.watching import check, record
from stories.watching.archive import pack_copies
from stories.watching.check import check_watches
from stories.watching.due import adopt_sources, due_watches, look_soon
from stories.watching.read import read
from tests.factories import CitationFactory, SourceFactory, VerdictFactory
from tests.watching.looking import PASSAGE, Clock, page


def test_a_watch_that_another_worker_holds_is_left_to_it(cited, site):
    """Invariant 2."""
    now = cited.clock()
    Watch.objects.take_leases(now=now, until=now + timedelta(minutes=1))

    checks = list(check_watches([cited.watch], now=cited.clock))

    assert checks == []
    assert site.asked == []


def test_a_watch_whose_worker_died_is_looked_at_when_its_lease_has_expired(cited):
    """Invariants 1 and 2."""
    now = cited.clock()
    Watch.objects.take_leases(now=now, until=now + timedelta(minutes=1))
    cited.put(PASSAGE)
    cited.clock.advance(minutes=1)

    assert [check.outcome for check in check_watches([cited.watch], now=cited.clock)] == ["unchanged"]


def test_the_same_watch_twice_in_a_batch_is_looked_at_once(cited, site):
    """Invariant 2."""
    cited.put(PASSAGE)

    checks = list(check_watches([cited.watch, cited.watch], now=cited.clock))

    assert len(checks) == 1
    assert len(site.asked_for(cited.path)) == 1


def test_a_lease_lasts_twice_as_long_as_a_fetch_may(cited, settings):
    settings.WATCH_TOTAL_SECONDS = 20
    seen = []

    cited.look_while(lambda: seen.append(cited.watch.leased_until))

    assert seen == [cited.clock() + timedelta(seconds=40)]


def test_a_host_is_kept_as_long_as_its_slowest_page(cited, settings):
    settings.WATCH_TOTAL_SECONDS = 120
    seen = []

    cited.look_while(lambda: seen.append(Host.objects.get().leased_until))

    assert seen == [cited.clock() + timedelta(seconds=240)]


@pytest.mark.django_db
def test_leases_are_kept_while_heavy_pages_are_judged(site, monkeypatch):
    """Invariant 2."""
    clock, free = Clock(), []
    pages = [SourceFactory(url=site.put(f"/{number}", page(PASSAGE))) for number in range(4)]
    adopt_sources(now=clock())

    def read_slowly(*arguments: Any, **named: Any) -> Any:
        clock.advance(seconds=50)
        held = Watch.objects.filter(lease__isnull=False, leased_until__lte=clock())
        free.extend([*held, *Host.objects.filter(leased_until__lte=clock())])
        return read(*arguments, **named)

    monkeypatch.setattr(check, "read", read_slowly)

    checks = list(check_watches(Watch.objects.filter(source__in=pages), now=clock))

    assert len(checks) == 4
    assert free == []


def test_a_check_gives_its_lease_back(cited):
    cited.look()

    assert cited.watch.lease is None
    assert cited.watch.leased_until is None


def test_who_has_lost_the_lease_writes_nothing(read_once):
    """Invariant 2."""
    read_once.put("Something else.")
    before = Check.objects.count()
    other = uuid.uuid4()

    checks = read_once.look_while(lambda: Watch.objects.update(lease=other))

    assert checks == []
    assert Check.objects.count() == before
    assert Snapshot.objects.count() == 1
    assert read_once.watch.lease == other


def test_what_was_fetched_under_a_lost_lease_is_not_even_judged(read_once, caplog):
    """Invariant 2."""
    read_once.put("Something else.")
    models.QuerySet(Blob).update(packed=b"not a compressed page")

    def lose_the_lease() -> None:
        read_once.clock.advance(minutes=2)
        Watch.objects.update(lease=uuid.uuid4())

    assert read_once.look_while(lose_the_lease) == []
    assert caplog.text == ""


@pytest.mark.parametrize("seconds", [39, -3600], ids=["39 seconds later", "by a clock set back by an hour"])
def test_the_lease_is_renewed_when_the_judging_begins(read_once, settings, monkeypatch, seconds):
    """Invariant 2: an answer may wait long behind a heavy page."""
    settings.WATCH_TOTAL_SECONDS = 20
    read_once.put("Something else.")
    seen = []

    def judge(*args: Any, **kwargs: Any) -> Any:
        seen.append(read_once.watch.leased_until)
        return read(*args, **kwargs)

    monkeypatch.setattr(check, "read", judge)
    read_once.look_while(lambda: read_once.clock.advance(seconds=seconds))

    assert seen == [read_once.clock() + timedelta(seconds=40)]


def test_a_look_at_an_address_that_was_changed_meanwhile_is_dropped(read_once):
    url = read_once.site.put("/new", page(PASSAGE, "This copy stands at another address."))

    def edit() -> None:
        read_once.source.url = url
        read_once.source.save()

    checks = read_once.look_while(edit)

    assert checks == []
    assert read_once.watch.lease is None
    assert read_once.look().snapshot.url == url


def test_a_source_deleted_meanwhile_is_no_error(cited):
    checks = cited.look_while(lambda: cited.source.delete())

    assert checks == []


def test_whoever_asks_for_a_look_while_one_is_under_way_gets_it(read_once):
    def ask() -> None:
        look_soon([read_once.source], now=read_once.clock())

    read_once.clock.advance(hours=3)
    read_once.look_while(ask)

    assert due_watches(now=read_once.clock(), limit=1) == [read_once.watch]


def test_a_source_that_is_watched_no_longer_stays_so_when_its_look_ends(read_once):
    def stop() -> None:
        read_once.source.is_watched = False
        read_once.source.save()
        adopt_sources(now=read_once.clock())

    read_once.look_while(stop)

    assert read_once.watch.due_at is None


def test_leases_are_given_back_when_the_caller_stops_listening_and_no_others(site, db):
    """Invariants 1 and 2."""
    clock = Clock()
    SourceFactory(url=site.put("/first", page(PASSAGE)))
    for path in ("/second", "/third"):
        SourceFactory(url=site.put(path, page(PASSAGE), until=Event()))
    adopt_sources(now=clock())
    checks = check_watches(list(Watch.objects.all()), now=clock)
    next(checks)
    taken = due_watches(now=clock() + timedelta(hours=1), limit=1)
    Watch.objects.filter(pk=taken[0].pk).update(lease=uuid.uuid4())

    checks.close()

    assert list(Watch.objects.filter(lease__isnull=False)) == taken
    assert len(due_watches(now=clock(), limit=10)) == 1


def test_a_look_is_written_whole_or_not_at_all(read_once, monkeypatch):
    """Invariant 1."""
    read_once.put("Something else.")
    before = read_once.watch

    def killed(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(record, "write_watches", killed)
    with pytest.raises(KeyboardInterrupt):
        read_once.look()

    assert Check.objects.count() == 1
    assert Verdict.objects.count() == 1
    assert Snapshot.objects.count() == 1
    assert read_once.watch.due_at == before.due_at
    assert read_once.watch.lease is None


def test_one_source_that_cannot_be_judged_harms_no_other(site, db, caplog):
    """Invariant 6."""
    clock = Clock()
    urls = [site.put(f"/{number}", page(PASSAGE, noise=str(number))) for number in range(3)]
    sources = [SourceFactory(url=url) for url in urls]
    adopt_sources(now=clock())
    list(check_watches(list(Watch.objects.all()), now=clock))
    damaged = Blob.objects.filter(snapshots__source=sources[1])
    models.QuerySet(Blob).filter(pk__in=damaged).update(packed=b"not a compressed page")
    for number in range(3):
        site.put(f"/{number}", page(PASSAGE, noise="new"))
    clock.advance(hours=1)

    checks = {check.source_id: check for check in check_watches(list(Watch.objects.all()), now=clock)}

    assert (checks[sources[1].pk].outcome, checks[sources[1].pk].reason) == ("failed", "damaged_copy")
    assert {checks[source.pk].is_confirmed for source in sources} == {True}
    assert {checks[sources[n].pk].outcome for n in (0, 2)} <= {"unchanged", "noise"}
    assert "is damaged" in caplog.text
    assert not Watch.objects.filter(lease__isnull=False).exists()


def test_a_batch_of_misbehaving_servers_harms_none_of_the_good_ones(site, db, settings, loop_clock):
    """Invariant 6."""
    clock = Clock()
    bad = [
        site.put("/slow", page(PASSAGE), until=Event()),
        site.put("/cut", page(PASSAGE), is_cut_short=True),
        site.put("/loop", status=302, headers={"Location": "/loop"}),
        site.put("/nested", "<div>" * 200_000),
        site.put("/bytes", bytes(range(256)) * 400, headers={"Content-Type": "application/octet-stream"}),
        site.put("/large", "x", headers={"Content-Encoding": "gzip"}),
        "http://127.0.0.1:9/",
    ]
    good = [site.put(f"/good/{number}", page(PASSAGE)) for number in range(3)]
    for url in [*bad, *good]:
        SourceFactory(url=url)
    adopt_sources(now=clock())

    checks = {}
    for looked in check_watches(Watch.objects.all(), now=clock):
        checks[looked.source.url] = looked
        if len(checks) == len([*bad, *good]) - 1:
            loop_clock.advance(seconds=settings.WATCH_TOTAL_SECONDS)

    assert checks[bad[0]].reason == "timeout"
    assert {checks[url].outcome for url in good} == {"unchanged"}
    assert set(checks) == {*bad, *good}
    for url in bad:
        assert checks[url].outcome in ("failed", "blocked"), url
        assert checks[url].explanation
        assert checks[url].reason != "internal_error"
    assert not Watch.objects.filter(lease__isnull=False).exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="A trigger of SQLite refuses it")
def test_what_cannot_be_written_down_of_one_source_is_written_of_the_others(site, db):
    """Invariant 6: and of that one, that it could not be."""
    clock = Clock()
    sources = [SourceFactory(url=site.put(f"/{number}", page(PASSAGE))) for number in range(3)]
    adopt_sources(now=clock())
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON stories_check "
            f"WHEN NEW.source_id = {sources[1].pk} AND NEW.reason <> 'internal_error' "
            "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )

    list(check_watches(list(Watch.objects.all()), now=clock))

    found = dict(Check.objects.values_list("source_id", "outcome"))
    assert [found[source.pk] for source in sources] == ["unchanged", "failed", "unchanged"]
    assert not Watch.objects.filter(lease__isnull=False).exists()


def test_a_verdict_that_is_written_at_the_second_attempt_may_find_its_key_taken(site, db, monkeypatch):
    """Invariant 1: nothing is lost to another worker that wrote in between."""
    clock = Clock()
    sources = [SourceFactory(url=site.put(f"/{number}", page(PASSAGE))) for number in range(2)]
    citation = CitationFactory(source=sources[0], exact=PASSAGE)
    adopt_sources(now=clock())
    write, attempts = record.write_watches, list[int]()

    def refused_together(pairs: Any) -> None:
        attempts.append(len(pairs))
        if len(pairs) > 1:
            raise IntegrityError("refused")
        write(pairs)

    def packed(copies: Any) -> Any:
        if attempts == [2]:
            VerdictFactory()
        return pack_copies(copies)

    monkeypatch.setattr(record, "write_watches", refused_together)
    monkeypatch.setattr(record, "pack_copies", packed)

    checks = list(check_watches(list(Watch.objects.all()), now=clock))

    assert [check.reason for check in checks] == ["first_copy", "first_copy"]
    assert citation.verdicts.get().verdict == "verbatim"

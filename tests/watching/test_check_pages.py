"""How a check ends for the page, and when that is news."""

import logging
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from stories.models import Check, Snapshot, Verdict, Watch
from stories.watching.check import check_watches
from stories.watching.due import adopt_sources, due_watches
from stories.watching.fetch import AT_ONCE_PER_HOST
from tests.factories import CheckFactory, CitationFactory, SourceFactory, VerdictFactory
from tests.watching.looking import (
    ABOUT,
    OTHER_PASSAGE,
    PASSAGE,
    REWORDED,
    REWORDED_AGAIN,
    Clock,
    page,
    words,
)


def news() -> list[str]:
    return [check.outcome for check in Check.objects.untold().order_by("pk")]


@pytest.mark.parametrize(("seconds", "told"), [(1.5, 1_500), (-3_600, 0)], ids=["later", "set back"])
def test_a_check_says_how_long_it_took(seconds: float, told: int, cited, site):
    cited.put(PASSAGE)

    def now() -> datetime:
        return cited.clock() + timedelta(seconds=seconds if site.asked else 0)

    [check] = check_watches([cited.watch], now=now)

    assert (check.started_at, check.duration_ms) == (cited.clock(), told)


def test_the_first_copy_becomes_the_baseline(cited):
    cited.put(PASSAGE)

    check = cited.look()

    assert check.outcome == "unchanged"
    assert check.snapshot.body == page(PASSAGE).encode()
    assert cited.watch.snapshot == check.snapshot
    assert news() == []


def test_the_same_bytes_are_unchanged_and_stored_once(read_once):
    before = read_once.watch

    check = read_once.look()

    assert check.outcome == "unchanged"
    assert check.snapshot == before.snapshot
    assert Snapshot.objects.count() == 1
    assert not check.verdicts.exists()
    watch = read_once.watch
    assert watch.read_at == watch.checked_at == read_once.clock()
    assert (watch.due_at - read_once.clock()).total_seconds() == 3600


def test_a_page_that_was_not_modified_is_unchanged(cited):
    cited.cite()
    cited.site.put(cited.path, page(PASSAGE), headers={"ETag": '"one"'})
    cited.look()

    check = cited.look()

    assert check.status == 304
    assert check.outcome == "unchanged"
    assert [asked.headers.get("if-none-match") for asked in cited.site.asked_for(cited.path)] == [
        None,
        '"one"',
    ]
    assert cited.watch.etag == '"one"'


def test_the_whole_page_is_asked_for_where_a_passage_was_never_judged(cited):
    cited.site.put(cited.path, page(PASSAGE), headers={"ETag": '"one"'})
    cited.look()
    cited.cite()

    cited.look()

    assert "if-none-match" not in cited.site.asked_for(cited.path)[-1].headers


def test_a_passage_cited_while_the_page_was_asked_for_is_judged_by_the_next_look(cited):
    cited.site.put(cited.path, page(PASSAGE), headers={"ETag": '"one"'})
    cited.look()
    (check,) = cited.look_while(cited.cite)
    assert check.status == 304

    check = cited.look()

    assert words(check.verdicts.all()) == [("verbatim", True, False)]


def test_noise_tells_nobody_and_the_new_copy_becomes_the_baseline(read_once):
    read_once.put(PASSAGE, OTHER_PASSAGE, noise="c0ffee")

    check = read_once.look()

    assert check.outcome in ("noise", "unchanged")
    assert check.is_confirmed
    assert news() == []
    assert not Verdict.objects.untold().exists()


def test_a_meaningful_change_beside_the_passage_is_news_after_a_second_look(read_once):
    """Invariant 7."""
    read_once.put(PASSAGE, "Dogs are no longer allowed on board, and bicycles cost nine euros each way.")

    first, second = read_once.looks(2)

    assert (first.outcome, first.is_confirmed, first.is_news) == ("changed", False, False)
    assert (second.outcome, second.is_confirmed, second.is_news) == ("changed", True, True)
    assert second.baseline.body == page(PASSAGE, OTHER_PASSAGE).encode()
    assert read_once.watch.snapshot == second.snapshot


def test_a_change_of_the_page_is_told_once(read_once):
    read_once.put(PASSAGE, "Dogs are no longer allowed on board, and bicycles cost nine euros each way.")

    read_once.looks(4)

    assert news() == ["changed"]


def test_a_page_that_was_removed_for_good_is_gone_at_once(read_once):
    """Invariant 7."""
    read_once.site.put(read_once.path, "Removed.", status=410)

    check = read_once.look()

    assert (check.outcome, check.is_confirmed, check.is_news) == ("gone", True, True)
    assert words(check.verdicts.all()) == [("unreadable", True, False)]


def test_a_page_that_was_away_for_one_look_only_is_not_gone(read_once):
    """Invariant 7."""
    read_once.site.put(read_once.path, "Not here.", status=404)
    read_once.look()
    read_once.put(PASSAGE, OTHER_PASSAGE)

    check = read_once.look()

    assert check.outcome == "unchanged"
    assert news() == []
    assert not read_once.watch.is_suspected


def test_a_page_that_fails_between_being_gone_and_gone_is_still_told_once(read_once):
    for status in (410, 503, 404, 410):
        read_once.site.put(read_once.path, "No.", status=status)
        read_once.look()

    assert news() == ["gone"]


def test_a_page_that_comes_back_as_quoted_is_news_after_a_second_look(read_once):
    read_once.site.put(read_once.path, "Removed.", status=410)
    read_once.look()
    read_once.put(PASSAGE, OTHER_PASSAGE)

    first, second = read_once.looks(2)

    assert words(first.verdicts.all()) == [("verbatim", False, False)]
    assert words(second.verdicts.all()) == [("verbatim", True, True)]
    assert not first.is_confirmed
    assert not read_once.watch.is_suspected


def test_a_page_that_is_gone_comes_back_and_is_gone_again_at_the_second_look_is_told_once(read_once):
    for status in (410, 200, 404, 404):
        read_once.site.put(read_once.path, page(PASSAGE, OTHER_PASSAGE), status=status)
        read_once.look()

    assert news() == ["gone"]
    assert not Verdict.objects.untold().exists()


def test_a_page_that_moved_for_good_is_told_once_with_its_new_address(read_once):
    new = read_once.site.put("/moved-here", page(PASSAGE, OTHER_PASSAGE))
    read_once.site.put(read_once.path, status=301, headers={"Location": "/moved-here"})

    checks = read_once.looks(3)

    assert {check.outcome for check in checks} == {"moved"}
    assert [check.is_news for check in checks] == [False, True, False]
    assert new in checks[1].explanation


def test_a_page_that_moves_on_is_told_again(read_once):
    for path in ("/first", "/second"):
        read_once.site.put(path, page(PASSAGE, OTHER_PASSAGE))
        read_once.site.put(read_once.path, status=308, headers={"Location": path})
        read_once.looks(2)

    assert news() == ["moved", "moved"]


def test_a_move_that_is_taken_back_at_once_is_told_to_nobody(read_once):
    """Invariant 7."""
    read_once.site.put("/moved-here", page(PASSAGE, OTHER_PASSAGE))
    read_once.site.put(read_once.path, status=301, headers={"Location": "/moved-here"})
    first = read_once.look()
    read_once.put(PASSAGE, OTHER_PASSAGE)

    second = read_once.look()

    assert (first.outcome, first.is_confirmed) == ("moved", False)
    assert (second.outcome, second.is_confirmed) == ("unchanged", True)
    assert news() == []


def test_a_page_that_moves_to_and_fro_is_told_once(read_once):
    """Invariant 7."""
    read_once.site.put("/moved-here", page(PASSAGE, OTHER_PASSAGE))
    for _ in range(3):
        read_once.site.put(read_once.path, status=301, headers={"Location": "/moved-here"})
        read_once.looks(2)
        read_once.put(PASSAGE, OTHER_PASSAGE)
        read_once.looks(2)

    assert news() == ["moved"]


def test_a_page_that_moved_and_reads_differently_there_is_told_of_both(read_once):
    read_once.site.put("/moved-here", page(REWORDED, OTHER_PASSAGE))
    read_once.site.put(read_once.path, status=301, headers={"Location": "/moved-here"})

    first, second = read_once.looks(2)

    assert not first.is_news
    assert words(first.verdicts.all()) == [("altered", False, False)]
    assert second.is_news
    assert words(second.verdicts.all()) == [("altered", True, True)]


def test_a_copy_of_another_address_is_no_baseline(read_once):
    source = read_once.source
    source.url = read_once.site.put("/elsewhere", page("A quite different page about the weather.", PASSAGE))
    source.save()

    check = read_once.look()

    assert check.baseline is None
    assert check.outcome == "unchanged"
    assert read_once.watch.snapshot.url == source.url


def read_with_an_older_extractor() -> None:
    QuerySet(Snapshot).update(extractor_version="an older one")
    Watch.objects.update(read_with="an older one")


def test_an_upgrade_of_the_extractor_tells_nobody(read_once):
    """Invariant 7: the stored copy is read again first, and what differs then is no change of the page."""
    read_with_an_older_extractor()
    VerdictFactory(
        citation=read_once.source.citations.get(),
        found_by=CheckFactory(source=read_once.source, outcome="unchanged"),
        verdict="missing",
        is_news=False,
    )

    check = read_once.look()

    assert check.outcome == "unchanged"
    assert words(check.verdicts.all()) == [("verbatim", True, False)]
    assert not Verdict.objects.untold().exists()
    assert not read_once.watch.is_suspected


def test_after_an_upgrade_of_the_extractor_the_stored_copy_is_read_again_once(read_once, monkeypatch):
    """Until the page changes it would otherwise be extracted anew at every look."""
    read_with_an_older_extractor()
    read_once.look()
    monkeypatch.setattr(Snapshot, "body", property(lambda copy: pytest.fail("the copy was read again")))

    check = read_once.look()

    assert check.outcome == "unchanged"


def test_a_server_is_taken_at_its_word_for_a_day_that_a_page_has_not_changed(cited):
    """Invariant 7: some send the same ETag with another page."""
    cited.cite()
    cited.site.put(cited.path, page(PASSAGE), headers={"ETag": '"one"'})
    cited.look()
    cited.site.put(cited.path, page(REWORDED), headers={"ETag": '"one"'})

    statuses = {cited.look().status for _ in range(20)}
    cited.clock.advance(days=1)
    check = cited.look()

    assert statuses == {304}
    assert (check.status, words(check.verdicts.all())) == (200, [("altered", False, False)])


def test_a_page_without_citations_is_watched_all_the_same(cited):
    cited.site.put(cited.path, f"<title>x</title>{ABOUT}<p>One thing.</p>")

    assert cited.look().outcome == "unchanged"


def test_nothing_is_logged_as_an_error_by_an_ordinary_look(read_once, caplog):
    caplog.set_level(logging.WARNING)

    read_once.look()

    assert not caplog.records


def test_verdicts_of_a_confidential_source_are_written_like_any_other(cited):
    cited.source.is_confidential = True
    cited.source.save()
    CitationFactory(source=cited.source, exact=PASSAGE)
    cited.put(PASSAGE)

    assert cited.look().verdicts.count() == 1


def test_a_real_change_is_told_even_if_the_extractor_was_upgraded_meanwhile(read_once):
    read_with_an_older_extractor()
    read_once.put(REWORDED, OTHER_PASSAGE)

    first, second = read_once.looks(2)

    assert words(first.verdicts.all()) == [("altered", False, False)]
    assert words(second.verdicts.all()) == [("altered", True, True)]


def test_a_validator_that_is_too_long_to_keep_is_not_sent_back(cited):
    cited.site.put(cited.path, page(PASSAGE), headers={"ETag": f'"{"x" * 600}"'})

    cited.looks(2)

    assert cited.watch.etag == ""
    assert "if-none-match" not in cited.site.asked[-1].headers


def test_a_document_with_half_characters_can_be_judged(cited):
    """Invariant 6: JSON can spell what no database takes."""
    cited.cite("the ferry sails on every day of the week")
    body = '{"notice": "the ferry \\ud800 sails \\u0000 on every second day of the week"}'
    cited.site.put(cited.path, body, headers={"Content-Type": "application/json"})

    check = cited.look()

    assert check.outcome == "unchanged"
    assert check.verdicts.get().verdict == "altered"


def test_a_batch_that_finds_nothing_new_costs_as_few_queries_as_one_look(
    site, db, monkeypatch, django_assert_num_queries
):
    """Leases; watches; lock, checks counted, watches, tally; two transactions of two marks each.

    And its hosts are found, taken, read and given back. Where rows can be locked, the sources are locked before.
    """
    locks = int(connection.features.has_select_for_update)
    monkeypatch.setattr("stories.watching.fetch.GATHER_SECONDS", 30)
    clock = Clock()
    for number in range(AT_ONCE_PER_HOST):
        CitationFactory(source=SourceFactory(url=site.put(f"/{number}", page(PASSAGE))), exact=PASSAGE)
    adopt_sources(now=clock())
    for _ in range(2):
        list(check_watches(due_watches(now=clock(), limit=9), now=clock))
        clock.advance(hours=9)
    due = due_watches(now=clock(), limit=9)

    with django_assert_num_queries(11 + locks + 5):
        checks = list(check_watches(due, now=clock))

    assert [check.reason for check in checks] == ["same_bytes"] * AT_ONCE_PER_HOST


def test_pages_that_change_again_cost_no_query_for_each(site, db, monkeypatch):
    """What each said before is asked for at once."""
    monkeypatch.setattr("stories.watching.fetch.GATHER_SECONDS", 30)
    clock = Clock()

    def looks_at(keys: list[int]) -> int:
        watches = Watch.objects.filter(source__in=keys).select_related("source")
        with CaptureQueriesContext(connection) as asked:
            checks = list(check_watches(watches, now=clock))
        assert len(checks) == len(keys)
        clock.advance(hours=1)
        return len(asked)

    def asked_for(*names: str) -> int:
        """How many queries the second look at a second change takes."""
        sources = [SourceFactory(url=site.url(name)) for name in names]
        keys = [source.pk for source in sources]
        for source in sources:
            CitationFactory(source=source, exact=PASSAGE)
        adopt_sources(now=clock())
        queries = 0
        for told in ((), (OTHER_PASSAGE,), (OTHER_PASSAGE,), (REWORDED_AGAIN,), (REWORDED_AGAIN,)):
            for name in names:
                site.put(name, page(PASSAGE, *told, title=name))
            queries = looks_at(keys)
        newest = Check.objects.filter(source__in=keys).order_by("-pk")[: len(names)]
        assert [(check.outcome, check.is_confirmed) for check in newest] == [("changed", True)] * len(names)
        return queries

    assert asked_for("/one") == asked_for(*(f"/of-several/{number}" for number in range(AT_ONCE_PER_HOST)))

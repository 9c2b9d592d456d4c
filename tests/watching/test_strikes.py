"""A page is lost by strikes and not by one bad day: three looks at least a day apart, or a 410."""

import socket

import pytest

from stories.models import Check, Verdict
from tests.watching.looking import CHALLENGE, OTHER_PASSAGE, PASSAGE, REWORDED, CitedPage, page, words

HOME = {"status": 302, "headers": {"Location": "/"}}
DEAD = {
    "not found": {"text": "Not here.", "status": 404},
    "soft 404": {
        "text": "<title>Page not found</title><h1>Page not found</h1><p>Sorry, this page does not exist.</p>"
    },
    "home page": {"text": "", **HOME},
}
UNREAD = {
    "server error": {"text": "Oops.", "status": 500},
    "challenge": {"text": CHALLENGE, "status": 403},
    "empty": {"text": ""},
}


@pytest.fixture
def lost(read_once: CitedPage) -> CitedPage:
    read_once.site.put("/", page("Welcome to the harbour. Read the latest news.", title="Harbour board"))
    read_once.site.put(read_once.path, "Not here.", status=404)
    return read_once


def look_daily(cited: CitedPage, count: int) -> list[Check]:
    checks = []
    for _ in range(count):
        checks.append(cited.look())
        cited.clock.advance(days=1)
    return checks


def news() -> list[str]:
    return list(Check.objects.untold().order_by("pk").values_list("outcome", flat=True))


@pytest.mark.parametrize("answer", DEAD.values(), ids=DEAD.keys())
def test_a_page_is_gone_at_the_third_strike(lost, answer):
    """Invariant 7."""
    lost.site.put(lost.path, **answer)

    first, second, third = look_daily(lost, 3)

    for check in (first, second):
        assert (check.outcome, check.is_confirmed, check.is_news) == ("gone", False, False)
        assert not check.verdicts.exists()
    assert (third.outcome, third.is_confirmed, third.is_news) == ("gone", True, True)
    assert words(third.verdicts.all()) == [("unreadable", True, False)]
    assert lost.watch.is_lost


def test_looks_on_one_day_are_one_strike(lost):
    for _ in range(10):
        lost.look()
        lost.clock.advance(minutes=1)
        lost.watch.__class__.objects.update(due_at=lost.clock())

    assert lost.watch.strike_count == 1
    assert news() == []
    assert Verdict.objects.standing().get().verdict == "verbatim"


def test_the_schedule_comes_to_three_strikes_by_itself(lost):
    checks = []
    while not lost.watch.is_lost:
        checks.append(lost.look())

    assert (checks[-1].started_at - checks[0].started_at).days in (2, 3)
    assert len(checks) < 15


def test_any_success_clears_them(lost):
    look_daily(lost, 2)
    lost.put(PASSAGE, OTHER_PASSAGE)
    lost.look()
    lost.site.put(lost.path, "Not here.", status=404)

    look_daily(lost, 2)

    assert lost.watch.strike_count == 2
    assert news() == []


def test_a_page_that_stays_gone_is_told_once(lost):
    look_daily(lost, 6)

    assert news() == ["gone"]
    assert [verdict for verdict, _, _ in words(Verdict.objects.all())] == ["verbatim", "unreadable"]


@pytest.mark.parametrize("answer", UNREAD.values(), ids=UNREAD.keys())
def test_a_page_that_cannot_be_read_for_days_is_told_once(lost, answer):
    lost.site.put(lost.path, **answer)

    checks = look_daily(lost, 6)

    assert [check.is_news for check in checks] == [False, False, True, False, False, False]
    assert checks[2].outcome in ("blocked", "failed")
    assert words(checks[2].verdicts.all()) == [("unreadable", True, False)]


def test_what_could_not_be_read_and_is_then_not_found_is_told_again(lost):
    lost.site.put(lost.path, "Oops.", status=500)
    look_daily(lost, 3)
    lost.site.put(lost.path, "Not here.", status=404)
    look_daily(lost, 2)

    assert news() == ["failed", "gone"]


def test_what_could_not_be_read_for_days_and_is_as_quoted_again_is_news(lost):
    lost.site.put(lost.path, "Oops.", status=500)
    look_daily(lost, 3)
    lost.put(PASSAGE, OTHER_PASSAGE)

    lost.looks(2)

    assert [verdict.verdict for verdict in Verdict.objects.untold()] == ["verbatim"]
    assert not lost.watch.is_lost


def test_a_day_without_the_page_between_two_looks_keeps_the_suspicion(lost):
    lost.put(REWORDED)
    lost.look()
    lost.site.put(lost.path, "Not here.", status=404)
    lost.look()
    lost.put(REWORDED)
    lost.look()

    assert [verdict.wording for verdict in Verdict.objects.untold()] == [REWORDED]


@pytest.mark.parametrize(
    ("errno", "outcomes"),
    [
        (socket.EAI_NONAME, ["failed", "failed", "gone"]),
        # Nobody could be asked, which may well be our own trouble.
        (socket.EAI_AGAIN, ["failed", "failed", "failed"]),
    ],
)
def test_a_name_that_no_longer_exists_is_gone_in_the_end(lost, monkeypatch, errno, outcomes):
    def no_answer(_name: str) -> list[str]:
        raise socket.gaierror(errno, "no answer")

    monkeypatch.setattr("stories.web.guard.system_addresses", no_answer)
    lost.source.url = "http://harbour.example/notice"
    lost.source.save()

    checks = look_daily(lost, 3)

    assert [check.outcome for check in checks] == outcomes
    assert checks[-1].is_news
    assert "harbour.example" in checks[-1].explanation

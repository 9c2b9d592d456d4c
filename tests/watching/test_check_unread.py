"""Looks that bring no copy to be believed: they touch nothing that stands, and are tried again ever later."""

import pytest

from stories.models import Check, Verdict
from tests.watching.looking import CHALLENGE, OTHER_PASSAGE, PASSAGE, REWORDED, page

NOT_BELIEVED = {
    "challenge": {"text": CHALLENGE},
    "challenge with 403": {"text": CHALLENGE, "status": 403},
    "log-in": {"text": "Please log in.", "status": 401},
    "empty": {"text": ""},
    "cut short": {"text": page(REWORDED), "is_cut_short": True},
    "error": {"text": "Oops.", "status": 500},
    "too many": {"text": "Slow down.", "status": 429},
    "loop": {"text": "", "status": 302, "headers": {"Location": "/notice"}},
    "inside": {"text": "", "status": 302, "headers": {"Location": "http://127.0.0.1:1/"}},
    "bomb": {"text": b"not gzip at all", "headers": {"Content-Encoding": "gzip"}},
}


@pytest.mark.parametrize("answer", NOT_BELIEVED.values(), ids=NOT_BELIEVED.keys())
def test_a_copy_that_is_not_believed_changes_nothing_that_stands(read_once, answer):
    """Invariants 6 and 7: it never becomes the baseline, touches no verdict, tells nobody, and backs off."""
    before = read_once.watch
    read_once.site.put(read_once.path, **answer)

    first, second = read_once.looks(2)

    for check in (first, second):
        assert check.outcome in ("blocked", "failed")
        assert check.reason
        assert check.explanation.endswith(".")
        assert not check.verdicts.exists()
        assert check.snapshot is None
    watch = read_once.watch
    assert watch.snapshot == before.snapshot
    assert watch.read_at == before.read_at
    assert watch.failure_count == 2
    assert (watch.due_at - read_once.clock()).total_seconds() == 4 * 3600
    assert not Check.objects.untold().exists()


def test_a_challenge_is_no_first_baseline_either(cited):
    cited.cite()
    cited.site.put(cited.path, CHALLENGE)

    check = cited.look()

    assert check.outcome == "blocked"
    assert cited.watch.snapshot is None
    assert not Verdict.objects.exists()


def test_the_server_may_ask_for_a_longer_wait(read_once):
    read_once.site.put(read_once.path, "Busy.", status=503, headers={"Retry-After": "20000"})

    read_once.look()

    assert (read_once.watch.due_at - read_once.clock()).total_seconds() == 20_000


def test_a_success_ends_the_back_off(read_once):
    read_once.site.put(read_once.path, "Oops.", status=500)
    read_once.looks(3)
    read_once.put(PASSAGE, OTHER_PASSAGE)

    read_once.look()

    watch = read_once.watch
    assert watch.failure_count == 0
    assert (watch.due_at - read_once.clock()).total_seconds() == 3600


def test_a_failure_between_the_two_looks_keeps_the_suspicion(read_once):
    for answer, status in ((page(REWORDED), 200), ("Oops.", 500), (page(REWORDED), 200)):
        read_once.site.put(read_once.path, answer, status=status)
        read_once.look()

    assert [verdict.wording for verdict in Verdict.objects.untold()] == [REWORDED]


def test_a_refused_connection_is_a_failure_with_a_sentence(read_once):
    source = read_once.source
    source.url = "http://127.0.0.1:9/"
    source.save()

    check = read_once.look()

    assert check.outcome == "failed"
    assert check.explanation


def test_loopback_is_refused_where_the_setting_is_empty(read_once, settings):
    """Invariant 6."""
    settings.WATCH_ALLOWED_PRIVATE = []
    asked_before = len(read_once.site.asked)

    check = read_once.look()

    assert check.outcome == "failed"
    assert check.explanation
    assert len(read_once.site.asked) == asked_before

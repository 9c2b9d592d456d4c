"""What is taken for alternating, and what is only a change that came back after a long time."""

from datetime import timedelta

from stories.models import Watch
from stories.watching.known import known_under
from tests.factories import VerdictFactory
from tests.watching.looking import OTHER_PASSAGE, PASSAGE, REWORDED, REWORDED_AGAIN, CitedPage
from tests.watching.test_check_passages import news, put_and_read

NEW_RULE = "Dogs are no longer allowed on board, and bicycles cost nine euros each way."


def look_at(cited: CitedPage, *passages: str, days: float = 0, looks: int = 1) -> None:
    for passage in passages:
        cited.clock.advance(days=days)
        cited.put(passage, OTHER_PASSAGE)
        cited.looks(looks)


def alternating(cited: CitedPage) -> list[str]:
    verdicts = cited.source.citations.get().verdicts.filter(is_alternating=True, is_news=True)
    return [verdict.wording for verdict in verdicts]


def test_a_third_sighting_within_two_weeks_alternates(cited):
    """Invariant 7."""
    cited.cite()
    put_and_read(cited)

    look_at(cited, REWORDED, PASSAGE, REWORDED, PASSAGE, REWORDED, days=2)

    assert alternating(cited) == [REWORDED]
    assert not cited.watch.is_suspected


def test_sightings_far_apart_do_not(cited):
    """Invariant 7."""
    cited.cite()
    put_and_read(cited)

    look_at(cited, REWORDED, PASSAGE, REWORDED, PASSAGE, REWORDED, days=8)

    assert news() == []
    assert cited.watch.is_suspected


def test_three_different_wordings_do_not(cited):
    cited.cite()
    put_and_read(cited)

    look_at(cited, REWORDED, PASSAGE, REWORDED_AGAIN, PASSAGE, REWORDED)

    assert news() == []


def test_a_change_that_comes_back_after_weeks_is_told_as_a_change(cited):
    """Invariant 7."""
    cited.cite()
    put_and_read(cited)

    look_at(cited, REWORDED, PASSAGE, REWORDED, days=20, looks=2)

    assert news() == [("altered", REWORDED), ("verbatim", PASSAGE), ("altered", REWORDED)]
    assert alternating(cited) == []


def test_between_two_wordings_that_both_differ_from_the_quotation_it_is_the_newer_that_is_told(cited):
    cited.cite()
    put_and_read(cited)

    look_at(cited, REWORDED, REWORDED_AGAIN, REWORDED, REWORDED_AGAIN, looks=2)

    assert alternating(cited) == [REWORDED_AGAIN]


def test_a_passage_quoted_as_one_of_the_two_is_told_with_the_other(cited):
    """The alert shows the words that differ from the quotation, whichever was seen last."""
    cited.cite(REWORDED)
    put_and_read(cited)
    cited.look()

    look_at(cited, REWORDED, PASSAGE, REWORDED, looks=2)

    assert alternating(cited) == [PASSAGE]


def test_both_copies_of_a_page_that_alternates_are_kept(cited):
    """Invariant 8."""
    cited.cite()
    put_and_read(cited)
    look_at(cited, REWORDED, PASSAGE, REWORDED, looks=2)

    watch = cited.watch

    assert watch.is_alternating
    assert {PASSAGE.encode() in copy.body for copy in (watch.snapshot, watch.previous)} == {True, False}


def test_a_page_that_goes_on_alternating_and_changes_elsewhere_is_told(cited):
    """Invariant 7: what is new is never quiet."""
    cited.cite()
    put_and_read(cited)
    look_at(cited, REWORDED, PASSAGE, REWORDED, looks=2)
    cited.put(PASSAGE, NEW_RULE)

    checks = cited.looks(2)

    assert [(check.outcome, check.is_news) for check in checks] == [("changed", False), ("changed", True)]
    assert not cited.watch.is_alternating


def test_one_passage_that_is_never_at_rest_hides_no_other(cited):
    """The last verdicts are those of each passage, however many another has had since."""
    cited.cite()
    quiet = cited.cite(OTHER_PASSAGE)
    put_and_read(cited)
    restless = cited.source.citations.exclude(pk=quiet.pk).get()
    for _ in range(50):
        VerdictFactory(citation=restless, is_confirmed=False, is_news=False)

    known = next(iter(known_under(take_lease(cited), [cited.watch.pk], now=cited.clock()).values()))

    assert [verdict.verdict for verdict in known.recent_verdicts_on(quiet)] == ["verbatim"]
    assert len(known.recent_verdicts_on(restless)) == 20


def take_lease(cited):
    now = cited.clock() + timedelta(days=1)
    return Watch.objects.all().take_leases(now=now, until=now + timedelta(minutes=1))

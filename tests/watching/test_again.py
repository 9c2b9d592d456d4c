"""A second look takes the first one's judgement over, if it would have to judge on just the same ground."""

import pytest

from stories.models import Check, Citation, Verdict
from tests.watching.looking import OTHER_PASSAGE, REWORDED, REWORDED_AGAIN, CitedPage, words

#: Stands in what the first look wrote down in place of what it found, so that a judgement that was taken over is told.
TOLD = "The wording that the first look wrote down."


@pytest.fixture
def seen_once(read_once: CitedPage) -> CitedPage:
    """The cited passage was found altered, by one look."""
    read_once.put(REWORDED, OTHER_PASSAGE)
    check = read_once.look()
    assert not check.is_confirmed
    check.verdicts.update(wording=TOLD)
    return read_once


def latest(cited: CitedPage) -> Verdict:
    return Verdict.objects.filter(citation__source=cited.source).latest("pk")


def test_the_same_bytes_are_not_judged_again(seen_once: CitedPage) -> None:
    check = seen_once.look()

    assert (check.outcome, check.reason, check.is_confirmed) == ("changed", "content", True)
    assert words(Verdict.objects.all())[1:] == [("altered", False, False), ("altered", True, True)]
    assert latest(seen_once).wording == TOLD
    assert seen_once.watch.snapshot == check.snapshot


def test_a_passage_that_still_stands_gets_no_verdict(read_once: CitedPage) -> None:
    other = read_once.cite(OTHER_PASSAGE)
    read_once.look()
    read_once.put(REWORDED, OTHER_PASSAGE)
    read_once.looks(2)

    assert words(other.verdicts.all()) == [("verbatim", True, False)]
    assert Check.objects.latest("pk").is_confirmed


def test_other_bytes_are_judged(seen_once: CitedPage) -> None:
    seen_once.put(REWORDED_AGAIN, OTHER_PASSAGE)

    seen_once.look()

    assert latest(seen_once).wording == REWORDED_AGAIN


@pytest.mark.parametrize("edited", ["prefix", "suffix"])
def test_a_passage_whose_surroundings_were_edited_is_judged(seen_once: CitedPage, edited: str) -> None:
    Citation.objects.update(**{edited: "Ferry notice"})

    seen_once.look()

    assert latest(seen_once).wording == REWORDED


def test_a_passage_cited_meanwhile_is_judged(seen_once: CitedPage) -> None:
    other = seen_once.cite(OTHER_PASSAGE)

    seen_once.look()

    assert words(other.verdicts.all()) == [("verbatim", True, False)]
    assert latest(seen_once).wording != TOLD


def test_what_another_extractor_read_is_judged(seen_once: CitedPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stories.watching.again.EXTRACTOR_VERSION", "0")

    seen_once.look()

    assert latest(seen_once).wording == REWORDED

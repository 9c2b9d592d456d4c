"""What becomes of quoted passages, look by look."""

import pytest

from stories.models import Check, Citation, Snapshot, Verdict
from tests.factories import SourceFactory, VerdictFactory
from tests.watching.looking import (
    OTHER_PASSAGE,
    PASSAGE,
    REWORDED,
    REWORDED_AGAIN,
    CitedPage,
    marked_as_superseded,
    page,
    superseded,
    words,
)


def put_and_read(cited: CitedPage) -> None:
    cited.put(PASSAGE, OTHER_PASSAGE)
    cited.look()


def news() -> list[tuple[str, str]]:
    return [(verdict.verdict, verdict.wording) for verdict in Verdict.objects.untold().order_by("pk")]


def test_a_passage_that_is_there_is_confirmed_at_once_and_is_no_news(cited):
    cited.cite()
    cited.put(PASSAGE)

    check = cited.look()

    assert words(check.verdicts.all()) == [("verbatim", True, False)]
    assert check.is_confirmed
    assert not check.is_news


def test_an_altered_passage_is_only_suspected_at_the_first_look(cited):
    """Invariant 7."""
    cited.cite()
    put_and_read(cited)
    cited.put(REWORDED, OTHER_PASSAGE)
    baseline = cited.watch.snapshot

    check = cited.look()

    assert not check.is_confirmed
    assert words(check.verdicts.all()) == [("altered", False, False)]
    assert news() == []
    watch = cited.watch
    assert watch.is_suspected
    assert (watch.due_at - cited.clock()).total_seconds() == 60
    assert watch.snapshot == baseline


def test_an_altered_passage_seen_twice_is_news_with_its_wording(cited):
    """Invariant 7."""
    citation = cited.cite()
    put_and_read(cited)
    cited.put(REWORDED, OTHER_PASSAGE)

    _first, second = cited.looks(2)

    assert words(second.verdicts.all()) == [("altered", True, True)]
    assert news() == [("altered", REWORDED)]
    assert second.outcome == "changed"
    assert second.is_confirmed
    assert not second.is_news
    assert Verdict.objects.standing().get(citation=citation).found_by == second
    watch = cited.watch
    assert watch.snapshot == second.snapshot
    assert watch.changed_at == cited.clock()
    assert not watch.is_suspected


def test_the_confirmed_wording_is_that_of_the_second_look(cited):
    cited.cite()
    put_and_read(cited)
    cited.put(REWORDED, OTHER_PASSAGE)
    cited.look()
    cited.put(REWORDED_AGAIN, OTHER_PASSAGE)

    cited.look()

    assert news() == [("altered", REWORDED_AGAIN)]


def test_a_change_that_is_gone_at_the_second_look_is_dropped(cited):
    """Invariant 7."""
    cited.cite()
    put_and_read(cited)
    cited.put(REWORDED, OTHER_PASSAGE)
    cited.look()
    cited.put(PASSAGE, OTHER_PASSAGE)

    check = cited.look()

    assert check.is_confirmed
    assert news() == []
    assert not Check.objects.untold().exists()
    assert not cited.watch.is_suspected


def test_a_passage_that_flaps_and_then_changes_for_good_still_needs_two_looks(cited):
    """Invariant 7."""
    cited.cite()
    put_and_read(cited)
    for passage in (REWORDED, PASSAGE, REWORDED):
        cited.put(passage, OTHER_PASSAGE)
        cited.look()
        assert news() == []

    cited.look()

    assert news() == [("altered", REWORDED)]


def test_a_passage_that_stays_altered_is_told_once(cited):
    cited.cite()
    put_and_read(cited)
    cited.put(REWORDED, OTHER_PASSAGE)

    cited.looks(4)

    assert news() == [("altered", REWORDED)]


def test_an_altered_passage_that_reads_differently_again_is_news_again(cited):
    cited.cite()
    put_and_read(cited)
    for wording in (REWORDED, REWORDED_AGAIN):
        cited.put(wording, OTHER_PASSAGE)
        cited.looks(2)

    assert news() == [("altered", REWORDED), ("altered", REWORDED_AGAIN)]


def test_a_missing_passage_seen_twice_is_news(cited):
    """Invariant 7."""
    cited.cite()
    put_and_read(cited)
    cited.put(OTHER_PASSAGE)

    first, second = cited.looks(2)

    assert words(first.verdicts.all()) == [("missing", False, False)]
    assert words(second.verdicts.all()) == [("missing", True, True)]


def test_a_passage_that_is_as_quoted_again_is_news_after_a_second_look(cited):
    cited.cite()
    put_and_read(cited)
    cited.put(REWORDED, OTHER_PASSAGE)
    cited.looks(2)
    cited.put(PASSAGE, OTHER_PASSAGE)

    first, second = cited.looks(2)

    assert words(first.verdicts.all()) == [("verbatim", False, False)]
    assert words(second.verdicts.all()) == [("verbatim", True, True)]
    assert not second.is_news


def test_a_passage_that_was_never_there_is_news_after_a_second_look(cited):
    cited.cite("The harbour board was dissolved by a vote of nine to two.")
    cited.put(PASSAGE)

    first, second = cited.looks(2)

    assert words(first.verdicts.all()) == [("missing", False, False)]
    assert words(second.verdicts.all()) == [("missing", True, True)]
    assert cited.watch.snapshot == second.snapshot


def test_each_passage_needs_two_looks_of_its_own(cited):
    """Invariant 7."""
    cited.cite(PASSAGE)
    other = cited.cite(OTHER_PASSAGE)
    put_and_read(cited)
    cited.put(REWORDED, OTHER_PASSAGE)
    cited.look()
    cited.put(REWORDED)

    second, third = cited.look(), cited.look()

    assert words(second.verdicts.all()) == [("altered", True, True), ("missing", False, False)]
    assert words(third.verdicts.all()) == [("missing", True, True)]
    assert third.verdicts.get().citation == other


@pytest.mark.parametrize("noise", ["", "in other bytes"])
def test_a_passage_cited_later_is_judged_although_the_page_is_unchanged(cited, noise):
    cited.site.put(cited.path, page(PASSAGE), headers={"ETag": '"one"'})
    cited.look()
    citation = cited.cite()
    cited.site.put(cited.path, page(PASSAGE, noise=noise), headers={"ETag": f'"one{noise}"'})

    check = cited.look()

    assert check.outcome == "unchanged"
    assert words(citation.verdicts.all()) == [("verbatim", True, False)]


def test_a_verdict_on_a_passage_that_was_edited_counts_no_more(cited):
    citation = cited.cite("The ferry shall never sail on Sundays in the first week of April.")
    put_and_read(cited)
    cited.look()
    told = news()
    citation.exact = PASSAGE
    citation.save()

    check = cited.look()

    assert words(check.verdicts.all()) == [("verbatim", True, False)]
    assert news() == told


def test_a_citation_deleted_while_the_page_was_being_read_gets_no_verdict(cited):
    citation, other = cited.cite(), cited.cite(OTHER_PASSAGE)
    cited.put(PASSAGE, OTHER_PASSAGE)

    (check,) = cited.look_while(citation.delete)

    assert [verdict.citation for verdict in check.verdicts.all()] == [other]


def test_proposed_citations_are_not_judged(cited):
    citation = cited.cite()
    citation.claim = None
    citation.save()
    cited.put(PASSAGE)

    check = cited.look()

    assert not check.verdicts.exists()


def test_every_copy_that_carries_a_verdict_is_kept(cited):
    """Invariant 8."""
    cited.cite()
    for passage in (PASSAGE, REWORDED, REWORDED_AGAIN):
        cited.put(passage)
        cited.look()

    assert len(Verdict.objects.all()) == 3
    for verdict in Verdict.objects.all():
        kept = Snapshot.objects.get(pk=verdict.found_by.snapshot_id)
        assert (verdict.wording or verdict.passage).encode() in kept.body


@pytest.mark.parametrize("passage", [PASSAGE, REWORDED])
def test_several_stories_that_quote_one_source_each_get_their_verdict(cited, passage):
    citations = [cited.cite(), cited.cite()]
    put_and_read(cited)
    cited.put(passage, OTHER_PASSAGE)

    cited.looks(2)

    standing = Verdict.objects.standing().filter(citation__in=citations)
    assert {verdict.verdict for verdict in standing} == {"verbatim" if passage == PASSAGE else "altered"}
    assert len(standing) == 2


def test_what_was_suspected_at_another_address_confirms_nothing(cited):
    """Invariant 7: an editor corrected the address between the two looks."""
    cited.cite()
    put_and_read(cited)
    cited.put(REWORDED, OTHER_PASSAGE)
    cited.look()
    cited.source.url = cited.site.put("/elsewhere", page(OTHER_PASSAGE))
    cited.source.save()

    at_first = cited.look()

    assert words(at_first.verdicts.all()) == [("missing", False, False)]
    assert news() == []
    cited.look()
    assert news() == [("missing", "")]


ADULTS, CHILDREN = "Adults pay as follows:", "Children pay as follows:"
FARE, OTHER_FARE = "The fare is 5 euros.", "The fare is 3 euros."


def cite_fare(cited: CitedPage, *paragraphs: str) -> Citation:
    """One fare of two, cited as that of adults, and read."""
    citation = cited.cite(FARE)
    citation.prefix = ADULTS
    citation.save()
    cited.put(*paragraphs)
    cited.look()
    return citation


def test_a_passage_whose_place_is_told_otherwise_is_judged_again_by_the_copy_at_hand(cited):
    citation = cite_fare(cited, ADULTS, FARE, CHILDREN, OTHER_FARE)
    citation.prefix = CHILDREN
    citation.save()

    first, second = cited.looks(2)

    assert first.reason == second.reason == "same_bytes"
    assert words(first.verdicts.all()) == [("altered", False, False)]
    assert words(second.verdicts.all()) == [("altered", True, True)]
    assert [wording.rstrip(".") for _word, wording in news()] == [OTHER_FARE.rstrip(".")]


def test_a_passage_that_stands_in_either_place_is_judged_again_once_and_is_no_news(cited):
    citation = cite_fare(cited, ADULTS, FARE, CHILDREN, FARE)
    citation.prefix = CHILDREN
    citation.save()

    first, second = cited.looks(2)

    assert words(first.verdicts.all()) == [("verbatim", True, False)]
    assert not second.verdicts.exclude(found_by=first).exists()
    assert Verdict.objects.filter(citation=citation).count() == 2
    assert news() == []


def test_a_verdict_from_before_contexts_were_kept_is_believed(cited):
    citation = cite_fare(cited, ADULTS, FARE, CHILDREN, OTHER_FARE)
    Verdict.objects.update(prefix=None, suffix=None)

    cited.looks(2)

    assert Verdict.objects.filter(citation=citation).count() == 1


def test_whatever_is_done_to_a_passage_only_what_a_later_verdict_took_the_place_of_is_marked(cited):
    first, second = cited.cite(), cited.cite(OTHER_PASSAGE)
    put_and_read(cited)
    cited.put(REWORDED, OTHER_PASSAGE)
    assert marked_as_superseded() == superseded() == set()

    cited.looks(2)
    assert len(marked_as_superseded()) == 1
    assert marked_as_superseded() == superseded()

    first.exact = REWORDED
    first.save()
    cited.looks(2)
    assert marked_as_superseded() == superseded()

    second.source = SourceFactory()
    second.save()
    cited.put(PASSAGE)
    cited.looks(3)
    second.source = cited.source
    second.save()
    cited.looks(2)
    assert marked_as_superseded() == superseded()

    first.delete()
    assert marked_as_superseded() == superseded()


@pytest.mark.django_db
def test_what_code_that_knows_of_no_mark_has_superseded_speaks_against_nothing():
    """As while servers are upgraded one after the other."""
    altered = VerdictFactory(verdict="altered")
    assert [*Verdict.objects.against()] == [altered]

    VerdictFactory(citation=altered.citation, verdict="verbatim")

    assert [*Verdict.objects.against()] == []

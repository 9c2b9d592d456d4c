"""The words of rows are those of the rooms that find them: they meet by their values alone."""

from stories.models import words
from stories.text.judge import PageOutcome, Verdict
from stories.text.notes import NoteKind, Precision
from stories.text.page.outcome import BELIEVED


def test_a_check_ends_as_a_page_may_be_judged():
    assert {outcome.value for outcome in PageOutcome} == set(words.Outcome.values)


def test_the_same_outcomes_come_with_a_copy_that_is_believed():
    assert {outcome.value for outcome in BELIEVED} == {outcome.value for outcome in words.BELIEVED}


def test_a_passage_is_judged_as_its_text_was_or_cannot_be_read():
    assert {verdict.value for verdict in Verdict} | {"unreadable"} == set(words.VerdictWord.values)


def test_an_update_is_of_a_kind_that_notes_in_print_are_of():
    assert {kind.value for kind in NoteKind} == set(words.UpdateKind.values)


def test_a_stated_time_is_as_exact_as_it_was_printed():
    assert {precision.value for precision in Precision} == set(words.Precision.values)

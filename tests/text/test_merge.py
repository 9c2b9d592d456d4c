"""Two people changed one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.merge import Clash, merge_texts, split_units

BASE = "The bridge closes on Monday. It opens in May.\n\nThe port says so.\n\nThe ferry sails."


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        (("May", "June"), ("port", "port authority"), (("May", "June"), ("port", "port authority"))),
        (("Monday", "Tuesday"), ("May", "July"), (("Monday", "Tuesday"), ("May", "July"))),
        (("May", "June"), ("May", "June"), (("May", "June"),)),
        (("The port says so.\n\n", ""), ("sails", "waits"), (("The port says so.\n\n", ""), ("sails", "waits"))),
        (("May", "June"), ("sails.", "sails.\n\nMore."), (("May", "June"), ("sails.", "sails.\n\nMore."))),
    ],
    ids=["paragraphs", "neighbours", "the same", "taken out", "added behind"],
)  # fmt: skip
def test_changes_in_different_places_fit(mine, theirs, merged):
    wanted = BASE
    for pair in merged:
        wanted = wanted.replace(*pair)

    got = merge_texts(BASE, mine=BASE.replace(*mine), theirs=BASE.replace(*theirs))

    assert (got.text, got.clashes) == (wanted, ())


def test_where_both_changed_one_sentence_mine_stands_and_theirs_is_told():
    got = merge_texts(BASE, mine=BASE.replace("May", "June"), theirs=BASE.replace("May", "July"))

    assert got.text == BASE.replace("May", "June")
    assert got.clashes == (Clash("It opens in May.", "It opens in June.", "It opens in July."),)


def test_two_who_write_at_the_same_place_clash():
    got = merge_texts("One. Two.", mine="One. Mine. Two.", theirs="One. Theirs. Two.")

    assert got.clashes == (Clash("", "Mine.", "Theirs."),)
    assert got.text == "One. Mine. Two."


def test_a_sentence_that_one_changed_and_the_other_took_out_is_a_clash():
    got = merge_texts("One. Two. Three.", mine="One. Three.", theirs="One. Two and a half. Three.")

    assert [clash.theirs for clash in got.clashes] == ["Two and a half."]


@given(st.text(alphabet='ab. \n"”!?', max_size=60))
def test_units_make_up_the_text(text):
    assert "".join(split_units(text)) == text


@given(*[st.text(alphabet="ab. \n", max_size=30)] * 2)
def test_what_only_one_changed_is_taken_from_them(base, changed):
    assert merge_texts(base, mine=changed, theirs=base) == merge_texts(base, mine=base, theirs=changed)
    assert merge_texts(base, mine=changed, theirs=base).text == changed

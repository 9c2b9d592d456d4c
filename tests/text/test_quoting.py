import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.passage.quoting import Leap, take_apart, taken_literally


@pytest.mark.parametrize(
    "ellipsis",
    [
        "…",
        "...",
        ". . .",
        "[…]",
        "[...]",
        "(…)",
        "….",
        "....",
        "⋯",
        "<…>",
        "<...>",
        "[....]",
        "（中略）",
        "〔略〕",
    ],
)
def test_every_kind_of_ellipsis_parts_a_passage(ellipsis):
    quotation = take_apart(f"The gate opens {ellipsis} at dawn")

    assert [piece.leap for piece in quotation.pieces] == [Leap.ANYTHING, Leap.ANYTHING]
    assert [part.strip() for part in quotation.parts] == ["The gate opens", "at dawn"]


def test_the_case_of_a_first_letter_is_free_after_an_ellipsis_and_in_brackets_only():
    first, second, third = take_apart("the gate … opens, [h]e said").pieces

    assert len(first.variants) == len(second.variants) == len(third.variants) == 2


def test_a_bracket_stands_for_a_few_words():
    _, piece = take_apart("when [the owners] agree").pieces

    assert (piece.leap, piece.stand_in, piece.variants) == (Leap.FEW_WORDS, "the owners", ("agree",))


def test_brackets_of_any_width_hold_a_remark_and_none_holds_code():
    assert take_apart("他们［业主］卖掉了它").pieces[1].stand_in == "业主"
    assert len(take_apart('"funding": [ {"type": "individual"} ]').pieces) == 1
    assert len(take_apart("by git log [options] you see").pieces) == 1


@pytest.mark.parametrize(
    "passage",
    [
        "terser [input files] [options]",
        "copy [SOURCE]",
        "by git log [--all] [NAME] you see",
        "It was [the mayor]",
        "The … boats",
        "of the … to the",
    ],
)
def test_a_passage_that_tells_too_little_without_its_brackets_and_ellipses_is_taken_literally(passage):
    assert take_apart(passage) == taken_literally(passage)


def test_words_whose_vowels_are_marks_tell_as_much_as_others():
    assert len(take_apart("महापौर ने कहा, … निवासी यही चाहते थे।").pieces) == 2


def test_a_long_remark_amid_three_words_is_one():
    pieces = take_apart("He [Kim Lee, the mayor of the town] resigned today.").pieces

    assert [piece.word_count for piece in pieces] == [1, 2]


@pytest.mark.parametrize(
    ("passage", "mark"),
    [
        ("Yes.", "."),
        ("“Yes,”", ","),
        ("Yes?", ""),
        ("Yes", ""),
        ("Yes …", ""),
        ("“Yes...”", ""),
        ("对。", "."),
    ],
)
def test_the_last_mark_is_told_if_it_may_be_the_reporters(passage, mark):
    assert take_apart(passage).last_mark == mark


@given(st.text("ab [].…,“\n", max_size=200))
def test_any_passage_can_be_taken_apart(passage):
    quotation = take_apart(passage)

    assert all(variant for piece in quotation.pieces for variant in piece.variants)


@pytest.mark.parametrize("passage", ["− $5 million", "− EUR 5 million", "− 5 million", "−  (5) million"])
def test_a_passage_keeps_the_minus_of_its_sum(passage: str) -> None:
    assert take_apart(passage).parts == (passage,)

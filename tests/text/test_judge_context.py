"""What stood before and after a passage chooses among several places, and tells what it became."""

import pytest

from stories.text.judge import Verdict, judge_passage
from tests.text.statement import HARBOUR_RULES, STATEMENT


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        (HARBOUR_RULES.format(", but not on Sundays"), "Boats may moor here, but not on Sundays."),
        (
            "Rules of the quay. With a permit, boats may moor here. Crews sign in.",
            "With a permit, boats may moor here.",
        ),
    ],
)
@pytest.mark.parametrize("passage", ["Boats may moor here.", "Boats may moor here"])
def test_context_tells_that_a_qualifier_was_put_into_the_sentence(text, wording, passage):
    suffix = " Crews sign in" if passage.endswith(".") else ". Crews sign in"

    judgement = judge_passage(text, passage, prefix="Rules of the quay. ", suffix=suffix)

    assert (judgement.verdict, judgement.wording) == (Verdict.ALTERED, wording)


def test_a_fragment_that_never_was_a_sentence_is_not_qualified_by_its_context():
    text = HARBOUR_RULES.format(", if they have paid")

    judgement = judge_passage(text, "may moor here.", prefix="quay. Boats ", suffix=", if they have paid")

    assert judgement.verdict is Verdict.VERBATIM


@pytest.mark.parametrize(("prefix", "place"), [("North quay\n", 0), ("South quay\n", 1), ("West quay\n", 0)])
def test_the_prefix_chooses_among_several_occurrences(prefix, place):
    starts = [at for at in range(len(STATEMENT)) if STATEMENT.startswith("30 days", at)]

    judgement = judge_passage(STATEMENT, "30 days", prefix=prefix)

    assert judgement.start == starts[place]


def test_a_short_passage_replaced_where_it_was_cited_is_altered_whatever_stands_elsewhere():
    text = STATEMENT.replace("South quay\n30 days", "South quay\n90 days")

    judgement = judge_passage(text, "30 days", prefix="South quay\n", suffix="\nEast quay")

    assert (judgement.verdict, judgement.wording) == (Verdict.ALTERED, "90 days")


def test_a_one_word_passage_replaced_where_it_was_cited_is_altered():
    judgement = judge_passage(
        "He called the plan reckless again.", "wise", prefix="called the plan ", suffix=" again."
    )

    assert (judgement.verdict, judgement.wording) == (Verdict.ALTERED, "reckless")


FEES = (
    "It starts in May. The fee is ten euros for each member. Members may leave at any time. The gate is red."
)


@pytest.mark.parametrize(
    ("passage", "prefix", "suffix", "new"),
    [
        ("ten euros", "in May. The fee is ", "", "twelve euros"),
        ("ten euros", "", " for each member. Members", "twelve euros"),
        ("ten euros", "The price of it is ", " for each member. Members", "twelve euros"),
        ("ten", "in May. The fee is ", "", "twelve"),
        ("fee is ten euros", "in May. The ", "", "fee is now twelve euros"),
        ("The gate is red.", "leave at any time. ", "", "The door is shut"),
    ],
)
def test_one_side_is_enough_to_tell_what_a_short_passage_became(passage, prefix, suffix, new):
    judgement = judge_passage(FEES.replace(passage.rstrip("."), new), passage, prefix=prefix, suffix=suffix)

    assert (judgement.verdict, judgement.wording) == (Verdict.ALTERED, new)


def test_a_short_passage_edited_where_it_was_cited_is_altered_though_it_stands_elsewhere():
    table = "Logs of searches: 90 days. Logs of payments: 60 days. Logs of calls: 30 days."

    judgement = judge_passage(table, "30 days", prefix="Logs of payments: ")

    assert (judgement.verdict, judgement.wording) == (Verdict.ALTERED, "60 days")


@pytest.mark.parametrize(
    ("prefix", "suffix"), [("in May. The fee is ", ""), ("is ", ""), ("of the fee ", " in all")]
)
def test_one_side_alone_claims_nothing_of_other_words(prefix, suffix):
    text = FEES.replace("ten euros for each member", "to be announced")

    assert judge_passage(text, "ten euros", prefix=prefix, suffix=suffix).verdict is Verdict.MISSING


def test_a_passage_that_moved_away_from_one_side_is_verbatim():
    text = "It starts in May. Members may leave at any time. The fee is ten euros for each member."

    assert judge_passage(text, "The fee is ten euros", prefix="starts in May. ").verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("passage", "suffix", "text"),
    [
        ("we are happy to help out!", " Write to us.", "{} Call us by noon."),
        ("look at it (e.g. the pier).", " It is red.", "{} It was red then."),
        ("# The pier. The gate is red.", " It shut in May.", "{} It may shut."),
    ],
)
def test_a_passage_stands_though_what_stood_beside_it_was_edited(
    passage: str, suffix: str, text: str
) -> None:
    document = "If you want to enter the harbour, " + text.format(passage)

    judged = judge_passage(document, passage, prefix="If you want to enter the harbour, ", suffix=suffix)

    assert judged.verdict is Verdict.VERBATIM


def test_what_stood_behind_a_passage_that_moved_has_not_taken_its_place():
    text = "The list of berths\nThere is 1 boat at this pier.\nNews\nThere are 0 boats at this pier."

    judgement = judge_passage(
        text,
        "There are 0 boats at this pier.",
        prefix="The list of berths\n",
        suffix=" There is 1 boat at this pier.",
    )

    assert judgement.verdict is Verdict.VERBATIM


def test_what_stood_in_front_of_a_passage_that_was_cut_has_not_taken_its_place():
    text = "In Holm, people sold French boats.\nThe yards of the north sold more than any."

    judgement = judge_passage(
        text,
        "In Varde, they sold Dutch boats.",
        prefix="In Holm, people sold French boats.\n",
        suffix="\nThe yards of the north sold more",
    )

    assert judgement.verdict is Verdict.MISSING

"""Any passage can be judged in any text, in bounded time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.judge import Passage, Verdict, judge_passage, judge_passages
from stories.text.normalise import normalise
from tests.steps import steps_of
from tests.text.statement import STATEMENT


def test_several_passages_are_judged_against_one_text():
    judgements = judge_passages(
        STATEMENT, [Passage("never"), Passage("sold out"), Passage("30 days", "South quay")]
    )

    assert [it.verdict for it in judgements] == [Verdict.VERBATIM, Verdict.MISSING, Verdict.VERBATIM]


@given(
    st.lists(
        st.sampled_from(["gate", "open", "not", "may", "close", "the", "of", "5", "3.5", "data"]),
        min_size=4,
        max_size=40,
    ),
    st.data(),
)
def test_every_run_of_words_of_a_text_is_verbatim_in_it(words, data):
    start = data.draw(st.integers(0, len(words) - 2))
    end = data.draw(st.integers(start + 1, len(words)))

    judgement = judge_passage(normalise(" ".join(words)), " ".join(words[start:end]))

    assert judgement.verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("a " * 200_000, "a " * 9_999 + "b"),
        ("a-\n" * 100_000, "a [b] " * 3_000),
        ("we may share. " * 20_000, "we … may … " * 1_500),
        ("'" * 300_000, "'" * 20_000),
        ("[" * 300_000, "[x" * 10_000),
        ("港" * 300_000, "港" * 20_000 + "は"),
        ("A. " * 100_000, "A. " * 100 + "B"),
        ("5' " * 40_000, '5" ' * 2_000),
    ],
    ids=["one word", "hyphens", "ellipses", "quotes", "brackets", "no spaces", "sentences", "feet"],
)
def test_hostile_text_is_judged_in_bounded_time(text, passage):
    steps = steps_of(lambda: judge_passage(text, passage, prefix="a we", suffix="may share"))

    assert steps < 20 * len(text)


def test_a_long_text_is_looked_through_in_parts():
    filler = "Boats come and go at the quay all day. " * 20_000
    text = f"{filler}The gate may close at noon. {filler}The gate will stay open at night."

    stands = judge_passage(text, "The gate will stay open at night.")
    altered = judge_passage(text, "The gate must close at noon.")

    assert (stands.verdict, text[stands.start : stands.end]) == (Verdict.VERBATIM, stands.wording)
    assert (altered.verdict, altered.wording) == (Verdict.ALTERED, "The gate may close at noon.")
    assert text[altered.start : altered.end] == altered.wording


def test_of_a_long_text_the_part_that_comes_nearest_is_told_whatever_stands_beside_it():
    filler = "Ferries come and go at the quay all day. " * 9_000
    text = f"Sie verkauft den Hafen nicht mehr. {filler}Sie verkauft den alten Hafen gern."

    judgement = judge_passage(text, "Sie verkauft den Hafen")

    assert judgement.wording == "Sie verkauft den Hafen nicht mehr"


@pytest.mark.parametrize(
    ("there", "verdict"),
    [
        ("The gate will stay open at night.", Verdict.VERBATIM),
        ("The gate will stay shut at night.", Verdict.ALTERED),
    ],
)
def test_of_a_long_text_the_part_with_the_surroundings_that_were_told_decides(
    there: str, verdict: Verdict
) -> None:
    passage = "The gate will stay open at night."
    filler = "Ferries come and go at the quay all day. " * 9_000
    text = f"News of old. {passage} Read on. {filler}The board met in May. {there} No one objected."

    judgement = judge_passage(text, passage, prefix="The board met in May. ", suffix=" No one objected.")

    assert (judgement.verdict, judgement.start) == (verdict, text.rindex(there))

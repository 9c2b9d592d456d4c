from time import process_time

import pytest

from stories.text.judge import Verdict, judge_passage


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Call main with args[1] as the name.", "Call main with args[0] as the name."),
        ("Call main with args as the name.", "Call main with args[0] as the name."),
        ("Set A[2] = 5 before the loop.", "Set A[1] = 5 before the loop."),
        ("It reads argv[0]. Pass argv[2] to the port.", "Pass argv[1] to the port."),
        ("Read last_rows[3] from it.", "Read last_rows[2] from it."),
        ("Read `rows[3]` from it.", "Read `rows[2]` from it."),
        ("Read $rows[3] from it.", "Read $rows[2] from it."),
        ("We sold 30 houses last year.", "We sold [40] houses last year."),
    ],
)
def test_a_figure_in_brackets_that_marks_no_footnote_is_never_another(text: str, passage: str) -> None:
    assert judge_passage(f"It rained.\n{text}\nThey left.", passage).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Vitamin A[3] helps the eyes.", "Vitamin A helps the eyes."),
        ("The pier[2] is old.", "The pier[1] is old."),
        ("The pier [2] is old.", "The pier [1] is old."),
        ("The pier is old.", "The pier[1] is old."),
        ("The _pier_[2] is old.", "The _pier_[1] is old."),
        ("The term tide_gate[2] is old.", "The term tide_gate is old."),
        ("Call main with args[0] as the name.", "Call main with args[0] as the name"),
        ("They sold it in May.", "They sold it in May [2024]."),
        ("Vitamin C[8] helps the eyes.", "Vitamin C[7] helps the eyes."),
        ("World War I[4] began in 1914.", "World War I[3] began in 1914."),
        ("The iPhone X[13] was sold in May.", "The iPhone X[12] was sold in May."),
        ("In one study [b] the pier is old.", "In one study [a] the pier is old."),
        ("The report says it is old.", "The report [2] says it is old."),
    ],
)
def test_the_mark_of_a_footnote_comes_and_goes(text: str, passage: str) -> None:
    assert judge_passage(f"It rained.\n{text}\nThey left.", passage).verdict is Verdict.VERBATIM


def test_a_text_with_many_places_of_a_passage_with_brackets_is_looked_through_once() -> None:
    # A place of 200 looked through all of it for each of 60 words, which took 4 seconds.
    passage = " ".join(f"w{number}[1]" for number in range(60))
    text = "\n".join([passage.replace("[1]", "[2]")] * 400)
    began = process_time()

    judge_passage(text, passage)

    assert process_time() - began < 1

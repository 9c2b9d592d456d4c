import pytest

from stories.text.judge import Verdict, judge_passage


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Call main with args[1] as the name.", "Call main with args[0] as the name."),
        ("Call main with args as the name.", "Call main with args[0] as the name."),
        ("Set A[2] before the loop.", "Set A[1] before the loop."),
        ("It reads argv[0]. Pass argv[2] to the port.", "Pass argv[1] to the port."),
        ("See part [b] of the rules.", "See part [c] of the rules."),
        ("We sold houses last year.", "We sold [40] houses last year."),
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
        ("Call main with args[0] as the name.", "Call main with args[0] as the name"),
        ("They sold it in May.", "They sold it in May [2024]."),
    ],
)
def test_the_mark_of_a_footnote_comes_and_goes(text: str, passage: str) -> None:
    assert judge_passage(f"It rained.\n{text}\nThey left.", passage).verdict is Verdict.VERBATIM

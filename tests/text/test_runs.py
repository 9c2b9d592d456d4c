import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.diffs.runs import Budget, Run, common_runs, gaps_between

SEQUENCES = st.lists(st.sampled_from("abcd"), max_size=20)


@given(SEQUENCES, SEQUENCES, st.sampled_from([0, 10, 1_000]))
def test_runs_are_equal_on_both_sides_and_rise(before, after, cells):
    runs = common_runs(before, after, budget=Budget(cells=cells))

    old_end = new_end = 0
    for run in runs:
        assert run.size > 0
        assert run.before >= old_end
        assert run.after >= new_end
        assert before[run.before : run.before + run.size] == after[run.after : run.after + run.size]
        old_end, new_end = run.before + run.size, run.after + run.size


@pytest.mark.parametrize(
    ("before", "after", "shared"),
    [
        ("", "", 0),
        ("abc", "", 0),
        ("abcbdab", "bdcaba", 4),
        ("abc", "abc", 3),
        ("abc", "xyz", 0),
        ("xaby", "ab", 2),
    ],
)
def test_the_longest_total_is_found(before, after, shared):
    runs = common_runs(before, after, budget=Budget())

    assert sum(run.size for run in runs) == shared


def test_without_budget_items_that_occur_once_still_match():
    before, after = [*"xx", "one", *"yy", "two", *"zz"], [*"zz", "one", *"xx", "two", *"yy"]

    runs = common_runs(before, after, budget=Budget(cells=0))

    assert [before[run.before] for run in runs] == ["one", "two"]


def test_what_lies_between_runs_is_told_to_the_end():
    gaps = gaps_between([Run(1, 0, 2), Run(4, 2, 1)], before_length=5, after_length=4)

    assert gaps == [(0, 1, 0, 0), (3, 4, 2, 2), (5, 5, 3, 4)]


def test_a_budget_is_spent_once():
    budget = Budget(cells=10, characters=5)

    assert [budget.affords_cells(6), budget.affords_cells(6), budget.affords_cells(4)] == [True, False, True]
    assert [budget.affords_words("ab", "c"), budget.affords_words("abc"), budget.affords_words("ab")] == [
        True,
        False,
        True,
    ]

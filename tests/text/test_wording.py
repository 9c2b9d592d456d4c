from hypothesis import given
from hypothesis import strategies as st

from stories.text.wording import changes_between


def told(passage: str, wording: str) -> list[tuple[str, str]]:
    return [(change.operation, change.text) for change in changes_between(passage, wording)]


def test_kept_runs_show_the_typography_of_the_document():
    assert told('it\'s "open"', "it’s “open”") == [("equal", "it’s “open”")]


def test_what_is_left_out_comes_before_what_is_put_in():
    assert told("the old pier shut", "the new dock shut") == [
        ("equal", "the "),
        ("delete", "old pier "),
        ("insert", "new dock "),
        ("equal", "shut"),
    ]


def test_the_case_of_the_first_letter_of_all_is_the_reporters():
    assert told("The gate Opens", "the gate opens") == [
        ("equal", "the gate "),
        ("delete", "Opens"),
        ("insert", "opens"),
    ]


def test_a_word_is_told_whole_with_the_marks_on_its_letters():
    assert told("बड़ी नाव", "बड़ी नावें") == [("equal", "बड़ी "), ("delete", "नाव"), ("insert", "नावें")]


@given(st.text("ab c.,“'\n", max_size=60), st.text("ab c.,“'\n", max_size=60))
def test_what_is_kept_and_put_in_joins_to_the_wording(passage, wording):
    changes = changes_between(passage, wording)

    assert "".join(change.text for change in changes if change.operation != "delete") == wording

from hypothesis import given
from hypothesis import strategies as st

from stories.text.language.rewrite import rewrite


def test_places_lead_back_over_a_shorter_run():
    made = rewrite("a  b", [(1, 3, " ")])

    assert made.text == "a b"
    assert (made.start_of(2), made.end_of(2), made.end_of(3)) == (3, 3, 4)


def test_places_lead_back_over_a_longer_run():
    made = rewrite("xﬁy", [(1, 2, "fi")])

    assert [made.start_of(place) for place in range(4)] == [0, 1, 1, 2]
    assert [made.end_of(place) for place in range(5)] == [0, 1, 2, 2, 3]


def test_a_dropped_run_belongs_to_neither_neighbour():
    made = rewrite("ab--cd", [(2, 4, "")])

    assert (made.end_of(2), made.start_of(2)) == (2, 4)


@given(
    st.lists(
        st.tuples(st.text("ab", min_size=1, max_size=3), st.text("xy", max_size=3), st.booleans()), max_size=8
    )
)
def test_untouched_characters_are_found_where_they_were(runs):
    source, edits = "", []
    for before, after, is_edited in runs:
        if is_edited:
            edits.append((len(source), len(source) + len(before), after))
        source += before

    made = rewrite(source, edits)

    for place, character in enumerate(made.text):
        if character in "ab":
            assert source[made.start_of(place)] == character
            assert made.end_of(place + 1) == made.start_of(place) + 1

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from stories.text.language.words import words_of
from stories.text.normalise import normalise
from stories.text.passage.alignment import LEAST_SIMILARITY, nearest_windows


def nearest_by_hand(keys: list[str], document: list[str]) -> tuple[int, float]:
    """The fewest edits of all windows, and the similarity of the shortest with so few: the slow and plain way."""
    edits, length = min(
        (Levenshtein.distance(keys, document[start:end]), end - start)
        for start in range(len(document))
        for end in range(start + 1, len(document) + 1)
    )
    return edits, 1 - edits / max(len(keys), length)


def test_the_nearest_window_is_the_one_with_the_fewest_edits():
    words = words_of("a boat left. the grey boat came in at noon. the boat came at noon too")

    (best, *_) = nearest_windows(["the", "boat", "came", "at", "noon"], words)

    assert " ".join(words.keys[best.start : best.end]) == "the boat came at noon"
    assert (best.edits, best.similarity) == (0, 1.0)


def test_words_that_took_the_place_of_the_outermost_ones_belong_to_the_window():
    words = words_of("so nobody may enter the dock tonight")

    (best, *_) = nearest_windows(["everybody", "may", "enter", "the", "dock", "today"], words)

    assert words.keys[best.start : best.end] == ["nobody", "may", "enter", "the", "dock", "tonight"]


@pytest.mark.parametrize("passage", ["the crane fell over", "boat"])
def test_nothing_near_gives_no_window(passage):
    assert nearest_windows(passage.split(), words_of("a ship left the quay at noon")) == []


@given(
    st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=7),
    st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=24),
)
def test_no_window_that_is_near_enough_is_overlooked(keys, document):
    found = nearest_windows(keys, words_of(" ".join(document)))

    edits, similarity = nearest_by_hand(keys, document)
    if similarity >= LEAST_SIMILARITY:
        assert found
        assert found[0].edits == edits
    for window in found:
        told = Levenshtein.distance(keys, document[window.start : window.end])
        assert told == window.edits


@pytest.mark.parametrize(("one", "other"), [("Воры", "воры"), ("Мэр", "мэр"), ("Βάρκα", "βάρκα")])
def test_a_word_is_the_same_with_a_capital_that_is_drawn_like_a_latin_letter(one: str, other: str) -> None:
    assert words_of(normalise(one).plain).keys == words_of(normalise(other).plain).keys

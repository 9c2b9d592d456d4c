"""Is a change of words one of spelling alone?"""

import pytest

from stories.text.spelling import WordsChange, changed_words, is_misspelling, is_misspelt_ordinary_word


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The goverment says so.", "The government says so."),
        ("They recieve it.", "They receive it."),
        ("A seperate matter occured.", "A separate matter occurred."),
        ("It was definately so.", "It was definitely so."),
        ("An e-mail, per cent", "An email, percent"),
        ("He saw the the bridge.", "He saw the bridge."),
        ("a accident", "an accident"),
        ("The doors is shut.", "The doors are shut."),
        ("the port which closed", "the port that closed"),
        ("its late", "it’s late"),
        ("It closes; nobody knows.", "It closes. Nobody knows."),
    ],
)
def test_spelling_marks_and_grammar_say_nothing_new(before, after):
    assert changed_words(before, after) == ()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("He was accused.", "He was convicted.", ("accused", "convicted")),
        ("He was killed.", "He was kills.", ("killed", "kills")),
        ("The casual link", "The causal link", ("casual", "causal")),
        ("He was deported.", "He was departed.", ("deported", "departed")),
        ("a better taste", "a bitter taste", ("better", "bitter")),
        ("It is safe.", "It is quite safe.", ("", "quite")),
        ("It was safe.", "It is safe.", ("was", "is")),
        ("from the port", "to the port", ("from", "to")),
        ("two bridges", "two bridge", ("bridges", "bridge")),
        ("They admitted it.", "They denied it.", ("admitted", "denied")),
    ],
)
def test_other_words_are_told(before, after, told):
    assert changed_words(before, after) == (WordsChange(*told),)


def test_a_typing_error_hides_no_other_word():
    changes = changed_words("The goverment accused him.", "The government convicted him.")

    assert changes == (WordsChange("accused", "convicted"),)


def test_names_of_people_are_never_misspelt_ordinary_words():
    assert is_misspelt_ordinary_word("Goverment", "Government")
    assert not is_misspelt_ordinary_word("Johnson", "Johnston")


@pytest.mark.parametrize("pair", [("", ""), ("a", "b"), ("same-word", "same-word"), ("trial", "trail")])
def test_short_and_equal_words_are_no_misspellings(pair):
    assert not is_misspelling(*pair)

from stories.text.normalise import normalise
from stories.text.split_words import rejoined


def test_a_word_split_at_the_end_of_a_line_is_rejoined_only_if_the_passage_has_it_whole():
    document = normalise("The commu-\nnity has a well-\nknown pier.")

    made, _ = rejoined(document, "The community has a well-known pier")

    assert made.source == "The community has a well-\nknown pier."
    assert rejoined(document, "the pier") is None

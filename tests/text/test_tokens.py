import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.diffs.tokens import is_word, sentence_spans, split_tokens, word_count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It's on-duty.", ["It's", "on-duty", "."]),
        ("1,250.75 at 3:24 (5%)", ["1,250.75", "at", "3:24", "(", "5", "%", ")"]),
        ("the 3rd of 10km", ["the", "3rd", "of", "10km"]),
        ("the U.S. said", ["the", "U.S.", "said"]),
        ("Wait... what?!", ["Wait", "...", "what", "?", "!"]),
        ("so—yes", ["so", "—", "yes"]),
        ("see https://example.org/a-b?c=d, too", ["see", "https://example.org/a-b?c=d", ",", "too"]),
        ("cafe\u0301 हिन्दी", ["cafe\u0301", "हिन्दी"]),
        ("pri\u200bvacy", ["pri\u200bvacy"]),
        ("東京で", ["東", "京", "で"]),
        ("👩\u200d🚒 👍🏽 🇫🇷🇩🇪", ["👩\u200d🚒", "👍🏽", "🇫🇷", "🇩🇪"]),
    ],
)
def test_a_token_is_one_thing_to_a_reader(text, words):
    assert list(split_tokens(text).words[1:]) == words


@given(st.text())
def test_no_character_is_lost(text):
    tokens = split_tokens(text)

    assert tokens.text(0, len(tokens.words)) == text
    assert all(gap == "" or gap.isspace() for gap in tokens.gaps)
    assert all(word and not word[0].isspace() for word in tokens.words[1:])


@given(st.text(alphabet='ab. !\n"。', max_size=60))
def test_every_token_is_in_one_sentence(text):
    tokens = split_tokens(text)

    spans = list(sentence_spans(tokens))

    assert [start for start, _ in spans] == [0, *[end for _, end in spans[:-1]]]
    assert spans[-1][1] == len(tokens.words)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He ran. She sat!", ["He ran. ", "She sat!"]),
        ('He said "No." She left.', ['He said "No." ', "She left."]),
        ("one\ntwo", ["one\n", "two"]),
        ("version 2.5 is out", ["version 2.5 is out"]),
        ("他走了。她坐着。", ["他走了。", "她坐着。"]),
    ],
)
def test_sentences_end_where_a_reader_pauses(text, sentences):
    tokens = split_tokens(text)

    assert [tokens.text(start, end) for start, end in sentence_spans(tokens)] == sentences


@pytest.mark.parametrize(
    ("token", "expected"),
    [("a", True), ("5", True), ("'tis", True), ("...", False), ("", False), ("京", True)],
)
def test_punctuation_is_no_word(token, expected):
    assert is_word(token) is expected


@pytest.mark.parametrize(("text", "count"), [("", 0), ("It's 5 o'clock — now!", 4), ("...", 0)])
def test_words_are_counted(text, count):
    assert word_count(text) == count

import pytest

from stories.text.unseen import line_as_seen, lines_as_seen, shows_anything


@pytest.mark.parametrize(
    "character",
    ["\0", "\x07", "\x1b", "\x1f", "\x7f", "\x81", "\ud800", "\udfff", "\ufffe", "\uffff"],
    ids=ascii,
)
def test_what_no_page_shows_is_left_out(character: str) -> None:
    assert lines_as_seen(f"The ga{character}te\tis shut.\nAgain.") == "The gate\tis shut.\nAgain."


@pytest.mark.parametrize("character", ["\r\n", "\r", "\u2028", "\u2029", "\v", "\f"], ids=ascii)
def test_what_other_programs_break_lines_with_is_a_line_break(character: str) -> None:
    assert lines_as_seen(f"The gate{character}is shut.") == "The gate\nis shut."
    assert line_as_seen(f"The gate{character}is shut.") == "The gate is shut."


def test_words_read_in_a_wrong_encoding_keep_their_apostrophe() -> None:
    assert lines_as_seen("The mayor\x92s \x93no\x94 \x96 again\x85") == "The mayor’s “no” – again…"


@pytest.mark.parametrize("typed", ["\x07 The gate", "The gate \u202e\n", "\u2028\tThe gate \x07 "], ids=ascii)
def test_no_blank_is_left_at_an_end_where_something_was_taken_away(typed: str) -> None:
    assert (lines_as_seen(typed), line_as_seen(typed)) == ("The gate", "The gate")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("The \u202etuhs si etag\u202c.", "The tuhs si etag."),
        ("The \u202dgate", "The gate"),
        ("The \u2067gate is shut", "The gate is shut"),
        ("The gate\u202c is\u2069 shut", "The gate is shut"),
        ("The \u2067gate\nis\u2069 shut", "The gate\nis shut"),
        ("\u2067\u202bThe\u2069 gate\u202c", "\u202bThe gate\u202c"),
        ("\u2067\u202eThe\u202c gate\u2069", "\u2067The gate\u2069"),
    ],
    ids=ascii,
)
def test_nothing_forces_a_direction_or_turns_what_stands_behind_it(typed: str, seen: str) -> None:
    assert lines_as_seen(typed) == seen


@pytest.mark.parametrize(
    "text",
    [
        "הודעה: \u2066+972-3-555\u2069 היום",
        "\u202bהשער\u202c",
        "Le maire\xa0: «\u202fnon\u202f»",
        "👩\u200d🚒 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "می\u200cروم",
        "co\xadoperate\u200e",
    ],
    ids=ascii,
)
def test_what_languages_and_typographers_need_stays(text: str) -> None:
    assert line_as_seen(text) == text


@pytest.mark.parametrize(
    "nothing", ["\u200b", " \u2060\n", "\u3164", "\u2800\u00ad", "\x07 \x1b", "\ufe0f", "\ud800 "], ids=ascii
)
def test_of_some_characters_no_page_shows_anything(nothing: str) -> None:
    assert not shows_anything(nothing)


@pytest.mark.parametrize("something", ["\u200bא", "\x92", "❤\ufe0f", "–"], ids=ascii)
def test_of_others_it_does(something: str) -> None:
    assert shows_anything(something)

import pytest

from stories.text.printable import one_line, printable


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\x7f", "\x9b", "\u2028", "\ud800", "\udfff", "\ufffe"], ids=ascii
)
def test_what_drives_a_terminal_or_has_no_place_in_xml_is_replaced(character: str) -> None:
    assert printable(f"A gate{character} opens").encode() == "A gate\ufffd opens".encode()


@pytest.mark.parametrize("turn", ["\u202e", "\u2066"], ids=ascii)
def test_what_turns_the_direction_of_all_that_follows_is_left_out(turn: str) -> None:
    assert printable(f"A {turn}gate") == "A gate"


def test_line_breaks_and_tabs_stay_but_where_there_is_one_line() -> None:
    text = "A\tgate\r\nopens é 😀"

    assert (printable(text), one_line(text)) == (text, "A gate opens é 😀")

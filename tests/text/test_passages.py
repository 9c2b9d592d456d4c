"""What a story quotes."""

import pytest

from stories.text.passages import find_passages


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("Nothing is quoted here.", []),
        ("“We open on Monday,” she said.", ["We open on Monday"]),
        ("“We open on Monday.” She left.", ["We open on Monday."]),
        ('The note says: "Closed until May."', ["Closed until May."]),
        ("„Wir öffnen am Montag“, sagte sie.", ["Wir öffnen am Montag"]),
        ("Elle dit : « Nous ouvrons lundi ».", ["Nous ouvrons lundi"]),
        ("Er sagte: »Wir öffnen am Montag.«", ["Wir öffnen am Montag."]),
        ("“We,” she said, “open on Monday.”", ["open on Monday."]),
        ("They call it “progress”.", []),
        ("“Write ‘opt out’ in the subject line,” it says.", ["Write ‘opt out’ in the subject line"]),
        ("“The ‘rules’,” she said, “are old.”", ["The ‘rules’", "are old."]),
        ('A 12" pipe and a 14" pipe.', []),
        ("“An opening that is never closed.", []),
        ("“First part of it.\n\n“Second part of it.”", ["First part of it.", "Second part of it."]),
        ("“One line\nand its end.”", ["One line\nand its end."]),
        ("", []),
    ],
)
def test_passages_are_what_stands_between_quotation_marks(text, passages):
    assert [passage.exact for passage in find_passages(text)] == passages


def test_a_text_full_of_opening_marks_is_read_in_linear_time():
    assert find_passages("“a " * 200_000) == []

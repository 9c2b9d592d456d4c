"""An update as lists and the history name it."""

from stories.models import Update


def test_a_long_note_is_cut_with_a_mark_of_it_and_a_short_one_is_whole():
    assert str(Update(kind="update", note="n" * 61)) == f"Update: {'n' * 59}…"
    assert str(Update(kind="correction", note="It is ten.")) == "Correction: It is ten."

"""The text of a published story, taken apart."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from stories.importing.errors import NotAStory
from stories.importing.story import parse_story

STORY = """Harbour bridge closes for a year

Commuters will have to take the ferry from Monday.

Port authority

By Ines Duarte

The harbour bridge closes on Monday. “No vehicle will pass before next spring,” the port authority says.

Its director called the works “overdue”. He added: “We should have begun in 2019.”

Update, March 3 2024, 3:24 PM ET: The story now says how often the ferries run.

Correction, March 4 2024, 9:05 AM ET: The headline of an earlier version of this story misstated how long \
the bridge is closed.
"""


def test_a_story_is_taken_apart():
    story = parse_story(STORY)

    assert story.headline == "Harbour bridge closes for a year"
    assert story.dek == "Commuters will have to take the ferry from Monday."
    assert story.byline == "By Ines Duarte"
    assert story.left_out == ("Port authority",)
    assert story.passages == ("No vehicle will pass before next spring", "We should have begun in 2019.")


def test_the_notes_below_a_story_are_not_part_of_its_body():
    story = parse_story(STORY)

    assert [(note.kind, note.headline_changed) for note in story.notes] == [
        ("update", False),
        ("correction", True),
    ]
    assert story.notes[0].stated_at == datetime(2024, 3, 3, 15, 24, tzinfo=ZoneInfo("America/New_York"))
    assert len(story.paragraphs) == 2
    assert "Update" not in story.body


def test_a_short_sentence_above_the_byline_is_the_dek():
    story = parse_story("Bridge closes\n\nIt has cracks.\n\nBy Ines Duarte\n\nThe bridge closes on Monday.")

    assert (story.dek, story.byline) == ("It has cracks.", "By Ines Duarte")
    assert story.body == "The bridge closes on Monday."


def test_notes_above_the_body_are_found_too():
    story = parse_story(
        "Bridge closes\n\nCorrection, May 4 2021: The bridge closes on Monday, not on Tuesday.\n\n"
        "The bridge closes. It opens in a year.\n\nFerries run."
    )

    assert [note.kind for note in story.notes] == ["correction"]
    assert story.body == "The bridge closes. It opens in a year.\n\nFerries run."


def test_a_label_and_a_time_of_their_own_belong_to_the_note_below_them():
    story = parse_story(
        "Bridge closes\n\nThe bridge closes. It opens in a year.\n\nCorrection\n\nMay 4, 2021\n"
        "An earlier version of this story misstated the day."
    )

    assert [note.kind for note in story.notes] == ["correction"]
    assert story.body == "The bridge closes. It opens in a year."


def test_a_text_without_blank_lines_has_a_paragraph_a_line():
    story = parse_story("Bridge closes\nThe bridge closes. It opens in a year.\nFerries run. They are slow.")

    assert story.paragraphs == ["The bridge closes. It opens in a year.", "Ferries run. They are slow."]


def test_lines_broken_by_hand_are_joined():
    story = parse_story("Bridge\ncloses\n\nThe bridge closes. It opens\nin a year.")

    assert (story.headline, story.body) == ("Bridge closes", "The bridge closes. It opens in a year.")


def test_the_body_shows_its_very_characters():
    story = parse_story(
        "Bridge closes\n\n# is no heading here. But *stars* are stars.\n\nFerries run. Slowly."
    )

    assert story.paragraphs[0] == r"\# is no heading here. But \*stars\* are stars."


@pytest.mark.parametrize(
    "text", ["", "  \n ", "Only a headline", "Bridge closes\n\nUpdate, May 4 2021: Ferries run."]
)
def test_a_text_without_headline_and_body_is_no_story(text):
    with pytest.raises(NotAStory):
        parse_story(text)


def test_a_wall_of_text_has_no_headline():
    with pytest.raises(NotAStory, match="headline"):
        parse_story("word " * 200 + "\n\nBody. More.")


@pytest.mark.parametrize(
    "stamp", ["Last updated 18 May 2024", "Correction, May 18 2024: \u202e\u200b"], ids=ascii
)
def test_a_stamp_of_time_is_no_note_and_is_told_as_left_out(stamp):
    story = parse_story(f"Bridge closes\n\nThe bridge closes. It opens in a year.\n\n{stamp}")

    assert story.notes == ()
    assert story.left_out == (stamp,)
    assert story.body == "The bridge closes. It opens in a year."


def test_what_nobody_sees_in_its_words_is_left_out_of_what_is_kept():
    story = parse_story(
        STORY.replace("Harbour bridge", "Harbour\x07 bridge").replace("now says", "now\u202e says")
    )

    assert story.headline == "Harbour bridge closes for a year"
    assert story.notes[0].body == "The story now says how often the ferries run."

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


DATED = """Bridge closes

By Ines Duarte

{stamp}

The bridge closes on Monday. It opens in a year.

Ferries run. They are slow.
"""


@pytest.mark.parametrize(
    ("stamp", "published_at", "modified_at"),
    [
        ("Published March 3, 2024, 9:00 AM ET", "2024-03-03T09:00:00-05:00", None),
        ("March 3, 2024, 9:00 a.m. ET", "2024-03-03T09:00:00-05:00", None),
        ("Updated 3 March 2024, 9:05 GMT", None, "2024-03-03T09:05:00+00:00"),
        (
            "Published: 3 March 2024 09:00 GMT\nUpdated: 4 March 2024 10:12 GMT",
            "2024-03-03T09:00:00+00:00",
            "2024-03-04T10:12:00+00:00",
        ),
        (
            "Updated March 4, 2024 at 9:05 a.m. EST | Published March 3, 2024 at 8 p.m. EST",
            "2024-03-03T20:00:00-05:00",
            "2024-03-04T09:05:00-05:00",
        ),
        ("March 3, 2024 / 9:00 AM EST / Harbour News", "2024-03-03T09:00:00-05:00", None),
        ("March 3, 2024", None, None),
        ("Publicado el 3 de marzo de 2024 a las 9:00", "2024-03-03T09:00:00", None),
        ("Publié le 3 mars 2024 à 9:00", None, None),
    ],
)
def test_the_line_of_times_above_a_story_tells_when_it_was_published(stamp, published_at, modified_at):
    story = parse_story(DATED.format(stamp=stamp))

    told = [at and at.isoformat() for at in (story.published_at, story.modified_at)]
    assert told == [published_at, modified_at]
    assert (story.dek, story.byline, story.notes) == ("", "By Ines Duarte", ())
    assert story.left_out == (" ".join(stamp.split()),)
    assert story.paragraphs[0] == "The bridge closes on Monday. It opens in a year."


def test_a_time_below_a_short_dek_and_the_byline_heads_no_note():
    story = parse_story(
        DATED.format(stamp="March 3, 2024, 9:00 AM ET").replace("By", "It has cracks.\n\nBy", 1)
    )

    assert (story.dek, story.byline, story.notes) == ("It has cracks.", "By Ines Duarte", ())
    assert story.published_at == datetime(2024, 3, 3, 9, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize("gap", [" | ", "\n", ", ", " - ", " on "], ids=ascii)
def test_a_time_behind_the_byline_is_no_part_of_it(gap):
    story = parse_story(
        f"Bridge closes\n\nBy Ines Duarte{gap}March 3, 2024, 9:00 AM ET\n\nIt closes. It does."
    )

    assert story.byline == "By Ines Duarte"
    assert story.published_at == datetime(2024, 3, 3, 9, tzinfo=ZoneInfo("America/New_York"))


def test_nor_is_one_that_only_seems_to_be_a_time():
    story = parse_story("Le pont ferme\n\nPar Inès Duarte | 3 mars 2024\n\nNul ne passe. Il pleut.")

    assert (story.byline, story.left_out) == ("Par Inès Duarte", ("3 mars 2024",))


def test_a_story_in_spanish_is_taken_apart():
    body = ["Nadie cruza. Llueve.", "No hay ferry. Nadie lo dijo."]
    above = ["Cierran el puente", "Por Inés Duarte", "3 de marzo de 2024, 9:00 (hora de Madrid)"]
    notes = ["Corrección, 4 de marzo: El puente es de 1931.", "Fe de errores", "El cierre es el lunes."]

    story = parse_story("\n\n".join(above + body + notes))

    assert story.published_at == datetime(2024, 3, 3, 9, tzinfo=ZoneInfo("Europe/Madrid"))
    assert (story.byline, story.paragraphs) == ("Por Inés Duarte", body)
    assert [(note.kind, note.body) for note in story.notes] == [
        ("correction", "El puente es de 1931."),
        ("correction", "El cierre es el lunes."),
    ]


@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        (
            "By Ines Duarte\nAna Ruiz,\nPedro Lopez\nand Jane Smith",
            "By Ines Duarte, Ana Ruiz, Pedro Lopez and Jane Smith",
        ),
        ("By Ines Duarte and\nAna Ruiz", "By Ines Duarte and Ana Ruiz"),
        ("By Ines Duarte, Ana Ruiz,\nand Jane Smith", "By Ines Duarte, Ana Ruiz, and Jane Smith"),
        ("By Ines Duarte, Ana Ruiz, and Jane Smith", "By Ines Duarte, Ana Ruiz, and Jane Smith"),
    ],
)
def test_a_byline_of_several_lines_keeps_them_apart(lines, byline):
    story = parse_story(f"Bridge closes\n\n{lines}\n\nIt closes on Monday. It rains.")

    assert (story.dek, story.byline) == ("", byline)


@pytest.mark.parametrize(
    "byline",
    [
        "By Michael S. Duarte",
        "By MICHAEL S. DUARTE and J.K. Ruiz, The Post",
        "Por el Dr. Pedro M. López",
        "By St. John Smith Jr.",
        "By Ines Duarte, Ph.D., and Ana Ruiz | The U.S. Desk",
    ],
)
def test_a_byline_may_have_initials_and_titles(byline):
    story = parse_story(f"Bridge closes\n\n{byline}\n\nIt closes on Monday. It rains.")

    assert (story.byline, story.left_out) == (byline, ())


def test_an_address_for_mail_below_a_byline_is_told_as_left_out():
    lines = "By INES DUARTE\nHarbour Correspondent\nThe Post\nE-mail: ines@post.example"

    story = parse_story(f"Bridge closes\n\n{lines}\n\nIt closes on Monday. It rains.")

    assert story.byline == "By INES DUARTE, Harbour Correspondent, The Post"
    assert story.left_out == ("E-mail: ines@post.example",)


@pytest.mark.parametrize("byline", ["By: Ines Duarte", "Por: Inés Duarte"])
def test_a_byline_may_have_a_colon(byline):
    story = parse_story(f"Bridge closes\n\n{byline}\n\nIt closes on Monday. It rains.")

    assert (story.byline, story.left_out) == (byline, ())


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_byline_begins_a_paragraph_though_no_empty_line_parts_it(between):
    above = between.join(
        ["Cracks were found in two of its pillars", "By Ines Duarte", "March 3, 2024, 9:00 AM ET"]
    )

    story = parse_story(f"Bridge closes\n\n{above}\n\nIt closes on Monday. It rains.")

    assert (story.dek, story.byline) == ("Cracks were found in two of its pillars", "By Ines Duarte")
    assert story.published_at == datetime(2024, 3, 3, 9, tzinfo=ZoneInfo("America/New_York"))


def test_a_headline_that_goes_on_in_a_second_line_keeps_it():
    story = parse_story("Bridge to be closed\nby the port authority\n\nIt closes on Monday. It rains.")

    assert story.headline == "Bridge to be closed by the port authority"


def test_a_body_may_begin_with_the_words_of_the_dek():
    said = "Cracks were found in two of its pillars."

    story = parse_story(f"Bridge closes\n\n{said}\n\n{said}\n\nIt closes on Monday. It rains.")

    assert (story.dek, story.paragraphs[0]) == (said, said)


def test_a_dek_may_name_a_month():
    story = parse_story(
        DATED.format(stamp="What divers saw of the bridge in March 2024 alarmed the port authority")
    )

    assert story.dek == "What divers saw of the bridge in March 2024 alarmed the port authority"


def test_times_that_head_paragraphs_are_those_of_live_updates():
    story = parse_story(
        "Bridge closes\n\nThe bridge closes on Monday. Ferries run.\n\n"
        "March 3, 2024, 3:24 PM ET\n\nThe last bus has left.\n\nMarch 3, 2024, 2:10 PM ET\n\nThe works begin."
    )

    assert [note.body for note in story.notes] == ["The last bus has left.", "The works begin."]
    assert story.published_at is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("March 3, 2024, 3:24 PM ET", "March 3, 2024, 2:10 PM ET"),
        ("3:24 PM", "2:10 PM"),
        ("1 de marzo de 2024", "2 de marzo de 2024"),
        ("1 mars 2024", "2 mars 2024"),
    ],
)
def test_the_first_of_times_that_head_paragraphs_stays_above_its_own(first, second):
    body = [first, "The last bus has left. Nobody saw it.", second, "The works begin. It rains."]

    story = parse_story("\n\n".join(["Bridge closes", "By Ines Duarte", *body]))

    assert (story.byline, story.paragraphs, story.left_out) == ("By Ines Duarte", body, ())


def test_times_of_which_no_day_is_told_head_no_notes():
    body = ["Follow it here.", "3:24 PM ET", "The last bus has left.", "2:10 PM ET", "The works begin."]

    story = parse_story("\n\n".join(["Bridge closes", *body]))

    assert (story.paragraphs, story.notes) == (body, ())


def test_a_sentence_under_a_time_is_no_dek():
    story = parse_story(
        "Bridge closes\n\n15:24\nThe last bus has left the bridge.\n\n14:10\nThe works begin."
    )

    assert story.dek == ""
    assert story.paragraphs[0] == "15:24 The last bus has left the bridge."


@pytest.mark.parametrize("above", ["By Ines Duarte", "Correction, May 4 2021: It closes on Monday."])
def test_of_live_updates_nothing_is_taken_for_a_note(above):
    body = ["March 3, 2024, 3:24 PM ET", "The last bus has left.", "Nobody saw it."]
    body += ["March 3, 2024, 2:10 PM ET", "The works begin.", "It rains."]

    story = parse_story("\n\n".join(["Bridge closes", above, *body]))

    assert story.paragraphs == body
    assert len(story.notes) == above.startswith("Correction")


@pytest.mark.parametrize(("first", "second"), [("March 3", "March 2"), ("4:55 PM", "4:10 PM")])
def test_a_time_above_that_of_the_first_of_live_updates_is_that_of_the_story(first, second):
    body = [first, "The last bus has left.", "Nobody saw it.", second, "The works begin."]

    story = parse_story("\n\n".join(["Bridge closes", "March 3, 2024, 5:00 PM ET", "By Ines Duarte", *body]))

    assert story.published_at == datetime(2024, 3, 3, 17, tzinfo=ZoneInfo("America/New_York"))
    assert (story.byline, story.notes, story.paragraphs) == ("By Ines Duarte", (), body)


@pytest.mark.parametrize(
    "body",
    [
        ["March 3, 2024, 5:00 PM ET", "The last bus has left. Nobody saw it.", "4:10 PM", "It rains."],
        ["March 3, 2024", "5:00 PM", "The last bus has left.", "March 2, 2024", "4:10 PM", "It rains."],
        ["1931", "The bridge opens. It rains.", "1978", "It has cracks."],
        [
            "20:14",
            "The ferries stop",
            "The operator had no choice at all.",
            "19:02",
            "Talks fail",
            "It rains.",
        ],
    ],
)
def test_whatever_is_first_in_a_chronology_stays_above_what_it_heads(body):
    story = parse_story("\n\n".join(["Bridge closes", "By Ines Duarte", *body]))

    assert (story.paragraphs, story.notes, story.left_out) == (body, (), ())


@pytest.mark.parametrize(
    "above",
    [
        "9:00 AM ET",
        "It has cracks.\n\nUpdated March 4, 2024, 9:05 PM ET\n\nBy Ines Duarte",
        "Correction\n\nMarch 4, 2024\n\nIt is of 1931.\n\nDivers found cracks in two of its piers\n\nBy Ines Duarte",
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        ["The last bus has left. Nobody saw it.", "The works begin. It rains."],
        ["5:00 PM ET", "The last bus has left. Nobody saw it.", "4:10 PM ET", "The works begin. It rains."],
    ],
)
def test_no_paragraph_leaves_the_body_for_what_stands_above_it(above, body):
    story = parse_story("\n\n".join(["Bridge closes", above, *body]))

    assert story.paragraphs[-len(body) :] == body


def test_the_time_of_a_story_is_its_own_where_a_note_has_one_on_a_line_of_its_own_too():
    story = parse_story(
        DATED.format(stamp="March 3, 2024, 9:00 AM ET") + "\nCorrection\n\nMay 4, 2024\n\nIt was Tuesday."
    )

    assert story.published_at == datetime(2024, 3, 3, 9, tzinfo=ZoneInfo("America/New_York"))
    assert [note.body for note in story.notes] == ["It was Tuesday."]
    assert len(story.paragraphs) == 2


@pytest.mark.parametrize(
    "first",
    [
        "By Ines Duarte\n\nThe bridge closes on Monday because divers have found cracks in it.",
        "NEWARK, N.J. (AP) — The bridge closes on Monday because of cracks.",
        "BUENOS AIRES.- El puente cierra el lunes porque hay grietas.",
        "MADRID, 3 Mar. (EFE) - El puente cierra el lunes porque hay grietas.",
    ],
)
def test_the_first_sentence_of_the_body_is_no_dek(first):
    story = parse_story(f"Bridge closes\n\n{first}\n\nIt rains. It pours.")

    assert story.dek == ""
    assert len(story.paragraphs) == 2


@pytest.mark.parametrize("below", ["By Ines Duarte and Sam Oduya in Newark for the Harbour News\n\n", ""])
@pytest.mark.parametrize(
    "dek",
    [
        "By the time anybody looked, the cracks were a foot long",
        "By noon, the bridge was open again",
        "Por la tarde nadie respondía al teléfono",
    ],
)
def test_a_dek_may_begin_with_the_word_of_a_byline(dek, below):
    story = parse_story(f"Bridge closes\n\n{dek}\n\n{below}The bridge closes. It rains.\n\nIt pours.")

    assert (story.dek, story.byline, story.left_out) == (dek, below.strip(), ())


@pytest.mark.parametrize(
    "byline", ["By staff", "Por nuestros corresponsales", "By our correspondent in Berlin"]
)
def test_a_byline_may_name_nobody(byline):
    assert parse_story(f"Bridge closes\n\n{byline}\n\nIt rains. It pours.").byline == byline


def test_a_time_above_the_body_and_one_below_it_head_nothing():
    story = parse_story(
        "Bridge closes\n\nPublié le 3 mars 2024\n\nModifié le 4 mars 2024\n\n"
        "The last bus has left. Nobody saw it.\n\nThe works begin. It rains.\n\n5 mars 2024"
    )

    assert story.left_out == ("Publié le 3 mars 2024", "Modifié le 4 mars 2024")


def test_readers_see_a_text_no_earlier_than_its_last_note():
    story = parse_story(
        STORY.replace("By Ines Duarte", "By Ines Duarte\n\nPublished March 2, 2024, 8:00 AM ET")
    )

    assert story.published_at == datetime(2024, 3, 2, 8, tzinfo=ZoneInfo("America/New_York"))
    assert story.shown_at == datetime(2024, 3, 4, 9, 5, tzinfo=ZoneInfo("America/New_York"))

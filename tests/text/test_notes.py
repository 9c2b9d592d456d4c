"""Notes as newspapers print them (`notes_in_print.txt`), what is none (`notes_refused.txt`), and the finer points."""

import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.note_grammar.surface import read_surface
from stories.text.notes import MOST_CHARACTERS_READ, Note, NoteKind, Precision, find_notes, parse_note
from tests.steps import steps_of

READ_ON = datetime.date(2024, 5, 20)
NEW_YORK = "America/New_York"


def _sections(name: str) -> dict[str, list[str]]:
    """The lines of a file by the comment that they stand under: one test for each, and a name for it."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n")
    sections: dict[str, list[str]] = {}
    for line in lines:
        if line.startswith("#"):
            section = sections.setdefault(line.strip("# "), [])
        elif line:
            section.append(line)
    return {title: section for title, section in sections.items() if section}


def _printed(text: str) -> str:
    return text.replace(r"\n", "\n").replace(r"\u00a0", "\u00a0").replace(r"\u202f", "\u202f")


IN_PRINT = _sections("notes_in_print.txt")
REFUSED = _sections("notes_refused.txt")


def _spelled(moment: datetime.datetime | None) -> str:
    return moment.isoformat(timespec="minutes") if moment else ""


def _read(text: str, *, read_on: datetime.date | None = READ_ON, zone: str | None = None) -> Note:
    note = parse_note(text, reference_date=read_on, default_zone=zone)
    assert note is not None
    return note


def _as_read(text: str) -> tuple[str, ...]:
    note = parse_note(_printed(text), reference_date=READ_ON)
    if note is None:
        return ("no note",)
    return note.kind.value, _spelled(note.stated_at), "headline" if note.headline_changed else ""


def test_the_files_hold_hundreds_of_notes_and_of_sentences_that_are_none() -> None:
    assert sum(map(len, IN_PRINT.values())) > 500
    assert sum(map(len, REFUSED.values())) > 200


@pytest.mark.parametrize("lines", IN_PRINT.values(), ids=IN_PRINT)
def test_a_note_in_print_is_read_as_its_readers_read_it(lines: list[str]) -> None:
    expected = [tuple(part.strip() for part in line.split("|", maxsplit=3)) for line in lines]

    read = [(*_as_read(text), text) for *_, text in expected]

    wrong = [
        f"{is_read} and not {right}"
        for is_read, right in zip(read, expected, strict=True)
        if is_read != right
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("lines", REFUSED.values(), ids=REFUSED)
def test_an_ordinary_sentence_is_not_a_note(lines: list[str]) -> None:
    taken = [
        text
        for text in lines
        if parse_note(text, reference_date=READ_ON, default_zone="Europe/London") is not None
    ]

    assert not taken, "\n".join(taken)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Update, May 18 2024, 3:24 PM ET: The bank has replied.", "The bank has replied."),
        ("UPDATE (May 18, 2024 at 3:24 p.m. EDT): The bank has replied.", "The bank has replied."),
        ("Updated on 18 May 2024 at 15:24 BST", ""),
        ("Updated at 3:24 p.m. to add the bank’s reply.", "to add the bank’s reply."),
        ("UPDATED with: the bank’s reply.", "the bank’s reply."),
        ("UPDATED with the bank’s reply.", "with the bank’s reply."),
        ("Correction: The bank is in Oslo. (May 18, 2024)", "The bank is in Oslo."),
        ("Correction: The bank is in Oslo (not Bergen).", "The bank is in Oslo (not Bergen)."),
        ("Correction\nMay 18, 2024\nThe bank is in Oslo.", "The bank is in Oslo."),
        ("**Update, 3:24 PM ET:** The bank **has** replied.", "The bank **has** replied."),
        ("*Correction: The bank is in Oslo.*", "The bank is in Oslo."),
        ("[UPDATE: The bank has replied.]", "The bank has replied."),
        ("A correction was made on May 4, 2021: The bank is in Oslo.", "The bank is in Oslo."),
        (
            "Correction: May 4 was the day of the vote, not May 5.",
            "May 4 was the day of the vote, not May 5.",
        ),
        ("09:23 GMT — The bank has now replied.", "The bank has now replied."),
        (
            "This article was amended on 4 May 2021 to correct a name.",
            "This article was amended on 4 May 2021 to correct a name.",
        ),
        (
            "(This May 6 story has been corrected to say Oslo)",
            "This May 6 story has been corrected to say Oslo",
        ),
    ],
)
def test_the_body_is_the_note_without_its_label_and_date(text: str, body: str) -> None:
    note = _read(text)

    assert note.body == body


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Update, May 18 2024, 3:24 PM ET: The bank has replied.", Precision.MINUTE),
        ("Update, 3 PM: The bank has replied.", Precision.MINUTE),
        ("Correction, May 18: The bank is in Oslo.", Precision.DAY),
        ("Update, Friday: The bank has replied.", Precision.DAY),
        ("Updated May 2024", Precision.MONTH),
        ("This article was updated in 2021 to include the new rules.", Precision.YEAR),
        ("Correction: The bank is in Oslo.", Precision.NONE),
        ("Updated 2 hours ago", Precision.NONE),
    ],
)
def test_the_precision_is_that_of_the_printed_time(text: str, precision: Precision) -> None:
    note = _read(text)

    assert note.precision is precision


@pytest.mark.parametrize(
    "text",
    [
        "Update, 3:24 PM ET: The bank has replied.",
        "Update, May 18, 3:24 PM ET: The bank has replied.",
        "Update on Friday: The bank has replied.",
        "09:23 GMT — The bank has now replied.",
    ],
)
def test_without_a_reference_date_no_day_is_made_up(text: str) -> None:
    note = _read(text, read_on=None)

    assert (note.stated_at, note.precision) == (None, Precision.NONE)


@pytest.mark.parametrize(
    ("text", "read_on", "stated"),
    [
        ("Update, May 20: It is so.", datetime.date(2024, 5, 20), "2024-05-20T00:00"),
        ("Update, May 21: It is so.", datetime.date(2024, 5, 20), "2023-05-21T00:00"),
        ("Update, Dec. 31: It is so.", datetime.date(2024, 1, 1), "2023-12-31T00:00"),
        ("Update, Feb. 29: It is so.", datetime.date(2023, 5, 20), "2020-02-29T00:00"),
        ("Update, Monday: It is so.", datetime.date(2024, 5, 20), "2024-05-20T00:00"),
        ("Update, Tuesday: It is so.", datetime.date(2024, 5, 20), "2024-05-14T00:00"),
        ("Update, February 30, 2024: It is so.", datetime.date(2024, 5, 20), ""),
    ],
)
def test_a_day_without_a_year_is_the_latest_one_not_after_the_reference_date(
    text: str, read_on: datetime.date, stated: str
) -> None:
    note = _read(text, read_on=read_on)

    assert _spelled(note.stated_at) == stated


@pytest.mark.parametrize(
    ("printed", "offset", "zone"),
    [
        ("May 18, 2024, 3 PM ET", -4, NEW_YORK),
        ("January 18, 2024, 3 PM ET", -5, NEW_YORK),
        ("May 18, 2024, 3 PM EST", -4, NEW_YORK),  # what readers had on their walls
        ("January 18, 2024, 3 PM EDT", -5, NEW_YORK),
        ("18 May 2024, 15.00 GMT", 0, "Etc/GMT"),
        ("18 May 2024, 15.00 BST", 1, "Europe/London"),
        ("18 May 2024, 15.00 UTC", 0, "UTC"),
        ("18 January 2024, 15.00 AEDT", 11, "Australia/Sydney"),
        ("18 May 2024, 15.00 CET", 2, "Europe/Paris"),
        ("18 May 2024, 15.00 UTC-3", -3, "UTC-03:00"),
    ],
)
def test_a_printed_zone_is_the_wall_clock_of_its_region(printed: str, offset: int, zone: str) -> None:
    note = _read(f"Update, {printed}: The bank has replied.")

    assert note.stated_at is not None
    assert (note.stated_at.utcoffset(), note.zone) == (datetime.timedelta(hours=offset), zone)


def test_the_default_zone_is_for_times_printed_without_one() -> None:
    bare = _read("Update, May 18 2024, 3:24 PM: The bank has replied.", zone="Europe/Oslo")
    printed = _read("Update, May 18 2024, 3:24 PM ET: The bank has replied.", zone="Europe/Oslo")
    local = _read("Update, May 18 2024, 3:24 PM local time: The bank has replied.", zone="Europe/Oslo")

    assert (
        bare.stated_at
        == local.stated_at
        == datetime.datetime(2024, 5, 18, 15, 24, tzinfo=ZoneInfo("Europe/Oslo"))
    )
    assert printed.zone == NEW_YORK


@pytest.mark.parametrize(
    ("text", "zone", "stated"),
    [
        ("Correction 5/6/24: The bank is in Oslo.", None, "2024-05-06T00:00"),
        ("Correction 5/6/24: The bank is in Oslo.", "America/Chicago", "2024-05-06T00:00-05:00"),
        ("Correction 5/6/24: The bank is in Oslo.", "UTC", "2024-05-06T00:00+00:00"),
        ("Correction 5/6/24: The bank is in Oslo.", "Europe/London", "2024-06-05T00:00+01:00"),
        ("Correction 5/6/24, 10:00 BST: The bank is in Oslo.", "America/Chicago", "2024-06-05T10:00+01:00"),
        ("Correction 5/16/24: The bank is in Oslo.", "Europe/London", "2024-05-16T00:00+01:00"),
        ("Correction 16/5/24: The bank is in Oslo.", "America/Chicago", "2024-05-16T00:00-05:00"),
    ],
)
def test_strokes_are_month_first_unless_a_number_or_a_zone_says_otherwise(
    text: str, zone: str | None, stated: str
) -> None:
    note = _read(text, zone=zone)

    assert _spelled(note.stated_at) == stated


def test_a_default_zone_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        parse_note("Update, May 18 2024: The bank has replied.", default_zone="Europe/Atlantis")


def test_the_day_of_the_story_is_not_the_day_of_its_correction() -> None:
    wire = _read("(This May 6 story has been corrected to say Oslo, not Bergen)")
    dated = _read("(This May 6 story was corrected on May 8 to say Oslo, not Bergen)")

    assert wire.stated_at is None
    assert _spelled(dated.stated_at) == "2024-05-08T00:00"


def test_the_label_is_kept_as_printed() -> None:
    note = _read("EDITOR’S NOTE: The bank is a sponsor of this site.")

    assert (note.label, note.kind) == ("EDITOR’S NOTE", NoteKind.EDITORS_NOTE)


def test_what_stands_beyond_the_bound_is_kept_but_not_read() -> None:
    padding = "The bank has replied. " * (MOST_CHARACTERS_READ // 20)

    note = _read(f"Update: {padding}The headline has been changed. (May 18, 2024)")

    assert note.body.endswith("(May 18, 2024)")
    assert (note.headline_changed, note.stated_at) == (False, None)


@given(st.text(max_size=200))
def test_whatever_the_text_its_words_are_not_rewritten(text: str) -> None:
    note = parse_note(f"Update: {text}", reference_date=READ_ON)

    assert note is None or note.body in read_surface(f"Update: {text}").shown


LEADS = [
    "{label}, {date}, {time} {zone}: ",
    "{label} ({date} at {time} {zone}): ",
    "{label} {time} {zone} {date}: ",
    "{label} — {date}, {time} {zone} — ",
    "{label} [{time} {zone}, {date}]: ",
    "{label}\n{date}, {time} {zone}\n",
    "**{label}, {date}, {time} {zone}:** ",
    "{label} : {time} {zone}, {date} – ",
]
LABELS = [
    "Update",
    "UPDATE II",
    "Correction",
    "Second update",
    "Editor’s note",
    "Clarification",
    "Retraction",
]
DATES = [
    "May 18, 2024",
    "18 May 2024",
    "Saturday 18th May 2024",
    "2024-05-18",
    "18.05.2024",
    "5/18/24",
    "May 18",
]
TIMES = ["3:24 PM", "3.24pm", "3:24\u202fp.m.", "15:24", "15.24", "15h24"]
ZONES = ["ET", "EDT", "(ET)", "Eastern Time"]


@given(
    lead=st.sampled_from(LEADS),
    label=st.sampled_from(LABELS),
    date=st.sampled_from(DATES),
    clock=st.sampled_from(TIMES),
    zone=st.sampled_from(ZONES),
)
def test_label_date_time_and_zone_are_read_in_any_order(
    lead: str, label: str, date: str, clock: str, zone: str
) -> None:
    text = lead.format(label=label, date=date, time=clock, zone=zone) + "The bank has replied."

    note = _read(text)

    assert (note.label, note.body) == (label, "The bank has replied.")
    assert note.stated_at == datetime.datetime(2024, 5, 18, 15, 24, tzinfo=ZoneInfo(NEW_YORK))


def test_notes_are_found_among_the_paragraphs_of_a_story() -> None:
    story = (
        "Bank loses nine million\n\nUpdated on 18 May 2024 at 15:24 BST\n\nThe bank lost nine million on Friday.\n\n"
        "An update is due at noon.\n\nCorrection, 18 May 2024: The bank is in Oslo."
    )

    found = find_notes(story)

    assert [(each.paragraphs, each.note.kind) for each in found] == [
        (range(1, 2), NoteKind.UPDATE),
        (range(4, 5), NoteKind.CORRECTION),
    ]


def test_a_heading_that_stands_alone_is_read_with_what_follows_it() -> None:
    story = (
        "The bank lost it.\n\nCorrection\n\nMay 18, 2024\n\nThe bank is in Oslo.\n\nIt was founded in 1901."
    )

    found = find_notes(story)

    assert [each.paragraphs for each in found] == [range(1, 4)]
    assert (found[0].note.body, _spelled(found[0].note.stated_at)) == (
        "The bank is in Oslo.",
        "2024-05-18T00:00",
    )


def test_a_heading_does_not_swallow_the_next_note() -> None:
    story = "Update, May 18, 2024\n\nUpdate, May 19, 2024: The bank has replied."

    found = find_notes(story)

    assert [_spelled(each.note.stated_at) for each in found] == ["2024-05-18T00:00", "2024-05-19T00:00"]


@pytest.mark.parametrize("text", ["", " \n ", "Correction", "The bank lost nine million."])
def test_a_text_without_notes_has_none(text: str) -> None:
    found = find_notes(text)

    assert found == []


def test_a_story_of_ordinary_sentences_has_no_notes() -> None:
    story = "\n\n".join(text for text in REFUSED if len(text.split()) > 3)

    found = find_notes(story, reference_date=READ_ON)

    assert found == []


@pytest.mark.parametrize(
    "piece",
    [
        "Update ",
        "This story, ",
        "In a ",
        "(",
        "*",
        "error ",
        "headline ",
        "It was updated on ",
        "4 and ",
        "3:24 PM ET, ",
    ],
)
def test_no_repetition_makes_the_grammar_slow(piece: str) -> None:
    text = "Correction: An earlier version of this article " + piece * 20_000

    steps = steps_of(lambda: parse_note(text, reference_date=READ_ON))

    assert steps < len(text)

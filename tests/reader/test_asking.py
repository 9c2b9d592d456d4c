"""Readers ask for a time, for corrections of a kind; what cannot be used is told, and kept in the form."""

from datetime import timedelta

import pytest

from stories.publishing.corrections import correction_rows
from tests.factories import ArticleFactory
from tests.reader.telling import START, publish, rewrite, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("at=2026-03-02T12:00&zone=America/New_York", 1),
        ("at=2026-03-02T17:34&zone=UTC", 1),
        ("at=2026-03-02T17:35&zone=UTC", 2),
        ("at=2026-03-03T12:30&zone=America/New_York", 3),
        ("at=2026-03-04T20:00:00%2B02:00", 4),
        ("at=2026-03-04T20:00:00+02:00", 4),
        ("at=2030-01-01", 4),
    ],
)
def test_the_version_that_was_live_then_is_shown_and_the_page_says_so(client, bridge, asked, number):
    response = client.get(f"/stories/bridge/as-of/?{asked}")

    words = text_of(response.content.decode())
    assert "As readers saw it on" in words
    assert f"version {number} was live then." in words
    assert response["Memento-Datetime"]
    assert '<link rel="canonical" href="http://127.0.0.1:8000/stories/bridge/">' in response.content.decode()


def test_a_time_before_the_first_version_says_that_there_was_none(read, bridge):
    words = text_of(read("/stories/bridge/as-of/?at=2026-03-02T11:59&zone=America/New_York"))

    assert "On March 2, 2026, 11:59 a.m. EST we had no version of this story." in words
    assert "It is old." not in words


def test_without_a_time_it_is_asked_for_in_the_storys_own_zone(read, bridge):
    page = read("/stories/bridge/as-of/")

    assert 'type="datetime-local"' in page
    assert '<select id="as-of-zone" name="zone"><option value="America/New_York"' in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("at=yesterday", "Give a date and a time"),
        ("at=", "This field is required"),
        ("at=0001-01-01T00:00", "Give a year from 1000 on"),
        ("at=2026-03-02T12:00&zone=Mars/Olympus", "There is no such time zone"),
        ("at=2026-03-02T12:00&zone=../etc/passwd", "There is no such time zone"),
    ],
)
def test_a_time_that_cannot_be_read_is_told_and_kept_in_the_form(read, bridge, asked, said):
    page = read(f"/stories/bridge/as-of/?{asked}")

    assert said in page
    assert f'value="{asked.partition("&")[0].removeprefix("at=")}"' in page


@pytest.fixture
def corrected(bridge):
    ferry = ArticleFactory(slug="ferry", headline="The ferry is full")
    publish(ferry, at=START + timedelta(days=5))
    publish(
        rewrite(ferry, body="It is half full."),
        "It was half full.",
        at=START + timedelta(days=6),
        kind="correction",
    )
    publish(
        rewrite(ferry, body="It is full."),
        "Full means seats.",
        at=START + timedelta(days=7),
        kind="clarification",
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Full means seats.", "It was half full.", "The headline was too sure."]),
        ("kind=clarification", ["Full means seats."]),
        ("q=half", ["It was half full."]),
        ("q=FERRY+seats", ["Full means seats."]),
        ("q=may+close", ["The headline was too sure."]),
        ("q=FERRY+full+full", ["Full means seats.", "It was half full."]),
        ("q=too+sure+the+headline+was+too+sure+the+bridge", ["The headline was too sure."]),
        ("q=%25", []),
        ("since=2026-03-08", ["Full means seats.", "It was half full."]),
        ("until=2026-03-04", ["The headline was too sure."]),
        ("since=2026-03-05&until=2026-03-08", ["It was half full."]),
        ("q=half&kind=clarification", []),
    ],
)
def test_corrections_are_found_by_words_kind_and_date(read, corrected, asked, found):
    page = read(f"/corrections/?{asked}")

    told = ["Full means seats.", "It was half full.", "The headline was too sure."]
    assert [note for note in told if note in page] == found
    assert ("No correction matches your search" in page) == (found == [])


@pytest.mark.parametrize("asked", ["Straße", "Ärzte", "Straße+straße", "İzmir"])
def test_a_correction_is_found_by_a_word_as_it_is_written(read, bridge, asked):
    note = "Two Ärzte of İzmir live in that Straße, which is a straße in Kiel."
    publish(rewrite(bridge, body="It is old."), note, at=START + timedelta(days=5), kind="correction")

    assert note in read(f"/corrections/?q={asked}")


def test_a_search_looks_at_the_newest_and_says_so(read, corrected, monkeypatch):
    monkeypatch.setattr("stories.publishing.corrections.MOST_SEARCHED", 2)

    newest, older = read("/corrections/?q=e"), read("/corrections/?q=e&until=2026-03-04")

    assert "It was half full." in newest
    assert "The headline was too sure." not in newest
    assert "were searched. Set an end date to search older ones." in newest
    assert "The headline was too sure." in older
    assert "were searched" not in older


def test_words_that_are_too_many_are_named(read, corrected):
    page = read("/corrections/?q=one+two+three+Four+four+five+six+seven+eight+nine+Ten")

    assert "A search takes 8 words. Not searched for: nine Ten" in page
    assert "Not searched for" not in read("/corrections/?q=one+two+three+Four+four+five+six+seven+eight")


def test_a_search_among_corrections_parses_no_version_that_it_does_not_show(corrected):
    sql = str(correction_rows(words="ferry seats").query)

    assert "content" not in sql
    assert "stories_searchable" in sql


def test_a_search_that_cannot_be_read_is_told_and_kept(read, corrected):
    page = read("/corrections/?since=soon&q=half&kind=retraction%22")

    assert "Enter a valid date." in page
    assert 'value="half"' in page
    assert 'value="soon"' in page
    assert "It was half full." in page


def test_the_pages_of_a_search_keep_what_was_asked(read, bridge):
    article = ArticleFactory(slug="long")
    publish(article)
    for number in range(1, 32):
        publish(
            rewrite(article, body=f"Text {number}."),
            f"Wrong number {number}.",
            at=START + timedelta(hours=number),
            kind="correction",
        )

    assert 'href="?q=wrong+number&amp;page=2"' in read("/corrections/?q=wrong+number")
    assert "Wrong number 1." in read("/corrections/?q=wrong+number&page=2")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("name", ["since", "until"])
def test_a_day_at_the_end_of_time_is_told_and_not_a_crash(client, bridge, settings, zone, day, name):
    settings.TIME_ZONE = zone

    response = client.get("/corrections/", {name: day})

    assert response.status_code == 200
    assert b"Ensure this value" in response.content

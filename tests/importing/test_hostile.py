"""What is brought in and means ill, or is broken in any place: read within bounds, or refused in a sentence.

Nothing of it is taken in by half, and whoever looks at the intake afterwards is shown a page.
"""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from contextlib import suppress
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from stories.importing.archive import read_timemap
from stories.importing.bulk import MOST_FILES, open_zip
from stories.importing.errors import ImportRefused
from stories.importing.intake import Choice, confirm_intake, open_intake
from stories.importing.read import LARGEST_BYTES
from stories.importing.work import work_on
from stories.models import Article, Intake, User, Version
from stories.models.words import IncomingState, IntakeKind, IntakeMode, IntakeState
from stories.text.copy_errors import ExtractError
from stories.text.feed_entries import MOST_ENTRIES, read_feed_entries
from tests.importing.reading import read_address
from tests.importing.test_archive import STORY, hold, read
from tests.importing.test_archive import page as capture
from tests.importing.test_feed import BODY, entry, look, preview, publish, watch
from tests.watching.source_site import SourceSite

PARAGRAPHS = "".join(
    f"<p>The harbour bridge closes on {day} and stays closed for a year, the port authority says in a notice.</p>"
    for day in ("Monday", "Tuesday", "Wednesday")
)
DATA = '<script type="application/ld+json">%s</script>'
#: The ends of the calendar, which another time zone leads beyond.
ENDS_OF_TIME = (
    *(
        "0001-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
        "9999-12-31T23:59:59Z",
    ),
    *("Mon, 01 Jan 0001 00:00:00 +1400", "Fri, 31 Dec 9999 23:59:59 -1200"),
)


def read_at(site: SourceSite, body: str | bytes, ruth: User) -> Intake:
    address = site.put("/story", body, headers={"Content-Type": "text/html; charset=utf-8"})
    return read_address(address, ruth)


def take_all(intake: Intake, ruth: User) -> Intake:
    choices = {each.pk: Choice() for each in intake.stories.filter(state=IncomingState.PROPOSED)}
    confirm_intake(intake, choices=choices, mode=IntakeMode.RECORDED, by=ruth)
    work_on(intake, now=timezone.now)
    intake.refresh_from_db()
    return intake


def page_of(intake: Intake, ruth: User) -> Any:
    client = Client()
    client.force_login(ruth)
    return client.get(intake.get_absolute_url())


# A page.


@pytest.mark.parametrize("moment", [ENDS_OF_TIME[0], ENDS_OF_TIME[2], "2024-03-02T08:00:00+23:59"])
def test_a_page_from_the_end_of_the_calendar_or_of_no_zone_is_taken_without_its_time(
    site: SourceSite, ruth: User, moment: str
) -> None:
    meta = f'<meta property="article:published_time" content="{moment}">'

    intake = read_at(site, f"<html><head>{meta}</head><article><h1>Bridge closes</h1>{PARAGRAPHS}", ruth)

    assert page_of(intake, ruth).status_code == 200
    take_all(intake, ruth)
    assert Version.objects.get().stated_at is None


def test_a_page_whose_data_have_characters_that_no_text_has_is_read_without_them(
    site: SourceSite, ruth: User
) -> None:
    odd = "\\u0000\\ud800\\u202e\\u001b\\r\\n"
    said = f'{{"@type": "NewsArticle", "headline": "Bridge{odd} closes", "author": "Ines{odd}"}}'

    take_all(read_at(site, f"<html>{DATA % said}<article>{PARAGRAPHS}</article>", ruth), ruth)

    article = Article.objects.get()
    assert (article.headline, article.byline) == ("Bridge closes", "By Ines")


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 50_000,
        DATA % ("[" * 50_000),
        DATA % ('{"@graph":' * 50_000),
        f'<meta property="og:title" content="{"a" * 500_000}">',
        f"<h1>{'<b>a' * 20_000}",
        b"\xff\xfe" + b"<\0h\0" * 9,
        b"\x1f\x8b\x08\0" + b"\0" * 999,
    ],
    ids=["deep", "deep data", "deep graph", "one long word", "many marks", "half of UTF-16", "gzip"],
)
def test_a_page_that_is_no_story_is_refused_in_a_sentence(
    site: SourceSite, ruth: User, markup: str | bytes
) -> None:
    intake = read_at(site, markup, ruth)

    assert (intake.state, bool(intake.message)) == (IntakeState.REFUSED, True)
    assert not Article.objects.exists()


# A feed.


def test_an_entry_from_the_end_of_the_calendar_stops_none_of_the_others(site: SourceSite, ruth: User) -> None:
    entries = [
        entry(str(number), f"Bridge {number}", BODY.replace("Monday", f"day {number}"), updated=moment)
        for number, moment in enumerate([*ENDS_OF_TIME, "2024-03-02T08:00:00Z"])
    ]

    feed = watch(publish(site, *entries), ruth)
    assert look(feed) is None

    assert Article.objects.count() == len(entries)
    assert page_of(Intake.objects.get(), ruth).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><feed><title>&b;</title></feed>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><feed><title>&a;</title></feed>',
        "<feed>" * 1_000,
        "<feed><entry><id>1</id>",
        '<?xml version="1.0" encoding="utf-7"?><feed>+ADw-',
        "",
    ],
    ids=["entities", "a file", "deep", "cut off", "another encoding", "nothing"],
)
def test_a_feed_that_is_none_is_refused_in_a_sentence(site: SourceSite, ruth: User, text: str) -> None:
    intake = preview(site.put("/feed", text, headers={"Content-Type": "application/atom+xml"}), ruth)

    assert (intake.state, "is no feed" in intake.message) == (IntakeState.REFUSED, True)


def test_of_a_feed_without_end_the_first_entries_are_read() -> None:
    found = read_feed_entries(
        f"<feed>{''.join(f'<entry><id>{number}</id></entry>' for number in range(MOST_ENTRIES * 9))}</feed>"
    )

    assert len(found.entries) == MOST_ENTRIES


@given(st.data())
def test_a_feed_that_is_broken_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    whole = f"<feed><title>T</title>{entry('1', 'A', BODY)}{entry('2', 'B', '')}</feed>"

    with suppress(ExtractError):
        found = read_feed_entries(broken(whole.encode(), data).decode(errors="replace"))
        assert len(found.entries) <= 2


# A ZIP.


def packed(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(f"{name}.txt", body)
    return made.getvalue()


def broken(whole: bytes, data: st.DataObject) -> bytes:
    """Cut off, or with a few bytes changed."""
    body = bytearray(whole[: data.draw(st.integers(1, len(whole)))])
    for _ in range(data.draw(st.integers(0, 4))):
        where = data.draw(st.integers(0, len(body) - 1))
        body[where] = data.draw(st.sampled_from([0, 1, 0x50, 0x7F, 0x80, 0xFF]))
    return bytes(body)


@given(st.data())
def test_a_zip_that_is_broken_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    whole = packed(one=b"The bridge closes." * 9, two=b"The tunnel opens.")
    tail = data.draw(st.booleans())
    body = whole[:40] + broken(whole[40:], data) if tail else broken(whole, data)

    with suppress(ImportRefused):
        for _name, unpack in open_zip(body, name="stories.zip"):
            with suppress(ImportRefused):
                assert len(unpack()) <= LARGEST_BYTES


def test_a_zip_of_a_million_names_is_refused_before_they_are_read() -> None:
    """Its directory alone says so; each name that is read takes ten times its room."""
    one = packed(a=b"")
    start = one.index(b"PK\1\2")
    entry_, end = one[start : one.index(b"PK\5\6")], bytearray(one[one.index(b"PK\5\6") :])
    count = 40 * MOST_FILES
    end[8:10] = end[10:12] = (count % 65_536).to_bytes(2, "little")
    end[12:16] = (count * len(entry_)).to_bytes(4, "little")
    body = one[:start] + entry_ * count + end

    tracemalloc.start()
    with pytest.raises(ImportRefused, match="more than"):
        open_zip(body, name="stories.zip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 2 * len(body)


@pytest.mark.django_db
def test_a_name_in_a_zip_is_told_without_what_turns_a_line_around(ruth: User) -> None:
    payload = packed(
        **{"bridge\u202egpj\u0007\n": b"Bridge closes\n\nThe bridge closes on Monday.\n\nIt is closed."}
    )
    intake = open_intake(
        IntakeKind.UPLOAD, name="stories.zip", zone="UTC", by=ruth, now=timezone.now(), payload=payload
    )

    work_on(intake, now=timezone.now)

    assert intake.stories.get().name.isprintable()


# A web archive.


def test_a_capture_from_the_end_of_the_calendar_is_none(archive: SourceSite, ruth: User) -> None:
    ends = ("Fri, 31 Dec 9999 23:59:59 GMT", "Fri, 31 Dec 9999 23:59:59 -1200")
    links = "".join(f',\n<{archive.url("/x")}>; rel="memento"; datetime="{moment}"' for moment in ends)
    hold(archive, (2, capture("Bridge closes", PARAGRAPHS)), further=links)

    intake = read(ruth)

    assert intake.stories.count() == 1
    assert page_of(intake, ruth).status_code == 200


def test_a_capture_inside_the_network_is_refused_and_the_others_are_read(
    archive: SourceSite, ruth: User
) -> None:
    inside = (
        "http://169.254.169.254/latest/",
        "http://[::1]:6379/",
        "file:///etc/passwd",
        "gopher://10.0.0.1/",
    )
    links = "".join(
        f',\n<{address}>; rel="memento"; datetime="Sat, 0{day} Mar 2024 09:00:00 GMT"'
        for day, address in enumerate(inside, start=3)
    )
    hold(archive, (2, capture("Bridge closes", PARAGRAPHS)), further=links)

    states = list(read(ruth).stories.values_list("state", flat=True))

    assert states == [IncomingState.PROPOSED, *(IncomingState.REFUSED for _ in inside)]


@given(st.data())
@example(None)
def test_a_timemap_that_is_broken_anywhere_is_read(data: st.DataObject | None) -> None:
    whole = (
        f'<{STORY}>; rel="original",\n<{STORY}?1>; rel="memento"; datetime="Sat, 02 Mar 2024 08:00:00 GMT"'
    )
    text = broken(whole.encode(), data).decode(errors="replace") if data else "<a>;" * 99_999

    assert len(read_timemap(text).mementos) <= 1

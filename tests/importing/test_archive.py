"""The captures of a story in a web archive, which is a real server that speaks Memento."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from stories.importing.archive import read_timemap
from stories.importing.intake import Choice, confirm_intake, open_intake
from stories.importing.work import work_on
from stories.models import Article, Version
from stories.models.words import IncomingState, IntakeKind, IntakeMode, IntakeState

pytestmark = pytest.mark.django_db

STORY = "https://news.example/bridge"
FIRST = (
    "The harbour bridge closes on Monday and stays closed for a year, the port authority says in a notice.",
    "Ferries run every ten minutes from six in the morning, and they take bicycles free of charge too.",
    "The works cost four million, which is twice of what they were to cost when they were planned.",
)


def page(headline, *paragraphs):
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f"<html><body><article><h1>{headline}</h1>{body}</article></body></html>"


def hold(archive, *captures, further=""):
    """Make the archive hold these captures of the story: pairs of a day in March 2024 and a page."""
    links = [f'<{STORY}>; rel="original"']
    for day, text in captures:
        stamp = f"202403{day:02}080000"
        address = archive.put(f"/web/{stamp}/{STORY}", text, headers={"Content-Type": "text/html"})
        moment = datetime(2024, 3, day, 8, tzinfo=UTC)
        links.append(f'<{address}>; rel="memento"; datetime="{moment:%a, %d %b %Y %H:%M:%S} GMT"')
    archive.put(f"/timemap/link/{STORY}", ",\n".join(links) + further)


def read(by):
    intake = open_intake(
        IntakeKind.ARCHIVE, name=STORY, address=STORY, zone="America/New_York", by=by, now=timezone.now()
    )
    while work_on(intake, now=timezone.now):
        pass
    intake.refresh_from_db()
    return intake


def take(intake, by):
    choices = {each.pk: Choice() for each in intake.stories.filter(state=IncomingState.PROPOSED)}
    confirm_intake(intake, choices=choices, mode=IntakeMode.RECORDED, by=by)
    work_on(intake, now=timezone.now)
    return intake


def test_each_capture_with_another_text_is_a_version_as_of_its_time(archive, ruth):
    later = page(
        "Bridge closes for months", FIRST[0], FIRST[1], "Nobody knows what it costs, it is said now by all."
    )
    hold(archive, (2, page("Bridge closes", *FIRST)), (3, page("Bridge closes", *FIRST)), (5, later))

    intake = read(ruth)

    assert intake.state == IntakeState.READY
    assert (intake.done_count, intake.total_count) == (3, 3)
    assert not Version.objects.exists()
    take(intake, ruth)
    assert [each.state for each in intake.stories.all()] == ["taken", "skipped", "taken"]
    assert [(each.number, each.headline, each.stated_at) for each in Version.objects.order_by("number")] == [
        (1, "Bridge closes", datetime(2024, 3, 2, 8, tzinfo=UTC)),
        (2, "Bridge closes for months", datetime(2024, 3, 5, 8, tzinfo=UTC)),
    ]


def test_read_again_nothing_is_left_to_take_in(archive, ruth):
    hold(archive, (2, page("Bridge closes", *FIRST)))
    take(read(ruth), ruth)

    again = take(read(ruth), ruth)

    assert again.stories.get().state == IncomingState.SKIPPED
    assert Version.objects.count() == 1


def test_a_capture_from_before_what_is_on_record_is_refused(archive, ruth):
    hold(archive, (5, page("Bridge closes", *FIRST)))
    take(read(ruth), ruth)
    hold(archive, (2, page("Bridge may close", *FIRST)))

    refused = take(read(ruth), ruth).stories.get()

    assert refused.state == IncomingState.REFUSED
    assert "versions follow each other in time" in refused.message
    assert Article.objects.get().headline == "Bridge closes"


def test_links_that_the_archive_rewrote_are_put_right(archive, ruth):
    text = (
        f'{FIRST[0]} <a href="/web/20240302080000/https://port.example/notice">It</a> says “it closes soon”.'
    )
    hold(archive, (2, page("Bridge closes", text, *FIRST[1:])))

    story = read(ruth).stories.get().story

    assert story["passage_links"] == ["https://port.example/notice"]
    assert "(https://port.example/notice)" in story["body"]


def test_a_capture_that_cannot_be_read_is_told_and_the_others_are_taken(archive, ruth):
    hold(archive, (2, page("Bridge closes", *FIRST)), (3, "x"))
    archive.put(f"/web/20240303080000/{STORY}", "", status=503)

    intake = read(ruth)

    refused = intake.stories.get(state=IncomingState.REFUSED)
    assert "error 503" in refused.message
    assert intake.is_ready


def test_a_timemap_in_several_parts_is_read_whole(archive, ruth):
    part = f',\n<{archive.url("/timemap/2")}>; rel="timemap"; type="application/link-format"'
    hold(archive, (2, page("Bridge closes", *FIRST)), further=part)
    second = archive.put("/capture", page("Bridge opens", *FIRST), headers={"Content-Type": "text/html"})
    archive.put("/timemap/2", f'<{second}>; rel="last memento"; datetime="Wed, 06 Mar 2024 08:00:00 GMT"')

    assert read(ruth).total_count == 2


@pytest.mark.parametrize(
    "text",
    ["", "<html>", f'<{STORY}>; rel="memento"; datetime="yesterday"', "<<<<" * 1000, "<a\0b>; rel=memento"],
)
def test_an_archive_without_a_capture_is_told(archive, ruth, text):
    archive.put(f"/timemap/link/{STORY}", text)

    intake = read(ruth)

    assert intake.state == IntakeState.REFUSED
    assert "no capture" in intake.message


def test_a_timemap_says_when_each_capture_was_made():
    found = read_timemap(
        '<a>;rel=original, <http://a/1> ; rel="first memento" ; datetime="Sat, 02 Mar 2024 08:00:00 GMT"'
    )

    assert [(each.address, each.captured_at.day) for each in found.mementos] == [("http://a/1", 2)]


def test_a_capture_of_a_long_address_is_read_at_all_of_it(archive, ruth):
    address = archive.put(f"/web/20240302080000/{STORY}-{'a' * 300}", page("Bridge closes", *FIRST))
    archive.put(
        f"/timemap/link/{STORY}", f'<{address}>; rel="memento"; datetime="Sat, 02 Mar 2024 08:00:00 GMT"'
    )

    assert read(ruth).is_ready

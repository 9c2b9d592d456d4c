"""A story is read at its address, from a real server."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from stories.importing.foresee import foresee
from stories.importing.intake import Choice, confirm_intake
from stories.importing.work import work_on
from stories.models import Article, Source
from stories.models.words import IncomingState, IntakeMode, IntakeState
from tests.importing.reading import read_address
from tests.importing.test_formats import PAGE

pytestmark = pytest.mark.django_db

PATH = "/news/bridge"


def take(intake, by, mode=IntakeMode.DRAFT):
    confirm_intake(intake, choices={intake.stories.get().pk: Choice()}, mode=mode, by=by)
    work_on(intake, now=timezone.now)
    return intake.stories.get()


def test_the_story_of_a_page_is_found_with_its_times_links_and_notes(site, ruth):
    intake = read_address(site.put(PATH, PAGE), ruth)

    incoming = intake.stories.get()
    foreseen = foresee(incoming)
    assert intake.state == IntakeState.READY
    assert foreseen.story.headline == "Harbour bridge closes for a year"
    assert foreseen.story.byline == "By Ines Duarte"
    assert incoming.stated_at == datetime(2024, 3, 4, 14, 5, tzinfo=UTC)  # That of its last note.
    assert [(link.address, link.is_wanted) for link in foreseen.links] == [
        ("https://port.example/notice", True)
    ]
    assert [note.kind for note, _is_new in foreseen.notes] == ["correction"]


def test_what_is_linked_becomes_a_source_of_the_passage(site, ruth):
    take(read_address(site.put(PATH, PAGE), ruth), ruth)

    article = Article.objects.get()
    assert article.citations.get().source == Source.objects.get(url="https://port.example/notice")


def test_read_again_it_is_the_same_story_however_much_it_changed(site, ruth):
    take(read_address(site.put(PATH, PAGE), ruth), ruth, IntakeMode.RECORDED)
    other = "".join(
        f"<p>Paragraph {n} of a text that is wholly other than before, and long.</p>" for n in range(9)
    )
    site.put(
        f"{PATH}?utm_source=letter",
        f"<html><body><article><h1>Bridge opens</h1>{other}</article></body></html>",
    )

    incoming = take(read_address(site.url(f"{PATH}?utm_source=letter"), ruth), ruth, IntakeMode.RECORDED)

    assert Article.objects.get().headline == "Bridge opens"
    assert incoming.version.number == 2


def test_read_again_without_a_change_it_changes_nothing(site, ruth):
    take(read_address(site.put(PATH, PAGE), ruth), ruth, IntakeMode.RECORDED)

    incoming = take(read_address(site.url(PATH), ruth), ruth, IntakeMode.RECORDED)

    assert incoming.state == IncomingState.SKIPPED


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"text": "gone", "status": 404}, "There is no page at this address."),
        ({"text": "no", "status": 403}, "lets us not read"),
        ({"text": b"%PDF-1.7", "headers": {"Content-Type": "application/pdf"}}, "it is not a page of text"),
        (
            {"text": b"\x89PNG\r\n\x1a\n", "headers": {"Content-Type": "image/png"}},
            "cannot be read as a story",
        ),
        ({"text": "<html><body></body></html>"}, "is not a story"),
        ({"text": "", "status": 302, "headers": {"Location": "http://10.0.0.1/"}}, "was not read"),
    ],
)
def test_what_is_no_story_is_refused_with_its_reason(site, ruth, answer, sentence):
    intake = read_address(site.put(PATH, **answer), ruth)

    assert intake.state == IntakeState.REFUSED
    assert sentence in intake.message
    assert not intake.stories.exists()

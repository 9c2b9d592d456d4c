"""Bring stories in: from the page that asks for them to the report and the undo."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from stories.importing.work import work_on
from stories.models import Article, Intake, Version, WatchedFeed
from stories.models.words import IntakeKind, IntakeState
from stories.tasks import bring_in
from tests.factories import make_editor, make_reporter
from tests.importing.test_bulk import TUNNEL, make_zip
from tests.importing.test_formats import HTML, MARKDOWN

pytestmark = pytest.mark.django_db

START = "admin:stories_intake_add"


def bring(client, way, **said):
    fields = {"zone": "America/New_York", "story": "", **said}
    return client.post(
        reverse(START),
        {"way": way, **{f"{way}-{name}": value for name, value in fields.items()}},
        follow=True,
    )


def take(client, **said):
    intake = Intake.objects.latest("pk")
    fields = {"headline": "Bridge closes", "zone": "America/New_York", "mode": "draft", "_take": "1", **said}
    return client.post(intake.get_absolute_url(), fields, follow=True)


def test_a_pasted_story_is_shown_before_it_is_taken_in(desk_of_ruth):
    page = bring(desk_of_ruth, "paste", text=MARKDOWN, form="").content.decode()

    assert "A new story." in page
    assert "<em>Monday</em>" in page
    assert "“No vehicle will pass before spring”" in page
    assert "The story now says how often the ferries run." in page
    assert "March 3, 2024, 3:24 p.m. EST" in page
    assert 'value="https://port.example/notice" checked' in page
    assert page.index("<em>Monday</em>") < page.index('name="_take"')
    assert not Article.objects.exists()


def test_the_menu_says_where_one_is_while_a_story_is_looked_at(desk_of_ruth):
    page = bring(desk_of_ruth, "paste", text=MARKDOWN, form="")

    menu = [item for group in page.context["sidebar_navigation"] for item in group["items"]]

    assert [str(item["title"]) for item in menu if item["active"]] == ["Bring stories in"]


def test_it_is_taken_in_as_it_was_confirmed(desk_of_ruth):
    bring(desk_of_ruth, "paste", text=HTML, form="html")

    page = take(desk_of_ruth, headline="Bridge closes", byline="By Ines Duarte").content.decode()

    article = Article.objects.get()
    assert (article.headline, article.byline) == ("Bridge closes", "By Ines Duarte")
    assert article.citations.get().source is None
    assert article.history.latest().history_user.username == "ruth"
    assert "taken in" in page and "can be undone" in page


def test_it_is_undone_with_one_click(desk_of_ruth):
    bring(desk_of_ruth, "paste", text=MARKDOWN, form="")
    take(desk_of_ruth)

    intake = Intake.objects.get()
    page = desk_of_ruth.post(intake.get_absolute_url(), {"_undo": "1"}, follow=True).content.decode()

    assert "Undone by Ruth Ames" in page
    assert not Article.objects.exists()


def test_the_same_again_is_told_as_known(desk_of_ruth):
    bring(desk_of_ruth, "paste", text=MARKDOWN, form="")
    take(desk_of_ruth, headline="Harbour bridge closes for a year", mode="recorded")

    bring(desk_of_ruth, "paste", text=MARKDOWN, form="")
    page = take(
        desk_of_ruth,
        headline="Harbour bridge closes for a year",
        dek="Commuters will have to take the ferry from Monday.",
        byline="By Ines Duarte",
        mode="recorded",
    ).content.decode()

    assert Version.objects.count() == 2  # The first had neither dek nor byline.
    page = bring(desk_of_ruth, "paste", text=MARKDOWN, form="").content.decode()
    assert "would change nothing" in page


def test_of_a_later_text_the_changes_are_shown(desk_of_ruth):
    bring(desk_of_ruth, "paste", text=MARKDOWN, form="")
    take(desk_of_ruth, headline="Harbour bridge closes for a year", mode="recorded")

    page = bring(
        desk_of_ruth, "paste", text=MARKDOWN.replace("Ferries run.", "Ferries rest."), form=""
    ).content.decode()

    assert "A later text of" in page
    assert "<ins>rest" in page


@pytest.mark.parametrize(
    ("way", "said", "sentence"),
    [
        ("paste", {"text": "", "form": ""}, "Paste the text of a story."),
        ("paste", {"text": "Only a headline", "form": ""}, "there is no body under its headline"),
        ("paste", {"text": MARKDOWN, "form": "", "story": "no-such"}, "There is no story with the address"),
        ("address", {"address": "http://10.0.0.1/"}, "public internet"),
        ("address", {"address": "ftp://port.example/"}, "address"),
        ("upload", {"file": SimpleUploadedFile("a.txt", b"PK\0\0")}, "is not text"),
    ],
)
def test_what_cannot_be_brought_in_is_said_and_what_was_typed_stays(desk_of_ruth, way, said, sentence):
    page = bring(desk_of_ruth, way, **said).content.decode()

    assert sentence in page
    assert not Intake.objects.exists()
    if said.get("text"):
        assert said["text"].splitlines()[0] in page


@pytest.mark.parametrize(
    ("name", "body"), [("bridge.md", MARKDOWN.encode()), ("bridge.html", HTML.encode("cp1252"))]
)
def test_a_file_is_brought_in(desk_of_ruth, name, body):
    page = bring(desk_of_ruth, "upload", file=SimpleUploadedFile(name, body)).content.decode()

    assert name in page
    assert "“No vehicle will pass before spring”" in page


def test_a_page_that_is_being_read_shows_how_far_it_is_and_looks_again(desk_of_ruth):
    page = bring(desk_of_ruth, "address", address="https://news.example/bridge")

    intake = Intake.objects.get()
    assert (intake.kind, intake.state) == (IntakeKind.ADDRESS, IntakeState.READING)
    assert page["Refresh"] == "2"
    assert '<progress id="nr-progress"' in page.content.decode()


def test_an_address_that_cannot_be_read_is_told(desk_of_ruth, settings):
    settings.WATCH_ALLOWED_PRIVATE = ["127.0.0.1:1"]
    bring(desk_of_ruth, "address", address="http://127.0.0.1:1/bridge")

    work_on(Intake.objects.get(), now=timezone.now)

    page = desk_of_ruth.get(Intake.objects.get().get_absolute_url()).content.decode()
    assert "was not read" in page


def test_what_is_cancelled_is_told_as_such(desk_of_ruth):
    bring(desk_of_ruth, "paste", text=MARKDOWN, form="")

    page = desk_of_ruth.post(
        Intake.objects.get().get_absolute_url(), {"_cancel": "1"}, follow=True
    ).content.decode()

    assert "nothing was taken in" in page


def test_reporters_cannot_bring_stories_in(client):
    client.force_login(make_reporter(is_staff=True))

    assert client.get(reverse(START)).status_code == 302
    assert client.post(reverse(START), {"way": "paste"}).status_code == 302


def test_on_the_record_it_takes_the_right_to_publish(client):
    editor = make_editor()
    client.force_login(editor)
    bring(client, "paste", text=MARKDOWN, form="")
    editor.groups.first().permissions.remove(
        editor.groups.first().permissions.get(codename="publish_article")
    )

    page = take(client, mode="recorded").content.decode()

    assert "takes the right to publish" in page
    assert not Article.objects.exists()


def test_of_a_zip_each_file_is_shown_before_any_is_taken_in(desk_of_ruth):
    body = make_zip({"bridge.md": MARKDOWN, "tunnel.md": TUNNEL, "photo.jpg": b"\xff\xd8\xff"})
    bring(desk_of_ruth, "upload", file=SimpleUploadedFile("stories.zip", body))
    intake = Intake.objects.get()
    work_on(intake, now=timezone.now)

    page = desk_of_ruth.get(intake.get_absolute_url()).content.decode()

    assert "A new story, with 1 note and 1 quoted passage." in page
    assert "It is no file of text, Markdown or HTML." in page
    assert not Article.objects.exists()


def test_only_those_that_are_ticked_are_taken_in_by_a_worker(desk_of_ruth):
    bring(
        desk_of_ruth,
        "upload",
        file=SimpleUploadedFile(
            "stories.zip", make_zip({"bridge.md": MARKDOWN, "tunnel.md": TUNNEL, "c.md": "# C\n\nD."})
        ),
    )
    intake = Intake.objects.get()
    work_on(intake, now=timezone.now)
    ticked = [each.pk for each in intake.stories.all() if each.name != "c.md"]

    page = take(desk_of_ruth, story=ticked).content.decode()

    assert "0 of 2" in page
    bring_in(intake.pk)
    assert Article.objects.count() == 2
    assert "It was not chosen." in desk_of_ruth.get(intake.get_absolute_url()).content.decode()


def test_the_past_of_a_story_is_read_by_a_worker(desk_of_ruth):
    bring(desk_of_ruth, "archive", address="https://news.example/bridge")

    assert Intake.objects.get().kind == IntakeKind.ARCHIVE


def test_a_feed_is_read_before_it_is_watched(desk_of_ruth):
    bring(desk_of_ruth, "feed", address="https://post.example/feed")

    assert Intake.objects.get().kind == IntakeKind.FEED
    assert not WatchedFeed.objects.get().is_active


def test_a_feed_that_is_watched_already_is_not_added_again(desk_of_ruth):
    WatchedFeed.objects.create(
        title="The Post",
        address="https://post.example/feed",
        zone="UTC",
        added_at=timezone.now(),
        is_active=True,
    )

    page = bring(desk_of_ruth, "feed", address="https://post.example/feed").content.decode()

    assert "This feed is watched already." in page
    assert not Intake.objects.exists()


def test_a_feed_is_stopped_on_its_page(desk_of_ruth):
    feed = WatchedFeed.objects.create(
        title="The Post",
        address="https://post.example/feed",
        zone="UTC",
        added_at=timezone.now(),
        is_active=True,
    )
    url = reverse("admin:stories_watchedfeed_change", args=[feed.pk])

    desk_of_ruth.post(url, {"title": "The Post", "mode": "draft", "interval_seconds": "900"})

    feed.refresh_from_db()
    assert not feed.is_active


def test_stories_beyond_those_that_the_page_shows_are_taken_in_too(desk_of_ruth, monkeypatch):
    monkeypatch.setattr("stories.admin.intake_views._SHOWN", 2)
    bring(
        desk_of_ruth,
        "upload",
        file=SimpleUploadedFile(
            "stories.zip", make_zip({"a.md": MARKDOWN, "b.md": TUNNEL, "c.md": "# C\n\nD is here. It stays."})
        ),
    )
    intake = Intake.objects.get()
    work_on(intake, now=timezone.now)

    page = desk_of_ruth.get(intake.get_absolute_url()).content.decode()
    take(desk_of_ruth, story=[intake.stories.first().pk])
    bring_in(intake.pk)

    assert "1 more are not shown. 1 of them are taken in too." in page
    assert sorted(intake.stories.values_list("name", "state")) == [
        ("a.md", "taken"),
        ("b.md", "skipped"),
        ("c.md", "taken"),
    ]

"""`manage.py import_story`, as an editor uses it."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from stories.models import Article, Citation, Update, Version
from stories.publishing.publish import publish_article
from tests.factories import make_editor

pytestmark = pytest.mark.django_db

BODY = """The harbour bridge closes on Monday. “No vehicle will pass before spring,” the port authority says.

The works cost four million. They were due in 2019.

Commuters are angry. Some of them wrote to the mayor."""
FIRST = f"Harbour bridge closes for a year\n\nCommuters will have to take the ferry.\n\n{BODY}\n"
NOTE = "Update, March 3 2024, 3:24 PM ET: The story now says how often the ferries run."
SECOND = f"{FIRST}\nFerries run every ten minutes. “Nobody will wait,” says the operator.\n\n{NOTE}\n"
HEADLINE_NOTE = (
    "Correction, March 4 2024, 9:05 AM ET: The headline has been corrected: the bridge closes for months."
)
THIRD = SECOND.replace("closes for a year", "closes for months", 1) + f"\n{HEADLINE_NOTE}\n"


@pytest.fixture
def write(tmp_path):
    def write(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write


def count_rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Article, Version, Update, Citation)) + tuple(
        model.history.count() for model in (Article, Update, Citation)
    )


def test_a_published_story_becomes_an_article_its_updates_and_its_proposed_citations(write, capsys):
    call_command("import_story", write("story.txt", THIRD))

    article = Article.objects.get()
    updates = article.updates.order_by("stated_at")
    assert (article.headline, article.dek) == (
        "Harbour bridge closes for months",
        "Commuters will have to take the ferry.",
    )
    assert [
        (update.kind, update.stated_at, update.stated_zone, update.headline_changed) for update in updates
    ] == [
        ("update", datetime(2024, 3, 3, 20, 24, tzinfo=UTC), "America/New_York", False),
        ("correction", datetime(2024, 3, 4, 14, 5, tzinfo=UTC), "America/New_York", True),
    ]
    assert [citation.exact for citation in article.citations.all()] == [
        "No vehicle will pass before spring",
        "Nobody will wait",
    ]
    assert all(citation.source is None and citation.claim is None for citation in article.citations.all())
    assert "recorded as version 1, as of 2024-03-04 09:05 EST" in capsys.readouterr().out


def test_a_time_printed_with_its_offset_is_told_in_it(write, capsys):
    note = "Update, 18 May 2024, 15:24 UTC+2: The story now says how often the ferries run."

    call_command("import_story", write("story.txt", f"{FIRST}\n{note}\n"), zone="UTC-03:30")

    update = Update.objects.get()
    assert (update.stated_at, update.stated_zone) == (datetime(2024, 5, 18, 13, 24, tzinfo=UTC), "UTC+02:00")
    assert capsys.readouterr().out.count("2024-05-18 15:24 UTC+02:00") == 2


def test_the_time_of_a_capture_may_be_told_in_a_zone_that_is_an_offset(write, capsys):
    path = write("story.txt", FIRST)

    call_command("import_story", path, as_of=["2024-03-02T08:00"], zone="UTC-03:30")

    assert Version.objects.get().stated_at == datetime(2024, 3, 2, 11, 30, tzinfo=UTC)
    assert "as of 2024-03-02 08:00 UTC-03:30" in capsys.readouterr().out


def test_a_text_before_an_imported_update_that_nobody_has_is_told_as_such(write):
    call_command("import_story", write("story.txt", THIRD))

    assert set(Update.objects.values_list("is_text_before_recorded", flat=True)) == {False}


def test_run_twice_it_changes_nothing_the_second_time(write, capsys):
    path = write("story.txt", THIRD)
    call_command("import_story", path)
    rows = count_rows()

    call_command("import_story", path)

    assert count_rows() == rows
    assert "nothing was changed" in capsys.readouterr().out


@pytest.mark.parametrize("at_once", [True, False])
def test_captures_of_the_same_story_become_versions(write, at_once):
    paths = [write(f"{name}.txt", text) for name, text in [("1", FIRST), ("2", SECOND), ("3", THIRD)]]

    for group in [paths] if at_once else [[path] for path in paths]:
        call_command("import_story", *group)

    article = Article.objects.get()
    assert [version.headline for version in article.versions.order_by("number")] == [
        "Harbour bridge closes for a year",
        "Harbour bridge closes for a year",
        "Harbour bridge closes for months",
    ]
    assert [update.version.number for update in article.updates.order_by("stated_at")] == [2, 3]
    assert set(article.updates.values_list("is_text_before_recorded", flat=True)) == {True}


def test_an_update_that_came_between_two_captures_has_no_text_before_it(write):
    call_command("import_story", write("1.txt", FIRST), write("3.txt", THIRD))

    updates = Update.objects.order_by("stated_at")
    assert [update.is_text_before_recorded for update in updates] == [True, False]


def test_the_time_of_a_capture_is_as_told(write):
    call_command(
        "import_story",
        write("1.txt", FIRST),
        write("2.txt", SECOND),
        as_of=["2024-03-02T08:00", "2024-03-03T21:00Z"],
        zone="America/New_York",
    )

    assert list(Version.objects.order_by("number").values_list("stated_at", flat=True)) == [
        datetime(2024, 3, 2, 13, 0, tzinfo=UTC),
        datetime(2024, 3, 3, 21, 0, tzinfo=UTC),
    ]


DATED = FIRST.replace("\n\nThe harbour", "\n\nMarch 2, 2024, 9:00 AM ET\n\nThe harbour", 1)


def test_a_capture_is_as_of_the_time_that_it_tells_itself_in_the_zone_that_it_names(write):
    """Invariant 9."""
    call_command("import_story", write("story.txt", DATED), zone="Europe/Lisbon")

    version = Version.objects.get()
    assert version.stated_at == datetime(2024, 3, 2, 14, tzinfo=UTC)
    assert version.frozen["stated_zone"] == "America/New_York"


def test_a_capture_that_still_tells_its_first_time_is_as_of_no_time_before_the_last_version(write):
    call_command("import_story", write("story.txt", THIRD))

    call_command("import_story", write("later.txt", DATED.replace("million", "millions")))

    assert list(Version.objects.values_list("stated_at", flat=True).order_by("number")) == [
        datetime(2024, 3, 4, 14, 5, tzinfo=UTC),
        None,
    ]


def test_a_capture_that_tells_a_time_to_come_is_as_of_none(write):
    call_command("import_story", write("story.txt", DATED.replace("2024, 9", "2999, 9")))

    assert Version.objects.get().stated_at is None


def test_a_silent_change_between_captures_is_recorded_as_it_was(write):
    call_command("import_story", write("1.txt", FIRST), write("2.txt", FIRST.replace("four", "five")))

    assert Version.objects.count() == 2
    assert Update.objects.count() == 0


def test_another_story_is_another_article(write):
    call_command("import_story", write("1.txt", FIRST))

    call_command(
        "import_story",
        write("2.txt", "Mayor resigns\n\nShe leaves on Monday. Nobody knows why.\n\nMore. Soon."),
    )

    assert Article.objects.count() == 2


def test_an_import_does_not_replace_what_an_editor_has_not_published(write):
    call_command("import_story", write("1.txt", FIRST))
    article = Article.objects.get()
    article.body = f"{article.body} More."
    article.save()
    rows = count_rows()

    with pytest.raises(CommandError, match="never published"):
        call_command("import_story", write("2.txt", SECOND))

    assert count_rows() == rows


def test_an_import_after_a_published_edit_is_the_next_version(write):
    call_command("import_story", write("1.txt", FIRST))
    article = Article.objects.get()
    article.body = f"{article.body}!"
    article.save()
    publish_article(article, by=make_editor(), now=datetime.now(UTC), is_minor=True)

    call_command("import_story", write("2.txt", SECOND))

    assert Version.objects.count() == 3


def test_a_capture_from_before_the_last_version_is_refused_and_nothing_is_written(write):
    call_command("import_story", write("3.txt", THIRD))
    rows = count_rows()

    with pytest.raises(CommandError, match="Nothing was written") as refused:
        call_command("import_story", write("1.txt", FIRST), as_of=["2024-03-01"])

    assert refused.value.returncode == 2
    assert count_rows() == rows


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("empty.txt", "", "is empty"),
        ("binary.txt", "a\x00b", "is not text"),
        ("headline.txt", "Only a headline", "no body"),
    ],
)
def test_what_is_no_story_is_refused_with_status_2_and_nothing_is_written(write, name, text, sentence):
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("import_story", write("1.txt", FIRST), write(name, text))

    assert refused.value.returncode == 2
    assert sum(count_rows()) == 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"as_of": ["yesterday"]}, "is not a time"),
        ({"as_of": ["2024-03-01", "2024-03-02"]}, "once for each"),
        ({"as_of": ["2024-13-45"]}, "is not a time"),
        ({"zone": "Mars/Olympus"}, "is not a time zone"),
        ({"story": "no-such-story"}, "no-such-story"),
        ({"as_of": ["2999-01-01"]}, "not come yet"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(write, options, sentence):
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("import_story", write("1.txt", FIRST), **options)

    assert refused.value.returncode == 2
    assert sum(count_rows()) == 0

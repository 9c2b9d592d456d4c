"""The example newsroom."""

import pytest
from django.core.management import CommandError, call_command

from stories.management.example.logins import read_logins
from stories.management.example.newsroom import PEOPLE, QUESTIONS_SLUG, SLACK_SLUG
from stories.management.example.site import PAGES
from stories.models import Article, Citation, Source, User, Version
from stories.publishing.record import verify_record
from stories.text.extract import visible_text
from stories.text.judge import judge_passage
from tests.factories import ArticleFactory


@pytest.fixture
def example(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    call_command("load_example", site="http://127.0.0.1:8010")


def test_the_story_has_the_three_versions_that_its_notes_tell_of(example):
    article = Article.objects.get(slug=SLACK_SLUG)

    headlines = [version.headline for version in article.versions.order_by("number")]
    updates = article.updates.order_by("stated_at")
    assert len(headlines) == 3
    assert headlines[0] == headlines[1] != headlines[2]
    assert [update.stated_at.isoformat() for update in updates] == [
        "2024-05-18T19:24:00+00:00",
        "2024-05-19T16:41:00+00:00",
    ]
    assert [update.headline_changed for update in updates] == [False, True]


def test_one_source_is_cited_by_both_stories(example):
    principles = Source.objects.get(title="Privacy principles")

    slugs = set(principles.citations.values_list("article__slug", flat=True))

    assert slugs == {SLACK_SLUG, QUESTIONS_SLUG}


def test_every_citation_stands_in_its_story_and_on_its_page_until_that_is_reworded(example):
    for citation in Citation.objects.attached().exclude(source__url=None):
        page = (PAGES / citation.source.url.rpartition("/")[2]).read_bytes()
        text = visible_text(page, "text/html").text

        assert citation.exact in citation.article.body
        assert judge_passage(text, citation.exact).verdict == "verbatim"


def test_the_second_edition_of_the_page_rewords_the_passage(example):
    citation = Citation.objects.filter(source__title="Privacy principles").first()

    text = visible_text((PAGES / "privacy-principles.reworded.html").read_bytes(), "text/html").text

    assert judge_passage(text, citation.exact).verdict == "altered"


def test_the_example_is_a_sound_record(example):
    assert verify_record() == []


def test_everybody_can_sign_in_and_the_passwords_are_private(example, client, tmp_path):
    logins = tmp_path / "example-logins.txt"

    for username, password in read_logins(logins).items():
        assert client.login(username=username, password=password)
    assert logins.stat().st_mode & 0o077 == 0
    assert User.objects.filter(is_staff=True).count() == 2


def test_loaded_twice_it_changes_nothing(example, capsys):
    call_command("load_example")

    assert Version.objects.count() == 4
    assert User.objects.count() == len(PEOPLE)
    assert "nothing was changed" in capsys.readouterr().out


def test_it_is_not_loaded_among_the_stories_of_a_newsroom(db):
    ArticleFactory()

    with pytest.raises(CommandError, match="of its own"):
        call_command("load_example")

    assert Article.objects.count() == 1

"""The history of a story: who changed what, when and why, of all its parts, and what readers saw of it."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stories.models import Update
from stories.models.history import acting_as
from stories.publishing.publish import publish_article
from tests.admin.forms import form_of
from tests.factories import ArticleFactory, CitationFactory, ClaimFactory, UpdateFactory, UserFactory


def history(client, article, **asked):
    return client.get(reverse("admin:stories_article_history", args=[article.pk]), asked)


def test_all_parts_and_the_versions_stand_on_one_line(desk_of_ruth):
    citation = CitationFactory()
    article = citation.article
    update = Update(article=article, kind="correction", note="It was wrong.")
    publish_article(article, updates=[update], by=None, now=timezone.now())
    citation.source.title = "A better title"
    citation.source.save()

    page = history(desk_of_ruth, article)

    told = {part.told for entry in page.context["entries"] if not entry.is_public for part in entry.parts}
    nouns = ("article", "claim", "quoted passage", "source", "update")
    assert told == {*(f"{noun} added" for noun in nouns), "source changed", "update changed"}
    assert "Version 1" in page.content.decode()
    assert "It was wrong." in page.content.decode()
    assert "<ins>A better title</ins>" in page.content.decode() or "A better" in page.content.decode()


def test_private_saves_and_public_versions_are_told_apart(desk_of_ruth):
    article = ArticleFactory()
    publish_article(article, updates=[], by=None, now=timezone.now())

    shown = {
        which: {entry.is_public for entry in history(desk_of_ruth, article, show=which).context["entries"]}
        for which in ("", "private", "public", "nonsense")
    }

    assert shown == {"": {True, False}, "private": {False}, "public": {True}, "nonsense": {True, False}}


def test_one_click_on_save_is_one_entry(desk_of_ruth):
    claim = ClaimFactory()
    url = reverse("admin:stories_article_change", args=[claim.article.pk])
    typed = {"headline": "Another", "claims-0-text": "Another claim.", "change_reason": "a call"}
    desk_of_ruth.post(url, form_of(desk_of_ruth, url, **typed))

    entry = history(desk_of_ruth, claim.article).context["entries"][0]

    assert (entry.who, entry.why) == ("Ruth Ames", "a call")
    assert {part.told for part in entry.parts} == {"article changed", "claim changed"}


def test_the_name_outlives_the_account_and_a_task_says_that_it_is_one(desk_of_ruth):
    with acting_as("import"):
        article = ArticleFactory()
    omar = UserFactory(username="omar")
    article.body, article._history_user = "Omar's words.", omar
    article.save()
    omar.delete()

    entries = history(desk_of_ruth, article).context["entries"]

    assert [(entry.who, entry.is_task) for entry in entries] == [("omar", False), ("import", True)]


@pytest.mark.parametrize(
    ("name", "is_task"),
    [
        ("import (Ruth Ames)", True),
        ("undone import (Ruth Ames)", True),
        ("feed (Our own feed)", True),
        ("schedule", True),
        ("scheduler.sam", False),
        ("Ruth Ames", False),
    ],
)
def test_who_is_a_task_is_told_by_the_whole_word(desk_of_ruth, name, is_task):
    with acting_as(name):
        article = ArticleFactory()

    [entry] = history(desk_of_ruth, article).context["entries"]

    assert (entry.who, entry.is_task) == (name, is_task)


def test_what_was_deleted_is_still_told(desk_of_ruth):
    claim = ClaimFactory(text="It closes on Monday.")
    article = claim.article
    claim.delete()

    page = history(desk_of_ruth, article).content.decode()

    assert "claim deleted" in page
    assert "It closes on Monday." in page


def test_a_state_can_be_restored_from_there_as_a_private_save(desk_of_ruth):
    article = ArticleFactory(headline="First words")
    article.headline = "Second words"
    article.save()
    first = history(desk_of_ruth, article).context["entries"][-1].parts[-1].url

    desk_of_ruth.post(first, form_of(desk_of_ruth, first))

    article.refresh_from_db()
    assert article.headline == "First words"
    assert history(desk_of_ruth, article).context["entries"][0].who == "Ruth Ames"


def test_it_is_told_in_the_language_of_whoever_reads_it(desk_of_ruth):
    article = ArticleFactory()
    note = Update(article=article, kind="update", note="New facts.")
    publish_article(article, updates=[note], by=None, now=timezone.now())
    url = reverse("admin:stories_article_history", args=[article.pk])

    told = desk_of_ruth.get(url, headers={"accept-language": "es"}).content.decode()

    assert "publicada con la versión 1" in told
    assert "hora del este" in told


def test_moments_and_what_is_on_or_off_are_told_in_that_language_too(desk_of_ruth):
    update = UpdateFactory()
    update.headline_changed, update.stated_at = True, datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
    update.save()
    url = reverse("admin:stories_article_history", args=[update.article_id])

    told = desk_of_ruth.get(url, headers={"accept-language": "es"}).content.decode()

    assert "<del>no</del><ins>sí</ins>" in told
    assert "<ins>2 de marzo de 2026, 09:30:00 hora del este</ins>" in told


def test_a_long_history_is_paged(desk_of_ruth):
    article = ArticleFactory()
    for number in range(60):
        article.body = f"Draft {number}."
        article.save()

    with CaptureQueriesContext(connection) as queries:
        first = history(desk_of_ruth, article)
        asked = len(queries)
    second = history(desk_of_ruth, article, p="2")

    assert first.context["page"].paginator.count == 61
    assert second.context["page"].number == 2
    assert second.context["entries"][-1].parts[0].told == "article added"
    assert asked <= 25


def test_who_became_a_reporter_of_it_is_told(desk_of_ruth):
    article = ArticleFactory()
    article.reporters.add(UserFactory(first_name="Omar", last_name="Bell"))
    article.save()

    page = history(desk_of_ruth, article)

    [changed] = [part for entry in page.context["entries"] for part in entry.parts if part.changes]
    assert [str(change["field"]) for change in changed.changes] == ["reporters"]
    assert "<ins>Omar Bell</ins>" in page.content.decode()


def test_who_may_not_see_stories_sees_no_history(client, db):
    client.force_login(UserFactory(is_staff=True))

    assert history(client, ArticleFactory()).status_code == 403


def test_a_story_that_never_was_has_no_history(desk_of_ruth):
    assert desk_of_ruth.get("/admin/stories/article/999/history/").status_code == 404


def test_a_story_that_cannot_be_has_none_either(desk_of_ruth):
    answer = desk_of_ruth.get("/admin/stories/article/nonsense/history/", follow=True)

    assert answer.redirect_chain == [("/admin/stories/article/", 302)]
    assert "The address or the form named a row that cannot exist." in answer.text

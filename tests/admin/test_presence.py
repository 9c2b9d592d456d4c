"""Two at one story: the second sees the first, and the first hears of the second's save."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stories.admin.conflict import trail_mark
from stories.models import Presence
from tests.factories import ArticleFactory, UserFactory, make_editor


@pytest.fixture
def omar_is_there(db):
    article, now = ArticleFactory(), timezone.now()
    omar = make_editor(username="omar", first_name="Omar", last_name="Haddad")
    Presence.objects.create(article=article, person=omar, since=now, expires_at=now + timedelta(minutes=1))
    return article


def beat(client, article, **said):
    return client.post(reverse("admin:stories_article_presence", args=[article.pk]), said)


def test_the_page_says_who_else_is_there_without_a_script(desk_of_ruth, omar_is_there):
    page = desk_of_ruth.get(reverse("admin:stories_article_change", args=[omar_is_there.pk])).content.decode()

    assert "Omar Haddad has this story open, since" in page
    assert "Ruth Ames has this story open" not in page


def test_who_opens_the_page_is_there_until_they_leave(desk_of_ruth, omar_is_there):
    desk_of_ruth.get(reverse("admin:stories_article_change", args=[omar_is_there.pk]))
    here = omar_is_there.presences.count()

    beat(desk_of_ruth, omar_is_there, leaving="1")

    assert (here, omar_is_there.presences.count()) == (2, 1)


def test_a_presence_expires_by_itself(desk_of_ruth, omar_is_there):
    omar_is_there.presences.update(expires_at=timezone.now() - timedelta(seconds=1))

    answer = beat(desk_of_ruth, omar_is_there).json()

    assert answer["there"] == []
    assert [each.person.username for each in Presence.objects.all()] == ["ruth"]


def test_a_beat_tells_of_text_that_is_not_saved_and_of_a_colleagues_save(client, desk_of_ruth, omar_is_there):
    seen = trail_mark(omar_is_there)
    before = beat(desk_of_ruth, omar_is_there, seen=seen, writing="1").json()
    omar_is_there.body = "Other words."
    omar_is_there._history_user = UserFactory(first_name="Omar", last_name="Haddad")
    omar_is_there.save()

    after = beat(desk_of_ruth, omar_is_there, seen=seen, writing="1").json()

    assert before["saved"] == ""
    assert after["saved"].startswith("Omar Haddad has saved this story since you opened it.")
    assert Presence.objects.get(person__username="ruth").is_writing


def test_who_may_not_edit_is_told_nothing(client, reporter, omar_is_there):
    client.force_login(reporter)
    as_reporter = beat(client, omar_is_there)
    client.force_login(UserFactory(is_staff=True))
    as_staff_without_a_role = beat(client, omar_is_there)

    assert (as_reporter.status_code, as_staff_without_a_role.status_code) == (302, 403)

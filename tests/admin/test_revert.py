"""From an old version to the publish panel in one click, with a page between that says what changes."""

import pytest
from django.urls import reverse
from django.utils import timezone

from stories.models import Article, Update, Version
from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory, make_reporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    article = ArticleFactory(headline="Bridge closes")
    version = publish_article(article, by=None, now=timezone.now())
    article.headline = "Bridge may close"
    article.save()
    publish_article(article, updates=[Update(article=article, note="It may.")], by=None, now=timezone.now())
    return version


def test_the_page_shows_what_changes_and_writes_nothing(desk_of_ruth, first):
    page = desk_of_ruth.get(reverse("admin:stories_version_revert", args=[first.pk])).content.decode()

    assert "<del>may close</del>" in page
    assert "becomes version 3" in page
    assert Article.objects.get().headline == "Bridge may close"


def test_the_button_fills_the_working_copy_and_opens_the_panel_filled_in(desk_of_ruth, first):
    answer = desk_of_ruth.post(reverse("admin:stories_version_revert", args=[first.pk]), follow=True)

    form = answer.context["form"]
    assert Article.objects.get().headline == "Bridge closes"
    assert form["kind"].value() == "correction"
    assert form["note"].value().startswith("The story is again as it was published on ")
    assert Version.objects.count() == 2


def test_only_who_may_publish_takes_a_text_up_again(client, first):
    client.force_login(make_reporter(is_staff=True))

    assert client.post(reverse("admin:stories_version_revert", args=[first.pk])).status_code == 403

"""The list of stories in the admin: what is live, what is a draft, and since when."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory


def test_the_lists_tell_drafts_from_what_is_live(desk_of_ruth):
    draft, live, edited = ArticleFactory(), ArticleFactory(), ArticleFactory()
    for article in (live, edited):
        publish_article(article, by=None, now=timezone.now())
    edited.body = "Other words."
    edited.save()
    url = reverse("admin:stories_article_changelist")

    found = {
        value: {row.pk for row in desk_of_ruth.get(url, {"published": value}).context["cl"].result_list}
        for value in ("draft", "live", "edited")
    }

    assert found == {"draft": {draft.pk}, "live": {live.pk, edited.pk}, "edited": {edited.pk}}


def test_the_list_tells_when_readers_first_saw_what_they_see(desk_of_ruth):
    """Invariant 9: what was taken in late is as old as it says."""
    now = timezone.now()
    publish_article(
        ArticleFactory(), by=None, now=now, stated_at=now - timedelta(days=730), stated_zone="UTC"
    )

    page = desk_of_ruth.get(reverse("admin:stories_article_changelist")).content.decode()

    assert "2\N{NO-BREAK SPACE}years ago" in page

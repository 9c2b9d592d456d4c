"""Versions on their way, in the admin: who sees which button, and what pressing it does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stories.models import Publication, Version
from stories.publishing.publication import ask_for_approval, ask_to_publish
from stories.publishing.publish import publish_article
from stories.publishing.takedown import take_down
from stories.publishing.wish import Wish
from tests.factories import ArticleFactory, make_chief, make_editor, make_reporter

pytestmark = pytest.mark.django_db

TO_COME = datetime(2999, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def live():
    article = ArticleFactory(headline="Bridge closes")
    publish_article(article, by=None, now=timezone.now() - timedelta(days=1))
    return article


@pytest.fixture
def retraction(live):
    wish = Wish(kind="retraction", note="We withdraw it.")
    return ask_for_approval(live, wish=wish, by=make_editor(first_name="Ida"), now=timezone.now())


@pytest.fixture
def desk_of_noor(client):
    """A client with a chief signed in."""
    client.force_login(make_chief(username="noor", first_name="Noor", last_name="Ali"))
    return client


def buttons(page):
    return [name for name in ("_approve", "_refuse", "_cancel") if f'name="{name}"' in page]


def test_a_chief_reads_and_approves(desk_of_noor, retraction):
    page = desk_of_noor.get(retraction.get_absolute_url()).content.decode()

    answer = desk_of_noor.post(retraction.get_absolute_url(), {"_approve": "1"}, follow=True)

    assert buttons(page) == ["_approve", "_refuse", "_cancel"]
    assert "We withdraw it." in page
    assert "readers see it in place of the story" in page
    assert "It is published." in answer.content.decode()
    assert Version.objects.get(number=2).is_retracted
    assert Publication.objects.get().approver == "Noor Ali"


def test_who_asked_cannot_approve_and_can_cancel(client, retraction):
    client.force_login(retraction.asked_by)
    url = retraction.get_absolute_url()

    page = client.get(url).content.decode()
    refused = client.post(url, {"_approve": "1"})
    client.post(url, {"_cancel": "1"})

    assert buttons(page) == ["_cancel"]
    assert "Nobody approves what they asked for" in refused.content.decode()
    assert Publication.objects.get().state == "cancelled"
    assert Version.objects.count() == 1


def test_a_refusal_needs_a_reason_which_is_shown_to_who_asked(desk_of_noor, retraction):
    url = retraction.get_absolute_url()

    without = desk_of_noor.post(url, {"_refuse": "1", "reason": " "})
    desk_of_noor.post(url, {"_refuse": "1", "reason": "The story is right."})
    page = desk_of_noor.get(url).content.decode()

    assert "Say why" in without.content.decode()
    assert "The story is right." in page
    assert buttons(page) == []


def test_what_was_edited_since_is_said_to_be_stale(desk_of_noor, live, retraction):
    live.refresh_from_db()
    live.body = "Other words."
    live.save()
    url = retraction.get_absolute_url()

    page = desk_of_noor.get(url).content.decode()
    refused = desk_of_noor.post(url, {"_approve": "1"})

    assert "was edited after this was asked for" in page
    assert "Cancel this and ask again" in refused.content.decode()


def test_a_second_click_on_what_is_decided_says_so_and_does_nothing(desk_of_noor, retraction):
    url = retraction.get_absolute_url()
    desk_of_noor.post(url, {"_approve": "1"})

    again = desk_of_noor.post(url, {"_approve": "1"})

    assert "It is published already, by Noor Ali." in again.content.decode()
    assert Version.objects.count() == 2


def test_a_first_version_on_its_way_is_read_as_a_story_and_not_as_changes(desk_of_noor, retraction):
    wish = Wish(kind="first", publish_at=TO_COME)
    first = ask_to_publish(ArticleFactory(), wish=wish, by=make_editor(), now=timezone.now())

    page = desk_of_noor.get(first.get_absolute_url()).content.decode()
    of_second = desk_of_noor.get(retraction.get_absolute_url()).content.decode()

    assert "nr-card--first" in page
    assert "What readers will see change" not in page
    assert "nr-card--first" not in of_second


def test_the_list_shows_each_state_and_the_menu_counts_what_waits(desk_of_noor, retraction):
    other = ArticleFactory(headline="Ferry sails")
    wish = Wish(kind="first", publish_at=TO_COME)
    ask_to_publish(other, wish=wish, by=make_editor(), now=timezone.now())

    page = desk_of_noor.get(reverse("admin:stories_publication_changelist"))
    waiting = desk_of_noor.get(reverse("admin:stories_publication_changelist") + "?state__exact=awaiting")

    menu = [item for group in page.context["sidebar_navigation"] for item in group["items"]]
    badges = [item["badge"] for item in menu if item.get("badge")]
    assert badges == [1]
    assert "Ferry sails" in page.content.decode()
    assert [row.state for row in waiting.context["cl"].result_list] == ["awaiting"]


def test_a_story_with_a_version_on_its_way_is_not_deleted(desk_of_noor):
    article = ArticleFactory()
    wish = Wish(kind="first", publish_at=TO_COME)
    ask_to_publish(article, wish=wish, by=make_editor(), now=timezone.now())

    answer = desk_of_noor.post(
        reverse("admin:stories_article_delete", args=[article.pk]), {"post": "yes"}, follow=True
    )

    assert "cancel that first" in answer.content.decode()
    assert Publication.objects.count() == 1


def test_what_was_published_links_to_what_readers_see_and_is_linked_from_its_version(
    desk_of_noor, retraction
):
    desk_of_noor.post(retraction.get_absolute_url(), {"_approve": "1"})
    version = Version.objects.get(number=2)

    page = desk_of_noor.get(retraction.get_absolute_url()).content.decode()
    of_version = desk_of_noor.get(reverse("admin:stories_version_change", args=[version.pk])).content.decode()

    assert f'href="{version.get_absolute_url()}"' in page
    assert f'href="{retraction.get_absolute_url()}"' in of_version
    assert "approved by Noor Ali" in of_version


def test_nobody_without_the_right_sees_it(client, retraction):
    """Invariant 5."""
    client.force_login(make_reporter(is_staff=True))

    assert client.get(retraction.get_absolute_url()).status_code == 403
    assert client.post(retraction.get_absolute_url(), {"_cancel": "1"}).status_code == 403


def test_a_publication_that_is_not_there_leads_back(desk_of_noor):
    answer = desk_of_noor.get(reverse("admin:stories_publication_change", args=[404]))

    assert answer.status_code == 302


def test_the_list_asks_as_much_of_the_database_for_many_as_for_few(
    desk_of_noor, django_assert_max_num_queries
):
    editor = make_editor()
    for _ in range(12):
        wish = Wish(kind="first", publish_at=TO_COME)
        ask_to_publish(ArticleFactory(), wish=wish, by=editor, now=timezone.now())

    with django_assert_max_num_queries(13):
        page = desk_of_noor.get(reverse("admin:stories_publication_changelist"))

    assert page.content.decode().count("scheduled") >= 12


def test_what_a_takedown_took_off_its_way_still_has_its_page(desk_of_noor, live, retraction):
    said = {"authority": "District Court", "in_the_name_of": "a person", "reason": "An order."}
    take_down([live.versions.first()], **said, by=make_chief(), now=timezone.now())

    page = desk_of_noor.get(retraction.get_absolute_url())

    assert page.status_code == 200
    assert "Versions of the story were taken down." in page.content.decode()

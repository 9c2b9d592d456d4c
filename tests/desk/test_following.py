"""What I follow: found, followed, stopped; and nobody learns of a draft by it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stories.models import Article, Following, Source, User
from stories.publishing.publish import publish_article
from tests.alerting.scenes import NOON, altered_alert, quote
from tests.factories import ArticleFactory, SourceFactory, make_reporter

pytestmark = pytest.mark.django_db

FOLLOWING = reverse("desk_following")
CHANGE = reverse("desk_follow")


@pytest.fixture
def published(editor: User) -> Article:
    """A colleague's story, which its editors have since given another headline."""
    article = ArticleFactory(headline="Ferry to return")
    article.reporters.add(make_reporter())
    publish_article(article, updates=(), by=editor, now=NOON)
    article.headline = "Secret turn of the ferry"
    article.save()
    return article


def html_of(client: Client, **asked: str) -> str:
    return client.get(FOLLOWING, asked).content.decode()


def follow(client: Client, what: str, **fields: Any) -> Any:
    return client.post(CHANGE, {"what": what, "do": "follow", **fields})


def test_a_story_is_found_by_its_words_and_followed(desk: Client, published: Article, reporter: User) -> None:
    assert f'value="story-{published.pk}"' in html_of(desk, q="FERRY return")

    follow(desk, f"story-{published.pk}")

    assert Following.objects.get(person=reporter).article == published
    assert "Ferry to return" in html_of(desk)


def test_a_story_of_others_goes_by_the_name_that_readers_know(desk: Client, published: Article) -> None:
    """Invariant 5: not even the headline of a draft is told."""
    follow(desk, f"story-{published.pk}")

    assert "Secret turn" not in html_of(desk, q="ferry")
    assert "Secret turn" not in html_of(desk, q="secret")


def test_a_draft_of_others_is_neither_found_nor_followed(desk: Client) -> None:
    """Invariant 5."""
    draft = ArticleFactory(headline="Secret investigation")

    assert f"story-{draft.pk}" not in html_of(desk, q="secret")
    assert follow(desk, f"story-{draft.pk}").status_code == 404
    assert Following.objects.count() == 0


def test_a_source_of_others_is_neither_found_nor_followed(desk: Client) -> None:
    """Invariant 5."""
    theirs = quote(SourceFactory(title="Secret witness"), make_reporter()).source

    assert "Secret witness" not in html_of(desk, q="secret").replace("Found for “secret”", "")
    assert follow(desk, f"source-{theirs.pk}").status_code == 404


def test_a_source_of_mine_is_followed_from_its_page_and_back_again(desk: Client, reporter: User) -> None:
    source = quote(SourceFactory(title="Port notices"), reporter).source
    address = reverse("desk_source", args=[source.pk])
    assert f'value="source-{source.pk}"' in desk.get(address).content.decode()

    response = follow(desk, f"source-{source.pk}", next=address)

    assert response["Location"] == address
    assert "Following · stop" in desk.get(address).content.decode()


def test_an_editor_finds_every_story_by_its_present_name(
    client: Client, editor: User, published: Article
) -> None:
    client.force_login(editor)

    assert "Secret turn of the ferry" in html_of(client, q="secret")


def test_the_whole_desk_is_followed_with_one_button(desk: Client, reporter: User) -> None:
    follow(desk, "desk")

    assert Following.objects.get(person=reporter).is_of_the_desk
    assert "You hear of every change" in html_of(desk)


def test_who_asks_twice_follows_once_and_stops_at_once(desk: Client, published: Article) -> None:
    for _ in range(2):
        follow(desk, f"story-{published.pk}")
    assert Following.objects.count() == 1

    desk.post(CHANGE, {"what": f"story-{published.pk}", "do": "unfollow"})

    assert Following.objects.count() == 0


def test_what_is_followed_can_be_stopped_after_it_went_out_of_sight(desk: Client, reporter: User) -> None:
    source = quote(SourceFactory(title="Secret witness"), reporter).source
    follow(desk, f"source-{source.pk}")
    source.citations.get().article.reporters.clear()

    assert "Secret witness" not in html_of(desk)
    desk.post(CHANGE, {"what": f"source-{source.pk}", "do": "unfollow"})

    assert Following.objects.count() == 0


@pytest.mark.parametrize("what", ["", "story-", "story-x", "source-0", "person-1", f"story-{'9' * 40}"])
def test_what_cannot_be_followed_is_not_found(what: str, desk: Client) -> None:
    assert follow(desk, what).status_code == 404


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "5", "front_page"]
)
def test_nobody_is_led_to_another_site_or_to_what_is_no_address(elsewhere: str, desk: Client) -> None:
    assert follow(desk, "desk", next=elsewhere)["Location"] == FOLLOWING


def test_my_own_stories_are_named_as_mine_anyway(desk: Client, reporter: User) -> None:
    ArticleFactory(headline="Fares to rise").reporters.add(reporter)

    assert "You report 1 story, and hear of it without following." in html_of(desk)


def test_the_page_asks_as_often_however_much_is_followed(
    desk: Client, reporter: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        Following.objects.create(person=reporter, source=quote(SourceFactory(), reporter).source)
        Following.objects.create(person=reporter, article=Article.objects.latest("pk"))

    with django_assert_max_num_queries(14):
        html_of(desk, q="port")


def test_the_alert_has_buttons_for_its_story_and_source(desk: Client, reporter: User) -> None:
    alert = altered_alert(reporter)

    html = desk.get(alert.get_absolute_url()).content.decode()

    assert f'value="source-{Source.objects.get().pk}"' in html

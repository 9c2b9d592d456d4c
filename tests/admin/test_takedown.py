"""Chiefs take versions down from the story's page, after a second look; nobody else can."""

import pytest
from django.urls import reverse
from django.utils import timezone

from stories.models import Takedown
from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

SAID = {"authority": "District Court, 3 O 12/26", "in_the_name_of": "a private person", "reason": "An order."}


@pytest.fixture
def bridge():
    article = ArticleFactory(slug="bridge")
    publish_article(article, by=None, now=timezone.now())
    return article


@pytest.fixture
def vera(client, db):
    """A client with a chief signed in."""
    from tests.factories import make_chief

    client.force_login(make_chief(username="vera", first_name="Vera"))
    return client


def address(article):
    return reverse("admin:stories_article_take_down", args=[article.pk])


def test_a_chief_is_asked_to_look_again_and_nothing_is_done_yet(vera, bridge):
    answer = vera.post(address(bridge), {**SAID, "versions": [bridge.live_version.pk]})

    page = answer.content.decode()
    assert "Check it once more" in page
    assert "cannot be undone" in page
    assert not Takedown.objects.exists()


def test_the_storys_address_must_be_typed(vera, bridge):
    form = {**SAID, "versions": [bridge.live_version.pk], "_confirm": "1"}

    answer = vera.post(address(bridge), {**form, "typed": "tunnel"})

    assert "Type bridge." in answer.content.decode()
    assert not Takedown.objects.exists()


def test_then_the_text_is_taken_down_and_it_is_kept_who_did_it(vera, bridge):
    form = {**SAID, "versions": [bridge.live_version.pk], "_confirm": "1", "typed": "bridge"}

    answer = vera.post(address(bridge), form, follow=True)

    assert "1 version is taken down" in answer.content.decode()
    assert Takedown.objects.get().actor.startswith("Vera")
    assert bridge.live_version.tombstone


@pytest.mark.parametrize("left_out", ["authority", "in_the_name_of", "reason", "versions"])
def test_what_is_left_out_is_asked_for_and_the_rest_is_kept(vera, bridge, left_out):
    form = {**SAID, "versions": [bridge.live_version.pk], "_confirm": "1", "typed": "bridge"}

    answer = vera.post(address(bridge), {name: value for name, value in form.items() if name != left_out})

    page = answer.content.decode()
    assert "errorlist" in page
    assert all(value in page for name, value in SAID.items() if name != left_out)
    assert not Takedown.objects.exists()


def test_who_changes_something_finds_the_form_filled_in(vera, bridge):
    answer = vera.post(address(bridge), {**SAID, "versions": [bridge.live_version.pk], "_back": "1"})

    page = answer.content.decode()
    assert "Which versions" in page
    assert "checked" in page
    assert SAID["authority"] in page


def test_an_editor_cannot(desk_of_ruth, bridge):
    assert desk_of_ruth.get(address(bridge)).status_code in {302, 403}
    change = reverse("admin:stories_article_change", args=[bridge.pk])
    assert "Take down…" not in desk_of_ruth.get(change).content.decode()


def test_a_story_that_nobody_has_read_has_nothing_to_take_down(vera):
    draft = ArticleFactory()

    assert vera.get(address(draft)).status_code in {302, 403}


def test_a_chief_can_look_up_who_took_what_down_and_why(vera, bridge):
    form = {**SAID, "versions": [bridge.live_version.pk], "_confirm": "1", "typed": "bridge"}
    vera.post(address(bridge), form)

    listed = vera.get(reverse("admin:stories_takedown_changelist")).content.decode()
    page = vera.get(
        reverse("admin:stories_takedown_change", args=[Takedown.objects.get().pk])
    ).content.decode()

    assert "District Court, 3 O 12/26" in listed
    assert "An order." in page
    assert "Vera" in page


def test_an_editor_does_not_learn_the_reason(desk_of_ruth):
    assert desk_of_ruth.get(reverse("admin:stories_takedown_changelist")).status_code == 403

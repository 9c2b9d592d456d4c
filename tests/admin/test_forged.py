"""What nobody could have clicked in the admin, such as a row by a key that is no number, is refused in words."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.contrib.admin import ModelAdmin
from django.db import models
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from stories.admin.site import site
from stories.models import Article, User, WatchedFeed
from tests.admin.forms import form_of
from tests.factories import ArticleFactory, CitationFactory, UserFactory, make_editor

pytestmark = pytest.mark.django_db

ADMINS: list[ModelAdmin] = list(site._registry.values())
#: No number, and one that no column holds.
FORGED = ("x", "9" * 30)
SAID = "Nothing was done."


@pytest.fixture
def root() -> User:
    return UserFactory(is_superuser=True, is_staff=True)


@pytest.fixture
def client(root):
    client = Client()
    client.force_login(root)
    return client


def pages(admin: ModelAdmin, *names: str, of: str = "") -> Iterator[str]:
    """The addresses of these pages, as far as the noun has them."""
    for name in names:
        try:
            at = reverse(
                f"admin:{admin.opts.app_label}_{admin.opts.model_name}_{name}", args=[of] if of else []
            )
        except NoReverseMatch:
            continue
        yield at


def actions(admin: ModelAdmin, person: User) -> list[str]:
    asked = RequestFactory().get("/admin/")
    asked.user = person
    return list(admin.get_actions(asked))


def relations(admin: ModelAdmin) -> list[str]:
    fields = admin.opts.get_fields()
    return [field.name for field in fields if isinstance(field, models.Field) and field.is_relation]


@pytest.mark.parametrize("forged", FORGED)
def test_no_action_of_any_list_is_done_to_it(forged, client, root):
    ends = {}
    for admin in ADMINS:
        for at in pages(admin, "changelist"):
            for action in actions(admin, root):
                sent = {"action": action, "_selected_action": forged, "post": "yes"}
                ends[at, action] = (
                    client.post(f"{at}?q=bridge", sent).headers.get("Location") == f"{at}?q=bridge"
                )

    assert len(ends) > 10
    assert [asked for asked, is_led_back in ends.items() if not is_led_back] == []


@pytest.mark.parametrize(("role", "forged"), [*zip(("superuser", "editor"), FORGED, strict=True)])
def test_no_list_is_narrowed_and_no_form_filled_in_by_it(role, forged, client):
    if role == "editor":
        client.force_login(make_editor())
    ends = {}
    for admin in ADMINS:
        for name in relations(admin):
            for at in pages(admin, "changelist", "add"):
                for lookup in ("", "__pk__in"):
                    asked = f"{at}?{urlencode({name + lookup: forged})}"
                    ends[asked] = client.get(asked).headers.get("Location") == at

    assert len(ends) > 100
    assert [asked for asked, is_led_back in ends.items() if not is_led_back] == []


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (models.CharField, "regex=(("),
        (models.CharField, "range=1"),
        (models.CharField, "password=x"),
        (models.BinaryField, "exact=x"),
        (models.DateTimeField, "year=99999"),
        (models.DateTimeField, "year=0"),
        (models.DateTimeField, "year__gte=2026"),
        (models.DateTimeField, "iso_year=2026"),
        (models.DateTimeField, "gte=9999-12-31T23:59:59-23:59"),
        (models.DateTimeField, "exact=0001-01-01T00:00:00%2B23:59"),
        (models.DateTimeField, "gte=2026-01-01T00:00:00%2B23:59"),
    ],
)
def test_no_list_is_narrowed_by_what_the_database_could_not_be_asked(kind, asked, client):
    """Each would break the page; and a pattern may keep PostgreSQL busy for hours."""
    ends = {}
    for admin in ADMINS:
        for name in [field.name for field in admin.opts.get_fields() if type(field) is kind][:2]:
            for at in pages(admin, "changelist"):
                ends[f"{at}?{name}__{asked}"] = at

    assert ends
    assert [each for each, at in ends.items() if client.get(each).headers.get("Location") != at] == []


@pytest.mark.parametrize("forged", FORGED)
def test_no_page_of_a_row_is_there_for_it(forged, client):
    asked = [at for admin in ADMINS for at in pages(admin, "change", "history", "delete", of=forged)]

    assert {client.get(at).status_code for at in asked} == {302}


def test_an_editor_is_told_and_everything_is_as_it_was(client):
    article = ArticleFactory()
    client.force_login(make_editor())
    at = reverse("admin:stories_article_changelist")

    answer = client.post(
        at, {"action": "delete_selected", "_selected_action": [article.pk, "x"]}, follow=True
    )

    assert answer.status_code == 200
    assert SAID in answer.content.decode()
    assert Article.objects.get() == article


@pytest.mark.parametrize("forged", [*FORGED, "1,2", ","])
def test_a_form_that_names_such_a_row_is_refused(forged, client):
    citation = CitationFactory()
    story = reverse("admin:stories_article_change", args=[citation.article_id])
    chosen = {
        (story, "reporters"),
        (story, "citations-0-source"),
        (reverse("admin:stories_citation_add"), "article"),
        (reverse("admin:stories_citation_change", args=[citation.pk]), "source"),
    }

    ends = {client.post(at, {**form_of(client, at), name: forged}).status_code for at, name in chosen}

    assert ends == {400}


def test_no_row_is_saved_as_a_new_one(client):
    """Django adds one where nobody is offered to, and asks no page of ours that adds them."""
    feed = WatchedFeed.objects.create(
        title="City", address="https://city.example/feed", zone="UTC", added_at=timezone.now()
    )
    at = reverse("admin:stories_watchedfeed_change", args=[feed.pk])

    answer = client.post(at, {**form_of(client, at), "_saveasnew": "1"})

    assert answer.status_code == 400
    assert "cannot be answered" in answer.content.decode()
    assert WatchedFeed.objects.get() == feed


def test_a_row_of_history_is_taken_back_in_no_window_beside_a_form(client):
    citation = CitationFactory()
    row = citation.history.get()
    at = reverse("admin:stories_citation_simple_history", args=[citation.pk, row.pk])

    assert client.post(at, {"_popup": "1"}).status_code == 400


def test_a_row_of_history_whose_claim_is_gone_takes_no_claim_of_another_story(client):
    citation, other = CitationFactory(), CitationFactory()
    row, pk, claim = citation.history.get(), citation.pk, citation.claim
    citation.delete()
    claim.delete()
    at = reverse("admin:stories_citation_simple_history", args=[pk, row.pk])

    answer = client.post(at, {**form_of(client, at), "claim": other.claim_id})

    assert answer.status_code == 200
    assert "claim" in answer.context["adminform"].form.errors


def test_whoever_is_not_let_in_is_sent_to_the_door_whatever_they_ask(client):
    at = reverse("admin:stories_claim_add")

    assert Client().get(f"{at}?article=x").headers["Location"].startswith(reverse("admin:login"))


def test_what_rows_can_be_asked_by_is_answered(client):
    citation = CitationFactory()
    lists, row = reverse("admin:stories_citation_changelist"), citation.source_id
    asked = [
        f"{lists}?source__id__exact={row}",
        f"{lists}?source__id__in={row},4711",
        f"{lists}?source__isnull=True",
        f"{reverse('admin:stories_user_changelist')}?date_joined__year=2026&date_joined__month=5",
        f"{reverse('admin:stories_user_changelist')}?date_joined__gte=2026-05-18+00%3A00%3A00-04%3A00",
        f"{lists}?q={'9' * 30}",
        f"{reverse('admin:stories_citation_add')}?claim={citation.claim_id}&source={row}",
        f"{reverse('admin:stories_article_add')}?reporters={citation.article.pk},4711",
    ]

    answers = [client.get(each) for each in asked]

    assert [answer.status_code for answer in answers] == [200] * len(asked)
    assert client.post(lists, {"action": "nothing", "_selected_action": row}).status_code < 400

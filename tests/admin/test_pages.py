"""Every noun has a page that opens, in a number of queries that does not grow with what it lists."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stories.admin.site import site
from stories.models import Delivery, Host, Intake, Update, WatchedFeed
from stories.models.user import CHIEFS, EDITORS
from stories.models.words import AlertState, Channel
from stories.publishing.publish import publish_article
from tests.factories import (
    AlertFactory,
    CheckFactory,
    CitationFactory,
    SnapshotFactory,
    UserFactory,
    VerdictFactory,
    WatchFactory,
    make_reporter,
)

READ_ONLY = ["snapshot", "check", "verdict", "alert", "delivery", "version", "watch", "host"]
NOUNS = ["intake", "watchedfeed", "article", "claim", "source", "citation", "update", "user", *READ_ONLY]


def make_one_of_each():
    citation = CitationFactory(article__body="One story.")
    snapshot = SnapshotFactory(source=citation.source)
    Intake.objects.create(kind="paste", state="done", name="A story", zone="UTC", asked_at=timezone.now())
    WatchedFeed.objects.create(
        title="A feed", address=f"https://feed-{citation.pk}.example/", zone="UTC", added_at=timezone.now()
    )
    Host.objects.create(origin=f"https://bridge-{citation.pk}.example")
    WatchFactory(source=citation.source, snapshot=snapshot, checked_at=timezone.now(), outcome="changed")
    check = CheckFactory(source=citation.source, snapshot=snapshot)
    verdict = VerdictFactory(citation=citation, found_by=check)
    alert = AlertFactory(source=citation.source)
    alert.verdicts.add(verdict)
    Delivery.objects.create(alert=alert, change=check, channel=Channel.EMAIL, next_try_at=timezone.now())
    update = Update(article=citation.article, note="A note.", caused_by=verdict)
    publish_article(citation.article, updates=[update], by=None, now=timezone.now())


@pytest.mark.parametrize("noun", NOUNS)
def test_a_list_asks_no_more_queries_for_more_rows(noun, chief):
    make_one_of_each()
    url = reverse(f"admin:stories_{noun}_changelist")
    chief.get(url)
    with CaptureQueriesContext(connection) as few:
        chief.get(url)
    for _ in range(4):
        make_one_of_each()

    with CaptureQueriesContext(connection) as many:
        page = chief.get(url)

    assert page.status_code == 200
    assert len(page.context["cl"].result_list) >= 5
    assert len(many) <= len(few) <= 16


@pytest.mark.parametrize("noun", NOUNS)
def test_each_row_has_a_page(noun, chief):
    make_one_of_each()
    model = next(model for model in site._registry if model._meta.model_name == noun)

    page = chief.get(reverse(f"admin:stories_{noun}_change", args=[model._default_manager.first().pk]))

    assert page.status_code == 200


@pytest.mark.parametrize("noun", [*NOUNS, "group"])
def test_each_list_can_be_searched(noun, chief):
    make_one_of_each()
    app = "auth" if noun == "group" else "stories"

    page = chief.get(reverse(f"admin:{app}_{noun}_changelist"), {"q": "bridge"})

    assert page.status_code == 200


@pytest.mark.parametrize("noun", [*NOUNS, "group"])
def test_a_text_that_is_pasted_into_a_search_is_looked_for_by_its_beginning(noun, chief):
    """One word or very many: SQLite takes no pattern and no condition of such a size."""
    make_one_of_each()
    app = "auth" if noun == "group" else "stories"

    pages = [
        chief.get(reverse(f"admin:{app}_{noun}_changelist"), {"q": text})
        for text in ("a" * 60_000, "a b c d e f " * 5_000)
    ]

    assert [page.status_code for page in pages] == [200, 200]


@pytest.mark.parametrize("field", ["article.reporters", "citation.source"])
def test_nor_does_it_break_a_choice(field, chief):
    model, name = field.split(".")
    asked = {"app_label": "stories", "model_name": model, "field_name": name, "term": "a" * 60_000}

    assert chief.get(reverse("admin:autocomplete"), asked).json()["results"] == []


@pytest.mark.parametrize("noun", READ_ONLY)
def test_what_a_machine_has_written_cannot_be_touched_even_by_a_superuser(noun, chief):
    """Invariant 4."""
    make_one_of_each()
    model = next(model for model in site._registry if model._meta.model_name == noun)
    row = model._default_manager.first()

    answers = [
        chief.get(reverse(f"admin:stories_{noun}_add")),
        chief.post(reverse(f"admin:stories_{noun}_change", args=[row.pk]), {}),
        chief.post(reverse(f"admin:stories_{noun}_delete", args=[row.pk]), {"post": "yes"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert model._default_manager.filter(pk=row.pk).exists()


def test_an_article_with_many_passages_opens_in_as_many_queries_as_with_one(desk_of_ruth):
    citation = CitationFactory()
    url = reverse("admin:stories_article_change", args=[citation.article.pk])
    desk_of_ruth.get(url)
    with CaptureQueriesContext(connection) as few:
        desk_of_ruth.get(url)
    for _ in range(6):
        CitationFactory(claim=citation.claim, source=citation.source)

    with CaptureQueriesContext(connection) as many:
        desk_of_ruth.get(url)

    # Autocomplete asks for the label of each source that is chosen.
    assert len(many) - len(few) <= 6
    assert len(few) <= 38


@pytest.mark.django_db
def test_chiefs_may_do_all_that_editors_may():
    editors, chiefs = (Group.objects.get(name=name).permissions.all() for name in (EDITORS, CHIEFS))

    assert set(editors) < set(chiefs)


def test_editors_do_not_see_accounts_and_reporters_do_not_see_the_admin(desk_of_ruth, client, reporter):
    assert desk_of_ruth.get(reverse("admin:stories_user_changelist")).status_code == 403

    client.force_login(reporter)

    assert client.get(reverse("admin:index")).status_code == 302


def test_a_reporter_who_tries_the_admin_is_led_to_the_desk_and_told_why(client, reporter):
    client.force_login(reporter)

    answer = client.get(reverse("admin:index"), follow=True)

    assert answer.resolver_match.view_name == "desk_inbox"
    assert "Editing is for editors." in answer.content.decode()


def test_the_scripts_of_the_admin_may_run_and_those_of_other_pages_may_not(client, desk_of_ruth):
    admin = desk_of_ruth.get(reverse("admin:index"))
    desk_of_ruth.logout()
    login = client.get(reverse("admin:login"))
    front = client.get(reverse("front_page"))

    assert "'unsafe-eval'" in admin["Content-Security-Policy"]
    assert login["Location"] == f"{reverse('account_login')}?next=/admin/"
    assert "unsafe" not in front["Content-Security-Policy"]


def test_the_way_to_the_content_comes_before_the_menu(desk_of_ruth):
    page = desk_of_ruth.get(reverse("admin:stories_article_changelist")).content.decode()

    assert page.index('href="#content"') < page.index('id="nav-sidebar"') < page.index('id="content"')


def test_the_menu_shows_what_a_person_may_see(desk_of_ruth):
    groups = desk_of_ruth.get(reverse("admin:index")).context["sidebar_navigation"]

    assert [group["title"] for group in groups] == ["Desk", "Stories", "What they rest on", "What was found"]
    assert groups[0]["items"][0]["link"] == reverse("desk_inbox")


def test_the_menu_counts_the_alerts_to_answer_as_far_as_anybody_cares(desk_of_ruth):
    def told() -> Any:
        menu = desk_of_ruth.get(reverse("admin:index")).context["sidebar_navigation"]
        return menu[0]["items"][0].get("badge")

    none = told()
    AlertFactory()
    AlertFactory(state=AlertState.IGNORED)
    one = told()
    AlertFactory.create_batch(99)

    assert (none, one, told()) == (None, 1, "99+")


@pytest.mark.django_db
def test_nor_does_it_count_the_alerts_of_others_to_who_may_not_see_them(client):
    maya = make_reporter(is_staff=True)
    AlertFactory(recipient=maya)
    AlertFactory()
    client.force_login(maya)

    menu = client.get(reverse("admin:index")).context["sidebar_navigation"]

    assert menu[0]["items"][0]["badge"] == 1


def test_an_account_can_be_made(chief):
    page = chief.get(reverse("admin:stories_user_add"))
    other = UserFactory()

    assert page.status_code == 200
    assert chief.get(reverse("admin:stories_user_change", args=[other.pk])).status_code == 200

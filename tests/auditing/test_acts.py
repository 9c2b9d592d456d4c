"""Each act of weight is in the audit log, by whom it was done: held through the acts themselves."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.alerting.endpoints import add_webhook, change_endpoint, remove_endpoint, replace_secret
from stories.alerting.feed_tokens import make_token, revoke_token
from stories.importing.intake import Choice, ask_to_undo, confirm_intake, propose_text
from stories.importing.merge import merge_source, split_source
from stories.importing.work import work_on
from stories.models import Act, Article, AuditEntry, Update, User
from stories.models.words import IntakeMode
from stories.publishing.publication import (
    approve_publication,
    ask_for_approval,
    ask_to_publish,
    cancel_publication,
    publish_scheduled,
    refuse_publication,
)
from stories.publishing.publish import publish_article
from stories.publishing.revert import take_up_again
from stories.publishing.takedown import take_down
from stories.publishing.wish import Wish
from tests.admin.forms import confirm
from tests.factories import (
    ArticleFactory,
    SourceFactory,
    find_role,
    make_chief,
    make_editor,
    make_reporter,
)
from tests.importing.test_formats import MARKDOWN
from tests.signing_in.people import with_password

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2] / "stories"
RETRACTION = Wish(kind="retraction", note="We withdraw this story.")
LATER = Wish(kind="update", note="More facts.", publish_at=NOW + timedelta(hours=6), stated_zone="UTC")


def told() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("act", "actor"))


@pytest.fixture
def ruth() -> User:
    return make_editor(username="ruth")


@pytest.fixture
def noor() -> User:
    return make_chief(username="noor")


@pytest.fixture
def live() -> Article:
    article = ArticleFactory(slug="bridge", headline="Bridge closes")
    publish_article(article, by=None, now=NOW - timedelta(days=1), actor="import")
    article = Article.objects.get(pk=article.pk)
    article.headline = "Bridge may close"
    article.save()
    return article


def test_publishing_and_what_it_takes(live: Article, ruth: User, noor: User) -> None:
    asked = ask_to_publish(live, wish=LATER, by=ruth, now=NOW)
    publish_scheduled(asked, now=NOW + timedelta(hours=6))
    waiting = ask_for_approval(live, wish=RETRACTION, by=ruth, now=NOW + timedelta(hours=7))
    approve_publication(waiting, by=noor, now=NOW + timedelta(hours=8))

    assert told() == [
        (Act.PUBLISHED, "import"),
        (Act.SCHEDULED, "ruth"),
        (Act.PUBLISHED, "ruth"),
        (Act.PROPOSED, "ruth"),
        (Act.APPROVED, "noor"),
        (Act.RETRACTED, "ruth"),
    ]
    assert set(AuditEntry.objects.filter(object_kind="version").values_list("object_words", flat=True)) == {
        "bridge, version 1",
        "bridge, version 2",
        "bridge, version 3",
    }


def test_what_is_refused_cancelled_taken_up_again_and_taken_down(
    live: Article, ruth: User, noor: User
) -> None:
    refuse_publication(
        ask_for_approval(live, wish=RETRACTION, by=ruth, now=NOW), by=noor, reason="No.", now=NOW
    )
    cancel_publication(ask_to_publish(live, wish=LATER, by=ruth, now=NOW), by=noor, now=NOW)
    version = live.versions.get()
    take_up_again(version, by=ruth)
    take_down(
        [version], authority="A court", in_the_name_of="A person", reason="It said so.", by=noor, now=NOW
    )

    assert [entry for entry in told() if entry[0] not in {Act.PUBLISHED, Act.PROPOSED, Act.SCHEDULED}] == [
        (Act.REFUSED, "noor"),
        (Act.CANCELLED, "noor"),
        (Act.REVERTED, "ruth"),
        (Act.TAKEN_DOWN, "noor"),
    ]
    assert "Bridge" not in str(list(AuditEntry.objects.values("object_words", "details")))


def test_what_is_edited_after_it_was_asked_for_is_refused_by_the_schedule(live: Article, ruth: User) -> None:
    asked = ask_to_publish(live, wish=LATER, by=ruth, now=NOW)
    Update(article=live, note="x")
    live.headline = "Bridge may not close"
    live.save()

    publish_scheduled(asked, now=NOW + timedelta(hours=6))

    assert told()[-1] == (Act.REFUSED, "schedule")


def test_sources_that_are_merged_and_split(ruth: User) -> None:
    kept = SourceFactory(url="https://port.example/notice")
    other = SourceFactory(url="https://port.example/notice?utm_source=letter")

    split_source(merge_source(other, into=kept, by=ruth, now=NOW), by=ruth, now=NOW)

    assert told() == [(Act.MERGED, "ruth"), (Act.SPLIT, "ruth")]


def test_what_is_brought_in_and_taken_back(ruth: User) -> None:
    intake = propose_text(MARKDOWN, zone="UTC", by=ruth, now=timezone.now())
    confirm_intake(intake, choices={intake.stories.get().pk: Choice()}, mode=IntakeMode.DRAFT, by=ruth)
    work_on(intake, now=timezone.now)
    ask_to_undo(intake, by=ruth, now=timezone.now())

    assert told() == [(Act.BROUGHT_IN, ruth.name), (Act.TAKEN_BACK, ruth.name)]


def test_ways_out_and_never_their_secrets(noor: User) -> None:
    endpoint = add_webhook(noor, name="Ours", address="https://hook.example/secret-path")
    change_endpoint(endpoint, name="Theirs", address="https://hook.example/other-secret")
    secret = replace_secret(endpoint)
    remove_endpoint(endpoint)
    token = make_token(noor, now=NOW)
    revoke_token(noor)

    assert [act for act, _ in told()] == [
        Act.ENDPOINT_MADE,
        Act.ENDPOINT_CHANGED,
        Act.ENDPOINT_CHANGED,
        Act.ENDPOINT_REMOVED,
        Act.TOKEN_MADE,
        Act.TOKEN_REVOKED,
    ]
    kept = str(list(AuditEntry.objects.values()))
    assert not any(word in kept for word in ("secret-path", "other-secret", secret, token))


def test_people_and_their_roles(noor: User) -> None:
    kit = make_reporter(username="kit", email="kit@newsroom.example")
    client = Client()
    client.force_login(noor)
    form = {
        "username": "kit",
        "first_name": kit.first_name,
        "last_name": kit.last_name,
        "email": "kit@other.example",
        "groups": [find_role("Editors").pk],
    }

    response = client.post(reverse("admin:stories_user_change", args=[kit.pk]), form)
    client.post(
        reverse("admin:auth_user_password_change", args=[kit.pk]),
        {"password1": "a port and a mayor", "password2": "a port and a mayor", "usable_password": "true"},
    )
    client.post(
        reverse("admin:stories_user_change", args=[kit.pk]), {**form, "is_active": "on", "is_staff": "on"}
    )

    assert response.status_code == 302, response.context["errors"]
    assert told() == [
        (act, "noor")
        for act in (
            Act.PERSON_DEACTIVATED,
            Act.PERSON_CHANGED,
            Act.ROLES_CHANGED,
            Act.PASSWORD_CHANGED,
            Act.PERSON_REACTIVATED,
        )
    ]
    details: Any = AuditEntry.objects.get(act=Act.ROLES_CHANGED).details
    assert details == {"roles": "Reporters → Editors", "is_staff": "False → True"}
    assert AuditEntry.objects.get(act=Act.PERSON_CHANGED).details == {
        "email": "kit@newsroom.example → kit@other.example"
    }


def test_what_a_role_may_do() -> None:
    root = make_editor(username="root", is_superuser=True)
    client = Client()
    client.force_login(root)
    role = find_role("Reporters")
    kept = list(role.permissions.values_list("pk", flat=True))

    client.post(reverse("admin:auth_group_change", args=[role.pk]), {"name": role.name, "permissions": []})

    assert kept
    entry = AuditEntry.objects.get(act=Act.PERMISSIONS_CHANGED)
    assert (entry.actor, entry.details["taken"]) == ("root", "use_desk → –")


def test_what_is_deleted_and_done_to_many(ruth: User) -> None:
    sources = [SourceFactory(title=f"Page {number}") for number in range(3)]
    client = Client()
    client.force_login(ruth)
    client.post(reverse("admin:stories_source_delete", args=[sources[0].pk]), {"post": "yes"})
    many = {
        "action": "delete_source",
        "_selected_action": [source.pk for source in sources[1:]],
    }
    confirm(client, client.post(reverse("admin:stories_source_changelist"), many))

    assert told() == [
        (Act.DELETED, "ruth"),
        (Act.BULK, "ruth"),
        (Act.DELETED, "ruth"),
        (Act.DELETED, "ruth"),
    ]


def test_a_password_that_its_person_changes(client: Client) -> None:
    kit = with_password(make_reporter(username="kit"), "a port and a mayor")
    client.force_login(kit)

    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": "a port and a mayor",
            "password1": "a bridge too far",
            "password2": "a bridge too far",
        },
    )

    assert told() == [(Act.PASSWORD_CHANGED, "kit")]


def test_every_act_of_the_vocabulary_is_written_by_something() -> None:
    written = {
        name
        for path in ROOT.rglob("*.py")
        if path.name != "audit.py"
        for name in re.findall(r"\bAct\.([A-Z_]+)", path.read_text(encoding="utf-8"))
    }

    assert written == set(Act.names)

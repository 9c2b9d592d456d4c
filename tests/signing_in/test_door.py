"""The one door: name or address of mail and password, and nothing that leads around it."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.test import Client
from django.urls import reverse

from stories.models import Act, AuditEntry, User
from tests.factories import UserFactory, make_editor, make_reporter
from tests.signing_in.people import PASSWORD, is_signed_in, sign_in, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor() -> User:
    return with_password(make_reporter(username="noor", email="noor@newsroom.example"))


@pytest.mark.parametrize("name", ["noor", "NOOR", "noor@newsroom.example", "Noor@Newsroom.example "])
def test_a_name_or_an_address_of_mail_opens_it(name: str, client: Client, noor: User) -> None:
    response = sign_in(client, name)

    assert (response.status_code, response["Location"]) == (302, reverse("desk_inbox"))
    assert is_signed_in(client)


@pytest.mark.parametrize("name", ["noor", "nobody", "noor@newsroom.example", "nobody@newsroom.example"])
def test_a_wrong_password_and_an_unknown_name_are_told_in_the_same_words(
    name: str, client: Client, noor: User
) -> None:
    html = sign_in(client, name, "wrong").content.decode()

    assert html.count("This name and password do not match.") == 1
    assert not is_signed_in(client)


def test_signing_in_makes_another_session_than_the_one_that_was_brought(client: Client, noor: User) -> None:
    client.get(reverse("account_login"))
    session = client.session
    session["brought"] = "along"
    session.save()
    client.cookies["sessionid"] = session.session_key
    before = session.session_key

    sign_in(client, "noor")

    assert client.session.session_key != before
    assert not type(session)().exists(before)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http://localhost/",
        "https:evil.example",
    ],
)
def test_nobody_is_led_elsewhere(elsewhere: str, client: Client, noor: User) -> None:
    response = sign_in(client, "noor", next=elsewhere)

    assert response["Location"] == reverse("desk_inbox")


def test_whoever_wanted_a_page_comes_to_it(client: Client, noor: User) -> None:
    asked = client.get("/admin/stories/article/?q=bridge")

    assert asked["Location"].startswith(reverse("admin:login"))
    at_the_door = client.get(asked["Location"])
    assert at_the_door["Location"].startswith(reverse("account_login"))
    assert "q%3Dbridge" in at_the_door["Location"]


@pytest.mark.parametrize(
    ("route", "leads_to"),
    [
        ("admin:login", "account_login"),
        ("desk_login", "account_login"),
        ("admin:password_change", "account_change_password"),
    ],
)
def test_every_other_door_leads_to_it(route: str, leads_to: str, client: Client) -> None:
    if "password" in route:
        client.force_login(make_editor())

    response = client.get(reverse(route))

    assert response["Location"].partition("?")[0] == reverse(leads_to)


def test_a_password_that_is_sent_to_the_admin_opens_nothing(client: Client) -> None:
    with_password(make_editor(username="ruth"))

    client.post(reverse("admin:login"), {"username": "ruth", "password": PASSWORD})

    assert not is_signed_in(client)


def test_nobody_signs_up_and_there_is_no_api(client: Client) -> None:
    for address in ("/account/signup/", "/account/email/", "/_allauth/browser/v1/config"):
        assert client.get(address).status_code == 404


def test_a_closed_account_is_told_so_to_its_owner_alone(client: Client, noor: User) -> None:
    User.objects.filter(pk=noor.pk).update(is_active=False)

    assert sign_in(client, "noor")["Location"] == reverse("account_inactive")
    assert "do not match" in sign_in(client, "noor", "wrong").content.decode()
    assert not is_signed_in(client)


def test_an_old_hash_is_made_anew_by_argon2(client: Client, settings: object) -> None:
    settings.PASSWORD_HASHERS = _hashers()  # type: ignore[attr-defined]
    old = make_password(PASSWORD, hasher="pbkdf2_sha256")
    UserFactory(username="kit", password=old)

    sign_in(client, "kit")

    assert identify_hasher(User.objects.get(username="kit").password).algorithm == "argon2"


def test_coming_and_going_stand_in_the_audit_log(client: Client, noor: User) -> None:
    sign_in(client, "noor", "wrong")
    sign_in(client, "somebody's password in the wrong field", "x")
    sign_in(client, "noor")
    client.post(reverse("account_logout"))

    told = list(AuditEntry.objects.order_by("pk").values_list("act", "actor", "address"))
    assert told == [
        (Act.SIGN_IN_FAILED, "noor", "127.0.0.1"),
        (Act.SIGN_IN_FAILED, "an unknown name", "127.0.0.1"),
        (Act.SIGNED_IN, "noor", "127.0.0.1"),
        (Act.SIGNED_OUT, "noor", "127.0.0.1"),
    ]


def test_leaving_the_admin_is_leaving(client: Client) -> None:
    client.force_login(make_editor())

    client.post(reverse("admin:logout"), follow=True)

    assert not is_signed_in(client)


def _hashers() -> list[str]:
    from newsroom.settings import people

    return people.PASSWORD_HASHERS


def test_a_name_that_no_database_would_look_for_is_told_to_be_too_long(client):
    answer = client.post(reverse("account_login"), {"login": "a" * 60_000, "password": "x"})

    assert "at most 254" in answer.content.decode()

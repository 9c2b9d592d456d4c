"""A second step: set up by its owner alone, asked for at each signing in, owed by roles that the settings name."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from stories.models import Act, AuditEntry, User
from tests.factories import UserFactory, make_chief, make_editor, make_reporter
from tests.signing_in.people import (
    code_of,
    confirm,
    factors_of,
    give_app,
    is_signed_in,
    sign_in,
    with_password,
)
from tests.test_roles import ROLES, ROUTES, address_of, keys, routes, wanted_of

pytestmark = pytest.mark.django_db

__all__ = ["keys"]


@pytest.fixture
def noor(client: Client) -> User:
    return with_password(make_chief(username="noor", email="noor@newsroom.example"))


def set_up_app(client: Client) -> list[str]:
    """As somebody who has just signed in does; the recovery codes that are shown."""
    confirm(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", page)
    assert secret
    shown = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret[1])}, follow=True)
    return re.findall(r"<code[^>]*>(\d{8})</code>", shown.content.decode())


def test_an_app_is_set_up_and_asked_for_at_the_next_signing_in(client: Client, noor: User) -> None:
    sign_in(client, "noor")
    codes = set_up_app(client)
    client.post(reverse("account_logout"))

    answer = sign_in(client, "noor")

    assert len(codes) == 10
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_signed_in(client)


def test_a_new_key_of_the_installation_reads_what_the_former_one_encrypted(
    client: Client, noor: User, settings: Any
) -> None:
    secret, former = give_app(noor), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", ["older still", former]

    sign_in(client, "noor")
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert is_signed_in(client)


def test_a_recovery_code_opens_once_and_is_shown_once(client: Client, noor: User) -> None:
    sign_in(client, "noor")
    code = set_up_app(client)[0]

    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    client.post(reverse("account_logout"))
    for _ in range(2):
        sign_in(client, "noor")
        client.post(reverse("mfa_authenticate"), {"code": code})
        was_let_in = is_signed_in(client)
        client.post(reverse("account_logout"))

    assert code not in again
    assert not was_let_in


def test_the_database_holds_no_secret_of_a_factor(client: Client, noor: User) -> None:
    secret = give_app(noor)
    sign_in(client, "noor")

    kept = str(list(Authenticator.objects.values("data")))

    assert secret not in kept


def test_nothing_is_changed_before_one_shows_again_that_it_is_oneself(client: Client, noor: User) -> None:
    client.force_login(noor)

    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        assert "/account/confirm/" in client.get(reverse(name))["Location"]


def test_the_admin_is_no_way_around_it(client: Client, noor: User) -> None:
    give_app(noor)

    sign_in(client, "noor")

    asked = client.get(reverse("admin:index"), follow=True)
    assert asked.redirect_chain[-1][0] == reverse("mfa_authenticate")


def test_who_owes_one_is_led_to_set_it_up_and_then_goes_on(
    client: Client, noor: User, settings: object
) -> None:
    settings.SECOND_FACTOR_ROLES = ["Chiefs"]  # type: ignore[attr-defined]
    sign_in(client, "noor")

    asked = client.get(reverse("admin:index"), follow=True)

    assert asked.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "Your role requires a second step" in asked.content.decode()
    set_up_app(client)
    assert client.get(reverse("admin:index")).status_code == 200


def test_the_last_one_of_who_owes_one_stays(client: Client, noor: User, settings: object) -> None:
    settings.SECOND_FACTOR_ROLES = ["Chiefs"]  # type: ignore[attr-defined]
    sign_in(client, "noor")
    set_up_app(client)

    page = client.post(reverse("mfa_deactivate_totp")).content.decode()

    assert "Your role requires a second step" in page
    assert factors_of(noor) == {"totp", "recovery_codes"}


@pytest.mark.parametrize(
    ("roles", "make", "owes"),
    [
        (["Editors"], make_editor, True),
        (["Editors"], make_reporter, False),
        (["Superusers"], lambda: UserFactory(is_superuser=True, is_staff=True), True),
        ([], make_chief, False),
    ],
)
def test_roles_say_who_owes_one(roles: list[str], make: object, owes: bool, settings: object) -> None:
    settings.SECOND_FACTOR_ROLES = roles  # type: ignore[attr-defined]
    client = Client()
    client.force_login(make())  # type: ignore[operator]

    answer = client.get(reverse("desk_inbox"))

    assert (answer.status_code == 302) is owes


def test_who_owes_one_comes_to_no_page_that_asks_for_an_account(keys: dict, settings: object) -> None:
    """Whatever the matrix of roles sends strangers away from, and nothing else to do until then."""
    settings.SECOND_FACTOR_ROLES = ["Chiefs"]  # type: ignore[attr-defined]
    client = Client()
    client.force_login(make_chief(username="chief"))

    let_in = []
    for name, pattern in routes():
        is_closed = wanted_of(name, "anonymous")[:1] in [(302,), (403,)] and wanted_of(name, "chief")[:1] == (
            200,
        )
        if not is_closed or name.startswith(("account_", "mfa_")):
            continue
        address = address_of(name, pattern, keys)
        answer = client.post(address) if f"POST {name}" in ROUTES else client.get(address)
        if answer.status_code != 302 or answer["Location"] != reverse("mfa_index"):
            let_in.append(name)

    assert len(ROLES) == 7
    assert let_in == []


@pytest.mark.parametrize("page", ["desk_inbox", "admin:index"])
def test_nor_where_the_newsroom_is_under_a_path_of_its_host(page: str, client: Client, settings: Any) -> None:
    """As some servers for WSGI let a proxy say."""
    settings.SECOND_FACTOR_ROLES = ["Chiefs"]
    client.force_login(make_chief())

    answer = client.get(reverse(page), SCRIPT_NAME="/news")

    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))


def test_factors_stand_in_the_audit_log(client: Client, noor: User) -> None:
    sign_in(client, "noor")
    set_up_app(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))

    told = set(AuditEntry.objects.filter(person=noor).values_list("act", flat=True))
    assert {Act.FACTOR_ADDED, Act.CODES_MADE, Act.FACTOR_REMOVED} <= told


def test_a_chief_removes_the_factors_of_who_lost_them(client: Client) -> None:
    lost = make_reporter(username="lost")
    give_app(lost)
    client.force_login(make_chief(username="noor"))
    address = reverse("admin:stories_user_remove_second_factors", args=[lost.pk])

    client.get(address)
    assert factors_of(lost) == {"totp"}
    client.post(address)

    assert factors_of(lost) == set()
    entry = AuditEntry.objects.get(act=Act.FACTOR_REMOVED)
    assert (entry.actor, entry.object_words) == ("noor", "lost")

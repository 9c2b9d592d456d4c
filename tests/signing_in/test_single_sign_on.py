"""Signing in at a real OpenID Connect provider, whose groups give the roles."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from stories.models import Act, AuditEntry, User
from stories.signing_in.asking import ProviderUnusableError
from stories.signing_in.provider import believed
from tests.factories import UserFactory, make_editor, make_reporter
from tests.ports import find_free_port
from tests.signing_in.people import confirm, give_app, is_signed_in, sign_in, with_password
from tests.signing_in.provider import CLIENT, SECRET, Provider, running_provider

pytestmark = pytest.mark.django_db

KIT = {
    "sub": "kit-1",
    "preferred_username": "kit",
    "email": "kit@newsroom.example",
    "email_verified": True,
    "given_name": "Kit",
    "family_name": "Ames",
    "groups": ["desk"],
}


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running_provider() as running:
        settings.OIDC_ISSUER = running.issuer
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
        settings.OIDC_ROLES = {"desk": "Reporters", "editing": "Editors"}
        settings.OIDC_NEW_PEOPLE = True
        running.person = dict(KIT)
        yield running


def go_there_and_back(client: Client, **query: str) -> Any:
    """As a browser does: to the provider, which says who it is, and back; the last answer."""
    started = client.post(reverse("openid_connect_login", args=["oidc"], query={"process": "login", **query}))
    return client.get(send_back(started))


def where_it_leads(page: Any) -> str:
    return str(page["Refresh"]).removeprefix("0; url=")


def send_back(started: Any) -> str:
    """Where the provider sends a browser back to that this page sends there."""
    there = urlsplit(where_it_leads(started))
    connection = HTTPConnection(str(there.hostname), there.port)
    connection.request("GET", f"{there.path}?{there.query}")
    answer = connection.getresponse()
    answer.read()
    back = urlsplit(str(answer.getheader("Location")))
    connection.close()
    assert back.path == reverse("openid_connect_callback", args=["oidc"])
    return f"{back.path}?{back.query}"


def roles_of(username: str) -> set[str]:
    return set(User.objects.get(username=username).groups.values_list("name", flat=True))


def test_the_door_shows_the_way(client: Client, provider: Provider) -> None:
    page = client.get(reverse("account_login"))

    assert "Sign in with single sign-on" in page.content.decode()


def test_a_page_leads_there_for_whom_a_browser_does_not_by_itself(client: Client, provider: Provider) -> None:
    page = client.post(reverse("openid_connect_login", args=["oidc"], query={"process": "login"}))

    assert page.status_code == 200
    assert where_it_leads(page).startswith(f"{provider.issuer}/authorize?")
    assert f'href="{escape(where_it_leads(page))}"' in page.content.decode()


def test_whoever_has_a_group_gets_an_account_and_its_role(client: Client, provider: Provider) -> None:
    answer = go_there_and_back(client)

    assert answer["Location"] == reverse("desk_inbox")
    assert is_signed_in(client)
    kit = User.objects.get(username="kit")
    assert (kit.name, kit.email, kit.is_staff) == ("Kit Ames", "kit@newsroom.example", False)
    assert roles_of("kit") == {"Reporters"}
    assert not kit.has_usable_password()
    assert not EmailAddress.objects.exists()
    acts = list(AuditEntry.objects.order_by("pk").values_list("act", "actor"))
    assert acts == [
        (Act.PERSON_MADE, "single sign-on"),
        (Act.ROLES_CHANGED, "single sign-on"),
        (Act.SIGNED_IN, "kit"),
    ]


def test_roles_follow_the_provider_at_each_signing_in(client: Client, provider: Provider) -> None:
    go_there_and_back(client)
    provider.person["groups"] = ["editing"]

    go_there_and_back(Client())

    assert roles_of("kit") == {"Editors"}
    assert User.objects.get(username="kit").is_staff
    given = AuditEntry.objects.filter(act=Act.ROLES_CHANGED).latest("pk")
    assert given.details == {"roles": "Reporters → Editors", "is_staff": "False → True"}


def test_a_role_that_was_taken_there_is_taken_here(client: Client, provider: Provider) -> None:
    go_there_and_back(client)
    provider.person["groups"] = []

    go_there_and_back(Client())

    assert roles_of("kit") == set()


def test_a_claim_may_lie_deeper(client: Client, provider: Provider, settings: Any) -> None:
    settings.OIDC_ROLE_CLAIM = "realm_access.roles"
    provider.person["realm_access"] = {"roles": ["editing", "unknown"]}

    go_there_and_back(client)

    assert roles_of("kit") == {"Editors"}


@pytest.mark.parametrize(("new_people", "groups"), [(False, ["desk"]), (True, ["canteen"])])
def test_others_get_no_account(
    new_people: bool, groups: list[str], client: Client, provider: Provider, settings: Any
) -> None:
    settings.OIDC_NEW_PEOPLE = new_people
    provider.person["groups"] = groups

    page = go_there_and_back(client)

    assert "A chief can invite you" in page.content.decode()
    assert not User.objects.exists()
    assert not is_signed_in(client)


def test_an_account_of_the_same_name_is_not_taken_over(client: Client, provider: Provider) -> None:
    make_editor(username="kit", email="ruth@newsroom.example")

    go_there_and_back(client)

    assert User.objects.count() == 2
    assert client.session["_auth_user_id"] != str(User.objects.get(username="kit").pk)


def test_an_account_with_the_same_address_is_not_taken_over(client: Client, provider: Provider) -> None:
    make_editor(username="ruth", email="kit@newsroom.example")

    page = go_there_and_back(client)

    assert "A chief can invite you" in page.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize(("is_verified", "is_linked"), [(True, True), (False, False)])
def test_an_account_is_found_by_its_address_where_that_is_set_and_verified(
    is_verified: bool, is_linked: bool, client: Client, provider: Provider, settings: Any
) -> None:
    settings.OIDC_LINK_BY_EMAIL, settings.OIDC_NEW_PEOPLE = True, False
    known = make_reporter(username="christopher", email="kit@newsroom.example")
    provider.person["email_verified"] = is_verified

    go_there_and_back(client)

    assert is_signed_in(client) is is_linked
    assert not is_linked or client.session["_auth_user_id"] == str(known.pk)


def test_somebody_joins_it_with_the_account_that_they_have(client: Client, provider: Provider) -> None:
    with_password(make_reporter(username="christopher"))
    sign_in(client, "christopher")
    confirm(client)

    answer = go_there_and_back(client, process="connect")

    assert answer["Location"] == reverse("mfa_index")
    other = Client()
    go_there_and_back(other)
    assert other.session["_auth_user_id"] == client.session["_auth_user_id"]


def test_a_closed_account_stays_closed(client: Client, provider: Provider) -> None:
    go_there_and_back(client)
    User.objects.update(is_active=False)
    other = Client()

    answer = go_there_and_back(other)

    assert answer["Location"] == reverse("account_inactive")
    assert not is_signed_in(other)


@pytest.mark.parametrize("wrong", [{"iss": "https://evil.example"}, {"aud": "another"}, {"exp": 1}])
def test_a_token_that_is_not_for_us_lets_nobody_in(
    wrong: dict[str, Any], client: Client, provider: Provider
) -> None:
    provider.claims = wrong

    page = go_there_and_back(client)

    assert "That did not work" in page.content.decode()
    assert not is_signed_in(client)


def test_user_info_of_somebody_else_lets_nobody_in(client: Client, provider: Provider) -> None:
    """OpenID Connect Core 1.0, 5.3.2: a token of one person, answered with what is known of another."""
    provider.claims = {"sub": "somebody else"}

    page = go_there_and_back(client)

    assert "That did not work" in page.content.decode()
    assert not is_signed_in(client)
    assert not User.objects.exists()


@pytest.mark.parametrize("subject", [None, "", 5, [], {}, True, "x" * 192, "a\nb", "\x00", "\ud800"])
def test_nobody_in_particular_is_nobody(subject: Any) -> None:
    with pytest.raises(ProviderUnusableError):
        believed({"id_token": {"sub": subject}, "userinfo": {"sub": subject}})


@pytest.mark.parametrize(
    "told", [{}, {"userinfo": KIT}, {"id_token": KIT}, {"id_token": KIT, "userinfo": []}]
)
def test_an_answer_without_token_or_user_info_is_none(told: dict[str, Any]) -> None:
    with pytest.raises(ProviderUnusableError):
        believed(told)


@pytest.mark.parametrize("name", ["preferred_username", "name", "given_name", "family_name", "email"])
@pytest.mark.parametrize("value", [None, "", 5, ["x"], {}, True, "x" * 255, "a\nBcc: b@c.example", "\ud800"])
def test_what_is_no_name_is_left_out(name: str, value: Any) -> None:
    odd = {**KIT, name: value}

    assert name not in believed({"id_token": KIT, "userinfo": odd})["userinfo"]


def test_odd_claims_make_an_account_with_what_is_usable(client: Client, provider: Provider) -> None:
    provider.person |= {"name": ["Kit"], "given_name": 5, "family_name": "<script>alert(1)</script>"}

    go_there_and_back(client)

    assert User.objects.get().name == "<script>alert(1)</script>"
    assert "<script>alert" not in client.get(reverse("desk_inbox")).content.decode()


def test_an_answer_counts_once_and_for_the_browser_that_asked(client: Client, provider: Provider) -> None:
    """Whoever takes it from a history or a log comes in by it nowhere."""
    answer = go_there_and_back(client)
    used = answer.wsgi_request.get_full_path()
    client.post(reverse("account_logout"))

    for browser in (client, Client()):
        assert "That did not work" in browser.get(used).content.decode()
        assert not is_signed_in(browser)


def test_an_answer_that_nobody_asked_for_lets_nobody_in(client: Client, provider: Provider) -> None:
    address = reverse("openid_connect_callback", args=["oidc"], query={"code": "x", "state": "made up"})

    page = client.get(address)

    assert "That did not work" in page.content.decode()


@pytest.mark.parametrize(("is_enough", "leads_to"), [(False, "mfa_index"), (True, None)])
def test_the_provider_counts_as_a_second_factor_where_that_is_set(
    is_enough: bool, leads_to: str | None, client: Client, provider: Provider, settings: Any
) -> None:
    settings.SECOND_FACTOR_ROLES, settings.OIDC_IS_SECOND_FACTOR = ["Reporters"], is_enough
    go_there_and_back(client)

    answer = client.get(reverse("desk_inbox"))

    assert answer.get("Location") == (reverse(leads_to) if leads_to else None)


def test_who_has_a_second_factor_here_is_asked_for_it(client: Client, provider: Provider) -> None:
    go_there_and_back(Client())
    give_app(User.objects.get(username="kit"))

    answer = go_there_and_back(client)

    assert answer["Location"] == reverse("mfa_authenticate")


def test_without_a_provider_there_is_no_way(client: Client) -> None:
    UserFactory()

    assert client.get(reverse("openid_connect_login", args=["oidc"])).status_code == 404
    assert "Sign in with single" not in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize("is_there", [False, True])
@pytest.mark.parametrize("has_been_there", [False, True])
def test_a_provider_that_does_not_answer_is_told_as_a_page(
    is_there: bool, has_been_there: bool, client: Client, provider: Provider, settings: Any
) -> None:
    """It is down, or answers with an error, before somebody goes there or while they are there."""
    address = reverse("openid_connect_login", args=["oidc"], query={"process": "login"})
    back = send_back(client.post(address)) if has_been_there else ""
    provider.is_broken = True
    if not is_there:
        settings.OIDC_ISSUER = f"http://127.0.0.1:{find_free_port()}"

    page = client.get(back) if has_been_there else client.post(address)

    assert page.status_code == 401
    assert "That did not work" in page.content.decode()
    assert not is_signed_in(client)

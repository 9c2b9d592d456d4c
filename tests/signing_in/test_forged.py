"""What is mailed or left in a browser to stand for somebody, held out by those for whom it was not made."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.signing import Signer
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.http import int_to_base36

from stories.accounts import devices
from stories.accounts.letters import password_link
from stories.alerting.unsubscribing import subscription_of, unsubscribe_address
from stories.models import User
from stories.models.words import Gravity
from tests.factories import make_reporter
from tests.security.rows import changed, whole_state
from tests.signing_in.people import PASSWORD, sign_in, with_password
from tests.signing_in.test_links import follow

pytestmark = pytest.mark.django_db


@pytest.fixture
def kit() -> User:
    return with_password(make_reporter(username="kit", email="kit@newsroom.example"))


@pytest.fixture
def ruth() -> User:
    return with_password(make_reporter(username="ruth", email="ruth@newsroom.example"))


def key_of(person: User) -> str:
    return password_link(person).rstrip("/").rpartition(f"/{int_to_base36(person.pk)}-")[2]


def link_with(person: User, key: str) -> str:
    uid = int_to_base36(person.pk)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})


def cookie_of(person: User) -> str:
    browser = Client()
    sign_in(browser, person.username)
    return browser.cookies["known_device"].value


def keys_of_others(kit: User, ruth: User) -> list[str]:
    """Good for something, or for somebody."""
    key, token = key_of(ruth), unsubscribe_address(kit, gravity=Gravity.LOW).rstrip("/").rpartition("/")[2]
    own = key_of(kit)
    return [
        *(key, token, token.replace(":", "-"), cookie_of(kit), "set-password", "-", "0-0", "x" * 5_000),
        *(
            own[:-1],
            own + "0",
            own.upper(),
            own.replace("-", "--"),
            f"{own.split('-')[0]}-",
            f"-{own}",
            own[::-1],
        ),
        *(f"zzzzzzzzzzzzz-{own.split('-')[1]}", f"{own} ", f"{own}%00", "é-é", "１-１"),
    ]


def test_no_key_but_their_own_chooses_somebody_s_password(kit: User, ruth: User) -> None:
    tried = {key: follow(Client(), link_with(kit, key)) for key in keys_of_others(kit, ruth)}

    assert {key: page for key, page in tried.items() if "no longer works" not in page} == {}
    assert User.objects.get(pk=kit.pk).password == kit.password


@pytest.mark.parametrize("field", ["email", "password"])
def test_a_link_is_worth_nothing_once_what_it_rests_on_is_another(field: str, kit: User) -> None:
    link = password_link(kit)
    setattr(kit, field, "another@newsroom.example")
    kit.save()

    assert "no longer works" in follow(Client(), link)


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_whoever_looks_at_every_link_of_a_letter_changes_nothing_and_uses_none_up(
    method: str, kit: User
) -> None:
    links = [password_link(kit), unsubscribe_address(kit, gravity=Gravity.HIGH)]
    before = whole_state(but_of=None)

    for link in links * 2:
        getattr(Client(), method)(link, follow=True)

    assert {name for name in changed(before, whole_state(but_of=None)) if "session" not in name} == set()
    assert "is set" in follow(Client(), links[0])


def forged_tokens(kit: User, ruth: User) -> list[str]:
    token = unsubscribe_address(ruth, gravity=Gravity.LOW).rstrip("/").rpartition("/")[2]
    value, _, signature = token.rpartition(":")
    other = Signer(salt="stories.signing_in.devices").sign(value)
    return [
        *(
            f"{kit.pk}-1:{signature}",
            f"{value}0:{signature}",
            f"{value}:{signature[:-1]}",
            f"{value}:",
            ":",
            "::",
        ),
        *(other, Signer().sign(value), cookie_of(ruth), key_of(ruth), f"{value}:{signature}=", f"{value}:é"),
        *(
            f"{value}\\n:{signature}",
            f"{value}:{signature}:{signature}",
            f" {token}",
            token.swapcase(),
            "\\ud800:x",
        ),
    ]


def test_no_token_but_ours_for_it_stops_anybody_s_mail(kit: User, ruth: User) -> None:
    assert [token for token in forged_tokens(kit, ruth) if subscription_of(token)] == []


def known(value: str, name: str) -> str:
    request = RequestFactory().get("/")
    request.COOKIES["known_device"] = value
    return devices.device_of(request, name)


def test_no_cookie_but_ours_makes_a_browser_known(kit: User, ruth: User) -> None:
    theirs = cookie_of(ruth)
    value, _, signature = theirs.rpartition(":")
    other_purpose = Signer(salt="stories.unsubscribing").sign_object({"device": "x", "names": ["x"]})
    forged: list[Any] = [
        *(
            "",
            ":",
            theirs[:-1],
            theirs.swapcase(),
            f"{value}x:{signature}",
            f"x{value}:{signature}",
            other_purpose,
        ),
        *(unsubscribe_address(kit, gravity=Gravity.LOW), "é", "\\ud800", f".{theirs}", "x" * 9_000, theirs),
    ]

    assert known(theirs, "ruth")
    assert {cookie: known(cookie, "kit") for cookie in forged if known(cookie, "kit")} == {}
    assert [cookie for cookie in forged[:-1] if known(cookie, "ruth")] == []


def test_a_browser_that_people_share_is_known_for_each_and_guessed_at_as_one(kit: User, ruth: User) -> None:
    """However often one of them comes, no colleague is forgotten, and what was guessed there stays counted."""
    request, cookie = RequestFactory().get("/"), ""
    counted = []
    for person in (kit, *[ruth] * 30):
        request.COOKIES["known_device"] = cookie
        response = HttpResponse()
        devices.remember(request, response, person)
        cookie = response.cookies["known_device"].value
        counted.append(known(cookie, person.username))

    assert known(cookie, "kit") == known(cookie, "ruth") != ""
    assert set(counted) == {known(cookie, "kit")}
    assert response.cookies["known_device"]["httponly"]


def test_a_cookie_that_was_taken_lets_nobody_in(kit: User) -> None:
    thief = Client()
    thief.cookies["known_device"] = cookie_of(kit)

    assert thief.get(reverse("desk_inbox")).status_code == 302
    assert PASSWORD not in thief.cookies["known_device"].value

"""Whoever is signed in sees where, and signs out in other browsers; of nobody else."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from stories.models import Act, AuditEntry, User
from stories.signing_in.browsers import browser_name
from tests.factories import make_editor, make_reporter
from tests.signing_in.people import PASSWORD, confirm, is_signed_in, sign_in, with_password

pytestmark = pytest.mark.django_db

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Safari/604.1"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE = "account_signed_in"


@pytest.fixture
def noor() -> User:
    return with_password(make_reporter(username="noor"))


def come_in(name: str, *, browser: str = DESK, address: str = "203.0.113.9") -> Client:
    client = Client(headers={"user-agent": browser}, REMOTE_ADDR=address)
    sign_in(client, name)
    return client


def rows_on(client: Client) -> list[str]:
    html = client.get(reverse(PAGE)).content.decode()
    return [
        re.sub(r"<[^>]+>|\s+", " ", each) for each in re.findall(r"<section.*?</section>", html, re.DOTALL)
    ]


def marks_on(client: Client) -> list[str]:
    return re.findall(r'name="mark" value="([^"]+)"', client.get(reverse(PAGE)).content.decode())


def test_each_browser_is_shown_with_this_one_first(noor: User) -> None:
    come_in("noor", browser=PHONE, address="198.51.100.7")
    with_password(make_editor(username="ruth"))
    come_in("ruth")

    here, there = rows_on(come_in("noor"))

    assert "Firefox, Windows" in here
    assert "this one" in here
    assert "Safari, iPhone" in there
    assert "198.51.100.7" in there
    assert "this one" not in there


def test_one_is_ended_and_the_others_go_on(noor: User) -> None:
    phone, desk, here = (come_in("noor", browser=PHONE), come_in("noor"), come_in("noor"))
    of_phone = next(mark for mark in marks_on(here) if mark not in marks_on(phone))
    of_desk = next(mark for mark in marks_on(here) if mark not in marks_on(desk))
    assert of_phone != of_desk
    confirm(here)

    here.post(reverse(PAGE), {"mark": of_phone})

    assert [is_signed_in(each) for each in (phone, desk, here)] == [False, True, True]


def test_all_others_are_ended_and_it_is_told(noor: User) -> None:
    with_password(make_editor(username="ruth"))
    phone, ruth, here = come_in("noor", browser=PHONE), come_in("ruth"), come_in("noor")
    before = come_in("noor")
    session = before.session
    del session["came_in"]
    session.save()
    confirm(here)

    told = here.post(reverse(PAGE), follow=True).content.decode()

    assert "You are signed out in 2 other browsers." in told
    assert [is_signed_in(each) for each in (phone, before, ruth, here)] == [False, False, True, True]
    entry = AuditEntry.objects.filter(act=Act.SIGNED_OUT).get()
    assert (entry.actor, entry.details) == ("noor", {"elsewhere": 2})


def test_where_none_is_left_to_end_nothing_is_written(noor: User) -> None:
    come_in("noor", browser=PHONE)
    here = come_in("noor")
    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "ferry to the islands", "password2": "ferry to the islands"},
    )
    confirm(here, "ferry to the islands")

    for mark in ({}, {"mark": "made up"}):
        told = here.post(reverse(PAGE), mark, follow=True).content.decode()
        assert "You were signed out there already." in told

    assert not AuditEntry.objects.filter(act=Act.SIGNED_OUT).exists()


def test_a_colleagues_mark_ends_nothing(noor: User) -> None:
    with_password(make_editor(username="ruth"))
    come_in("ruth")
    ruth, here = come_in("ruth"), come_in("noor")
    confirm(here)

    for mark in marks_on(ruth):
        here.post(reverse(PAGE), {"mark": mark})

    assert len(rows_on(ruth)) == 2


def test_whoever_does_so_shows_once_more_that_it_is_them(noor: User) -> None:
    phone, here = come_in("noor", browser=PHONE), come_in("noor")

    asked = here.post(reverse(PAGE))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert is_signed_in(phone)
    here.post(asked.url, {"password": PASSWORD, "next": reverse(PAGE)})

    assert not is_signed_in(phone)


def test_who_comes_by_single_sign_on_alone_has_nothing_to_show(noor: User) -> None:
    phone, here = come_in("noor", browser=PHONE), Client()
    noor.set_unusable_password()
    noor.save()
    for client in (phone, here):
        client.force_login(noor)

    here.post(reverse(PAGE))

    assert not is_signed_in(phone)


def test_one_from_before_a_new_password_is_not_shown(noor: User) -> None:
    come_in("noor", browser=PHONE)
    here = come_in("noor")
    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "ferry to the islands", "password2": "ferry to the islands"},
    )

    assert len(rows_on(here)) == 1


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36",
            "Chrome, Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        ("curl/8.5.0", ""),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_browser_is_called_as_its_person_calls_it(said: str, name: str) -> None:
    assert browser_name(said) == name

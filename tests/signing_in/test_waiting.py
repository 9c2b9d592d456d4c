"""The door says how long a guess has to wait, and lets in whoever has the mailbox or was here before."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from stories.accounts.letters import password_link
from stories.accounts.patience import OF_NAME
from stories.models import Act, AuditEntry, User
from tests.factories import make_reporter
from tests.signing_in.people import code_of, give_app, is_signed_in, sign_in, with_password

pytestmark = pytest.mark.django_db

NOON = "2026-03-02T12:00:00+00:00"
ATTACKER = {"REMOTE_ADDR": "198.51.100.9"}


@pytest.fixture
def noor() -> User:
    return with_password(make_reporter(username="noor", email="noor@newsroom.example"))


def guess_often(client: Client, times: int = OF_NAME.free, name: str = "noor") -> str:
    for number in range(times):
        html = client.post(
            reverse("account_login"), {"login": name, "password": f"guess {number}"}, **ATTACKER
        ).content.decode()
    return html


@time_machine.travel(NOON, tick=False)
def test_the_wait_is_told_in_words_and_is_the_same_for_an_unknown_name(client: Client, noor: User) -> None:
    told = {name: guess_often(client, OF_NAME.free + 1, name) for name in ("noor", "nobody")}

    assert all("Try again in 1 second, or ask for a link by e-mail." in html for html in told.values())


@time_machine.travel(NOON, tick=False)
def test_the_right_password_is_not_looked_at_while_it_is_too_soon(client: Client, noor: User) -> None:
    guess_often(client)

    sign_in(client, "noor")

    assert not is_signed_in(client)
    assert AuditEntry.objects.filter(act=Act.SIGN_IN_DELAYED, actor="noor").count() == 1


@time_machine.travel(NOON, tick=False)
def test_who_does_not_wait_fills_no_log(client: Client, noor: User) -> None:
    guess_often(client, OF_NAME.free + 4)

    sign_in(client, "noor")

    delayed = AuditEntry.objects.filter(act=Act.SIGN_IN_DELAYED, actor="noor")
    assert [entry.address for entry in delayed.order_by("pk")] == ["198.51.100.9", "127.0.0.1"]


@time_machine.travel(NOON, tick=False)
def test_who_signed_in_here_before_is_not_kept_out_by_an_attacker(client: Client, noor: User) -> None:
    sign_in(client, "noor")
    client.post(reverse("account_logout"))
    guess_often(Client(), OF_NAME.free + 3)

    sign_in(client, "noor")

    assert is_signed_in(client)


@time_machine.travel(NOON, tick=False)
def test_who_is_right_each_time_does_not_wait_however_often_they_come(noor: User) -> None:
    browsers = [Client() for _ in range(OF_NAME.free + 2)]

    for browser in browsers:
        sign_in(browser, "noor")

    assert [is_signed_in(browser) for browser in browsers] == [True] * len(browsers)


@time_machine.travel(NOON, tick=False)
def test_a_link_by_mail_leads_past_the_attacker(client: Client, noor: User) -> None:
    guess_often(Client(), OF_NAME.free + 3)
    form = client.get(password_link(noor), follow=True)
    client.post(
        form.redirect_chain[-1][0], {"password1": "another good one", "password2": "another good one"}
    )

    sign_in(client, "noor", "another good one")

    assert is_signed_in(client)


def test_a_cookie_of_somebody_elses_making_opens_no_queue(client: Client, noor: User) -> None:
    client.cookies["known_device"] = "eyJkZXZpY2UiOiJ4In0:made-up"

    assert "do not match" in sign_in(client, "noor", "wrong").content.decode()


@time_machine.travel(NOON, tick=False)
def test_codes_are_guessed_at_no_faster_than_passwords(client: Client, noor: User) -> None:
    secret = give_app(noor)
    sign_in(client, "noor")
    for _ in range(OF_NAME.free):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    html = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).content.decode()

    assert "Try again in 1 second" in html
    assert not is_signed_in(client)

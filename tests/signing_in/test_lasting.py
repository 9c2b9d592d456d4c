"""How long somebody stays signed in: a working day, whichever way they came in and whatever they do meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from stories.models import User
from stories.signing_in.lasting import CAME_IN
from tests.factories import make_reporter
from tests.signing_in.passkey import Passkey, sign_in_without_password
from tests.signing_in.people import code_of, give_app, is_signed_in, sign_in, with_password
from tests.signing_in.test_single_sign_on import go_there_and_back, provider

__all__ = ["provider"]

pytestmark = pytest.mark.django_db

NINE = datetime.fromisoformat("2026-03-02T09:00:00+00:00")


@pytest.fixture
def noor() -> User:
    return with_password(make_reporter(username="noor"))


def by_password(client: Client, noor: User) -> None:
    sign_in(client, "noor")


def by_code(client: Client, noor: User) -> None:
    secret = give_app(noor)
    sign_in(client, "noor")
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})


def by_passkey(client: Client, noor: User) -> None:
    key = Passkey(noor)
    key.keep()
    sign_in_without_password(client, key)


def by_provider(client: Client, _noor: User) -> None:
    go_there_and_back(client)


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize("comes_in", [by_password, by_code, by_passkey, by_provider])
def test_who_signed_in_is_asked_again_after_a_working_day(
    comes_in: Callable[[Client, User], None], client: Client, noor: User
) -> None:
    with time_machine.travel(NINE, tick=False) as clock:
        comes_in(client, noor)
        clock.shift(timedelta(hours=11))
        assert is_signed_in(client)
        write_into_session(client)
        clock.shift(timedelta(hours=1, seconds=1))

        assert not is_signed_in(client)


def write_into_session(client: Client) -> None:
    """As pages do that keep a word for the next one."""
    session = client.session
    session["said"] = "something"
    session.save()


@pytest.mark.parametrize("said_to_last", [14 * 24 * 3600, None], ids=["by password", "by key or provider"])
def test_one_from_before_ends_when_it_would_have(
    said_to_last: int | None, client: Client, noor: User
) -> None:
    """Two weeks after it was last written to, however often it is written to since."""
    with time_machine.travel(NINE, tick=False) as clock:
        sign_in(client, "noor")
        session = client.session
        del session[CAME_IN]
        session.set_expiry(said_to_last)
        session.save()
        Session.objects.update(expire_date=NINE + timedelta(days=14))

        for _day in range(13):
            clock.shift(timedelta(days=1))
            write_into_session(client)
        assert is_signed_in(client)
        clock.shift(timedelta(days=1, seconds=1))

        assert not is_signed_in(client)


def test_one_in_which_nobody_is_signed_in_is_kept_for_an_hour(client: Client) -> None:
    with time_machine.travel(NINE, tick=False):
        client.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"})

        assert Session.objects.get().expire_date == NINE + timedelta(hours=1)

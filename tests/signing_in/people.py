"""People at the door: with a password, with a second factor, as a browser would send it."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from stories.models import User

PASSWORD = "a bridge, a port, a mayor"


def with_password(person: User, password: str = PASSWORD) -> User:
    person.set_password(password)
    person.save()
    return person


def sign_in(client: Client, name: str, password: str = PASSWORD, **fields: Any) -> Any:
    return client.post(reverse("account_login"), {"login": name, "password": password, **fields})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def confirm(client: Client, password: str = PASSWORD) -> None:
    """Show once more that it is oneself."""
    client.post(reverse("account_reauthenticate"), {"password": password})


def give_app(person: User) -> str:
    """An authenticator app; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def code_of(secret: str, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def factors_of(person: User) -> set[str]:
    return set(Authenticator.objects.filter(user=person).values_list("type", flat=True))

"""Whatever opens something, used as it is meant to be and wrongly: a log that tells all it can has nothing of it."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.logs import ForMachines, ForPeople
from stories import tasks
from stories.accounts.letters import password_link
from stories.alerting.feed_tokens import make_token
from stories.alerting.send import send_delivery
from stories.models.words import Channel
from tests.alerting.receiver import receiver
from tests.alerting.scenes import altered_alert
from tests.factories import DeliveryFactory, EndpointFactory, UserFactory, make_chief, make_reporter
from tests.signing_in.people import code_of, confirm, give_app, is_signed_in, sign_in, with_password
from tests.signing_in.provider import Provider
from tests.signing_in.test_links import follow, link_in
from tests.signing_in.test_single_sign_on import go_there_and_back, provider

pytestmark = pytest.mark.django_db

__all__ = ["provider"]

PASSWORD, NEXT, WRONG = "canary first password", "canary next password", "canary wrong password"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What an installation's log holds that logs all it can, in both of the forms that it may have."""
    root, level, stream = logging.getLogger(), logging.getLogger().level, io.StringIO()
    # Whoever walks through every page has switched it off, in a module that may be under way in this process.
    off = root.manager.disable
    logging.disable(logging.NOTSET)
    handlers = [logging.StreamHandler(stream) for _ in range(2)]
    for handler, form in zip(handlers, (ForPeople(), ForMachines()), strict=True):
        handler.setFormatter(form)
        root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    logging.disable(off)
    root.setLevel(level)
    for handler in handlers:
        root.removeHandler(handler)


def told(logged: io.StringIO, secrets: list[str]) -> set[str]:
    assert logged.getvalue()
    return {secret for secret in secrets if secret in logged.getvalue()}


def test_signing_in_tells_no_password_code_or_session(logged: io.StringIO, client: Client) -> None:
    kit = with_password(make_reporter(username="kit"), PASSWORD)
    secret = give_app(kit)
    code = code_of(secret)

    sign_in(client, "kit", WRONG)
    sign_in(client, WRONG, PASSWORD)
    sign_in(client, "kit", PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": WRONG})
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_signed_in(client)
    confirm(client, WRONG)
    client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEXT, "password2": NEXT}
    )
    client.get("/nowhere/")
    secrets = [PASSWORD, NEXT, WRONG, secret, code, str(client.session.session_key)]

    assert told(logged, secrets) == set()


@pytest.mark.usefixtures("worker")
def test_a_link_to_choose_a_password_is_told_to_the_mailbox_alone(
    logged: io.StringIO, client: Client
) -> None:
    kit = UserFactory(username="kit", email="kit@newsroom.example")
    make_chief(username="noor")
    tasks.mail_link("kit@newsroom.example")
    tasks.mail_invitation(kit.pk)
    links = [link_in(letter) for letter in mail.outbox]

    for link in [*links, links[0] + "nowhere/", password_link(kit).replace("-", "-x")]:
        follow(client, link, NEXT)
    follow(Client(), links[1], "short")
    keys = [link.rstrip("/").rpartition("-")[2] for link in links]

    assert told(logged, [NEXT, *keys]) == set()


def test_a_token_is_told_by_no_address(logged: io.StringIO, client: Client, settings: Any) -> None:
    settings.PROBE_TOKEN = "canary-of-the-operator"
    feed = make_token(make_reporter(), now=timezone.now())

    for address in (reverse("desk_feed", args=[feed]), f"/desk/feed/{feed}.rss", f"/desk/feed/{feed}/x"):
        client.get(address)
    for said in ("Bearer canary-of-the-operator", "Bearer canary-of-somebody-else"):
        client.get(reverse("metrics"), headers={"authorization": said})

    assert told(logged, [feed, "canary-of-the-operator", "canary-of-somebody-else"]) == set()


def test_a_webhook_is_called_and_neither_its_address_nor_its_secret_is_told(
    logged: io.StringIO, settings: Any
) -> None:
    alert = altered_alert(make_reporter())
    with receiver(settings) as hook:
        endpoint = EndpointFactory(
            person=alert.recipient, address=hook.url("/canary-of-an-address?key=canary-of-a-key")
        )
        delivery = DeliveryFactory(alert=alert, channel=Channel.WEBHOOK, endpoint=endpoint)
        for hook.status in (500, 200):
            send_delivery(delivery, now=timezone.now)
    signature = hook.received[-1].headers["webhook-signature"]

    secrets = ["canary-of-an-address", "canary-of-a-key", endpoint.secret, signature]
    assert told(logged, secrets) == set()


def test_single_sign_on_tells_neither_code_nor_token_nor_its_secret(
    logged: io.StringIO, client: Client, provider: Provider, settings: Any
) -> None:
    given: list[str] = []
    authorize = provider.authorize

    def remember(query: dict[str, str]) -> str:
        back = authorize(query)
        given.extend(re.findall(r"(?:code|state)=([^&]+)", back))
        return back

    provider.authorize = remember  # type: ignore[method-assign]
    go_there_and_back(client)
    assert is_signed_in(client)
    provider.claims = {"aud": "somebody else"}
    go_there_and_back(Client())
    Client().get(reverse("openid_connect_callback", args=["oidc"]), {"code": given[0], "state": given[1]})

    assert len(given) == 4
    assert told(logged, [*given, *provider.tokens, settings.OIDC_CLIENT_SECRET]) == set()

"""A provider that answers nonsense lets nobody in, and whoever comes from it is told so by a page."""

from __future__ import annotations

import base64
import json
import time
from dataclasses import replace
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from stories.models import User
from stories.signing_in import asking
from tests.signing_in.people import is_signed_in
from tests.signing_in.provider import Odd, Provider
from tests.signing_in.test_single_sign_on import KIT, provider, send_back, where_it_leads

__all__ = ["provider"]

pytestmark = pytest.mark.django_db

PATHS = {
    "configuration": "/.well-known/openid-configuration",
    "token": "/token",
    "userinfo": "/userinfo",
}
TOLD, GETS_NO_ACCOUNT = "told that it did not work", "200, False"
DEEP = b'{"a":' * 30_000 + b"1" + b"}" * 30_000
LONG_NUMBER = b'{"a":' + b"9" * 5_000 + b"}"
#: Whatever is asked.
NONSENSE = {
    "nothing": Odd(b""),
    "no JSON": Odd(b"<!doctype html><title>Log in</title>"),
    "a page": Odd(b"<p>Down for the night", headers={"Content-Type": "text/html"}),
    "of no kind": Odd(b"{}", headers={}),
    "a list": Odd(b"[]"),
    "a list of pairs": Odd(b'[["access_token", "x"]]'),
    "a number": Odd(b"5"),
    "null": Odd(b"null"),
    "a text": Odd(b'"access_token"'),
    "an empty object": Odd(b"{}"),
    "in no encoding": Odd(b"\xff\xfe\x00{", headers={"Content-Type": "application/json; charset=zlib"}),
    "too deep": Odd(DEEP),
    "a number of 5,000 digits": Odd(LONG_NUMBER),
    "refused": Odd(b'{"error": "access_denied"}', status=403),
    "broken": Odd(b'{"error": "server_error"}', status=500),
    "no content": Odd(b"", status=204),
    "unpacks to much": Odd(b"x", headers={"Content-Type": "application/json", "Content-Encoding": "gzip"}),
    "huge": Odd(b'{"a":"' + b"x" * 5_000_000 + b'"}'),
    "elsewhere": Odd(b"", status=302, headers={"Location": "/elsewhere"}),
    "elsewhere with what was sent": Odd(b"", status=307, headers={"Location": "/elsewhere"}),
    "round and round": Odd(b"", status=302, headers={"Location": PATHS["configuration"]}),
}
#: Neither we nor a browser are sent there.
NO_ADDRESSES = [
    *(
        None,
        "",
        5,
        [],
        {},
        True,
        "nowhere",
        "/token",
        "//evil.example/x",
        "javascript:alert(1)",
        "http://[::1",
    ),
    *("data:,x", "file:///etc/passwd", "ftp://127.0.0.1/", "https://", "http://evil.example/", "x" * 9_000),
    *(
        "http://127.0.0.1:1/",
        "https://user@evil.example/",
        "https://evil.example\r\nX: y/",
        "https://\ud800/",
    ),
]
INSIDE = [
    *("https://127.0.0.1/", "https://169.254.169.254/latest/", "https://localhost/", "https://10.0.0.1/"),
    *("https://[::1]/", "https://database.internal/", "https://2130706433/", "https://broker:8443/"),
]


def go_there(client: Client) -> Any:
    return client.post(reverse("openid_connect_login", args=["oidc"], query={"process": "login"}))


def come_back(provider: Provider, **odd: Odd) -> str:
    """How somebody is received who went there before it became odd."""
    client = Client()
    back = send_back(go_there(client))
    provider.odd = {PATHS[name]: answer for name, answer in odd.items()}
    received = how_received(client, client.get(back))
    provider.odd = {}
    return received


def how_received(client: Client, page: Any) -> str:
    is_in = is_signed_in(client)
    if page.status_code == 401 and "That did not work" in page.content.decode() and not is_in:
        return TOLD
    return "let in" if page.status_code == 302 and is_in else f"{page.status_code}, {is_in}"


def as_json(told: Any) -> Odd:
    return Odd(json.dumps(told).encode())


@pytest.mark.parametrize("asked", ["token", "userinfo", "configuration"])
def test_nonsense_is_told_as_a_page(asked: str, provider: Provider) -> None:
    received = {name: come_back(provider, **{asked: odd}) for name, odd in NONSENSE.items()}

    assert received == dict.fromkeys(NONSENSE, TOLD)
    assert not User.objects.exists()


def test_nonsense_about_where_to_go_is_told_as_a_page(client: Client, provider: Provider) -> None:
    received = {}
    for name, odd in NONSENSE.items():
        provider.odd[PATHS["configuration"]] = odd
        received[name] = how_received(client, go_there(client))

    assert received == dict.fromkeys(NONSENSE, TOLD)


@pytest.mark.parametrize("endpoint", ["token_endpoint", "userinfo_endpoint"])
def test_nothing_is_asked_at_what_is_no_address_of_a_provider(endpoint: str, provider: Provider) -> None:
    usual = provider.configuration()

    received = {
        repr(address): come_back(provider, configuration=as_json({**usual, endpoint: address}))
        for address in [*NO_ADDRESSES, *INSIDE]
    }

    assert set(received.values()) == {TOLD}, received


def test_nobody_is_sent_to_what_is_no_address_of_a_provider(client: Client, provider: Provider) -> None:
    received = {}
    for address in NO_ADDRESSES:
        told = {**provider.configuration(), "authorization_endpoint": address}
        provider.odd[PATHS["configuration"]] = as_json(told)
        received[repr(address)] = how_received(client, go_there(client))

    assert set(received.values()) == {TOLD}, received


def test_people_are_sent_where_the_provider_says_though_it_is_at_another_name(
    client: Client, provider: Provider
) -> None:
    told = {**provider.configuration(), "authorization_endpoint": "https://accounts.example/authorize"}
    provider.odd[PATHS["configuration"]] = as_json(told)

    answer = go_there(client)

    assert where_it_leads(answer).startswith("https://accounts.example/authorize?")


def test_a_provider_that_leaves_out_where_to_go_is_told_as_a_page(client: Client, provider: Provider) -> None:
    usual, received = provider.configuration(), {}
    for left_out in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "issuer"):
        told = {name: value for name, value in usual.items() if name != left_out}
        provider.odd[PATHS["configuration"]] = as_json(told)
        received[left_out] = how_received(client, go_there(client))

    assert set(received.values()) == {TOLD}, received


def claims_in_parts(claims: bytes) -> str:
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (b"{}", claims, b""))


TOKENS = {
    "missing": None,
    "empty": "",
    "a number": 5,
    "a list": ["x"],
    "a dict": {"a": "b"},
    "garbage": "garbage",
    "three empty parts": "..",
    "parts of no JSON": "YQ.YQ.YQ",
    "a list of claims": claims_in_parts(b"[]"),
    "too deep": claims_in_parts(DEEP),
    "a number of 5,000 digits": claims_in_parts(LONG_NUMBER),
    "letters of no token": "é.é.é",
    "half a character": "\ud800.a.b",
}


def test_a_token_that_is_none_lets_nobody_in(provider: Provider) -> None:
    provider.tokens.add("x")

    received = {
        name: come_back(provider, token=as_json({"access_token": "x", "id_token": token}))
        for name, token in TOKENS.items()
    }

    assert received == dict.fromkeys(TOKENS, TOLD)


def test_what_can_be_shown_to_no_server_is_no_token(provider: Provider) -> None:
    odd = [None, "", 5, ["x"], {}, True, "a\r\nX-Evil: 1", "é", "\ud800", "\0", "x" * 200_000]

    received = {
        repr(token)[:20]: come_back(
            provider, token=as_json({"access_token": token, "id_token": provider.sign()})
        )
        for token in odd
    }

    assert set(received.values()) == {TOLD}, received


#: Of a token, and of whoever signs in: each is let in or told, and never met by a fault of ours.
CLAIMS: dict[str, list[Any]] = {
    "sub": [None, 5, ["kit-1"], {}, True, "", "x" * 300, "\0"],
    "iss": [None, 5, ["x"], {}, "\0"],
    "aud": [None, 5, [], [5], {}, "\0"],
    "exp": [None, "9999999999", "soon", [], {}, True, 1e300, -1, 10**400],
    "iat": ["soon", [], {}, 1e300, 10**400],
    "nbf": ["soon", [], {}, 1e300, 10**400],
    "jti": [5, [], {}, "\0", "x" * 5_000],
}
SAID = ["email", "email_verified", "groups", "picture", "name", "locale"]
ODD = [
    None,
    5,
    ["x"],
    [["desk"]],
    {"desk": "desk"},
    True,
    "",
    "\0",
    "\ud800",
    10**400,
    float("nan"),
    "x" * 99_999,
]


@pytest.mark.parametrize("name", CLAIMS)
def test_odd_claims_of_a_token_are_no_fault(name: str, provider: Provider) -> None:
    received = {}
    for value in CLAIMS[name]:
        provider.claims = {"jti": "once", name: value}
        received[repr(value)[:20]] = come_back(provider)

    assert set(received.values()) <= {TOLD, "let in"}, received


@pytest.mark.parametrize("name", SAID)
def test_odd_things_said_of_somebody_are_no_fault(name: str, provider: Provider) -> None:
    received = {}
    for number, value in enumerate(ODD):
        provider.person = {
            **KIT,
            "sub": f"kit-{number}",
            "email": f"kit-{number}@newsroom.example",
            name: value,
        }
        received[repr(value)[:20]] = come_back(provider)

    assert set(received.values()) <= {TOLD, "let in", GETS_NO_ACCOUNT}, received


def test_one_that_drips_is_waited_for_no_longer_than_it_may_take(
    client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "LIMITS", replace(asking.LIMITS, total_seconds=0.5))
    told = json.dumps(provider.configuration()).encode()
    provider.odd[PATHS["configuration"]] = Odd(told, drips=0.05)
    started = time.monotonic()

    received = how_received(client, go_there(client))

    assert received == TOLD
    assert time.monotonic() - started < len(told) * 0.05 / 2


def test_what_else_it_says_of_itself_hinders_nobody(provider: Provider) -> None:
    keys = ["token_endpoint_auth_methods_supported", "jwks_uri", "scopes_supported"]
    usual = provider.configuration()

    received = {
        (key, repr(value)): come_back(provider, configuration=as_json({**usual, key: value}))
        for key in keys
        for value in [None, 5, "client_secret_post", {}, [5], [["x"]]]
    }

    assert set(received.values()) == {"let in"}, received


def test_nothing_is_kept_of_what_is_said_but_what_is_used(provider: Provider) -> None:
    provider.person |= {"picture": "https://x.example/kit.png", "address": {"country": "Iceland"}}

    come_back(provider)

    kept = SocialAccount.objects.get().extra_data
    assert kept["userinfo"] == {name: value for name, value in KIT.items() if name != "groups"}
    assert kept["roles"] == ["Reporters"]


def test_the_operator_finds_in_the_log_what_was_the_matter(
    client: Client, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    provider.odd[PATHS["configuration"]] = NONSENSE["a list"]

    go_there(client)

    told = [record.getMessage() for record in caplog.records if record.name.startswith("stories")]
    assert told == [f"Nobody can sign in at {provider.issuer}: It answers with JSON that is no object."]

"""Requests that are not what they seem: forged, sent on, from another host, with another method, for another cache."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory, make_chief, make_reporter
from tests.nonces import without_nonce
from tests.security.answers import let_go
from tests.test_roles import PUBLIC_ROUTES, address_of, client_of, routes

pytestmark = pytest.mark.django_db

#: What stands for the form's own token there.
WITHOUT_TOKEN = {"desk_unsubscribe": "the signature in the address (RFC 8058, section 3.1)"}
ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example/",
    "https:elsewhere.example/",
    "http:///elsewhere.example/",
    "/%09/elsewhere.example/",
    "\t//elsewhere.example/",
    "javascript:planted()",
    "data:text/html,planted",
    "https://testserver@elsewhere.example/",
    "https://testserver.elsewhere.example/",
    "/\r\nLocation: https://elsewhere.example/",
]
#: What proxies and frameworks listen to, and no cache keeps apart.
UNKEYED = {
    "x-forwarded-host": "elsewhere.example",
    "x-forwarded-server": "elsewhere.example",
    "x-forwarded-scheme": "nothttps",
    "x-forwarded-proto": "https",
    "x-forwarded-ssl": "on",
    "x-forwarded-for": "10.0.0.1",
    "x-forwarded-uri": "/admin/",
    "x-original-host": "elsewhere.example",
    "x-url-scheme": "https",
    "front-end-https": "on",
    "host": "localhost",
    "accept": "application/json",
    "authorization": "Basic ZWxzZTp3aGVyZQ==",
    "range": "bytes=0-1",
    "x-requested-with": "XMLHttpRequest",
    "sec-fetch-dest": "empty",
    "purpose": "prefetch",
    "x-forwarded-port": "4444",
    "x-forwarded-prefix": "/elsewhere",
    "forwarded": "host=elsewhere.example;proto=gopher",
    "x-host": "elsewhere.example",
    "x-original-url": "/admin/",
    "x-rewrite-url": "/admin/",
    "x-http-method-override": "POST",
    "x-http-method": "PUT",
    "x-method-override": "DELETE",
    "accept-language": "de",
    "cookie": "elsewhere=1; sessionid=elsewhere",
    "user-agent": "elsewhere",
    "referer": "https://elsewhere.example/",
    "origin": "https://elsewhere.example",
}


def leads_elsewhere(response: Any) -> bool:
    location = response.get("Location", "")
    return not location.startswith("/") or location.startswith(("//", "/\\"))


def test_nothing_is_done_without_the_forms_token(keys: dict[str, Any]) -> None:
    """By anybody, at any address that takes what is sent to it."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(UserFactory(username="root", is_superuser=True, is_staff=True))
    taken = {}
    for name, pattern in routes():
        address = address_of(name, pattern, keys)
        for method in ("post", "put", "patch", "delete"):
            status = getattr(client, method)(address).status_code
            if status not in {403, 405}:
                taken[name] = status

    assert set(taken) <= set(WITHOUT_TOKEN), taken


def test_a_token_of_another_site_is_no_token(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    token = strict.get(reverse("account_login")).cookies["csrftoken"].value

    forged = strict.post(
        reverse("account_login"),
        {"login": "x", "password": "x", "csrfmiddlewaretoken": token},
        headers={"origin": "https://elsewhere.example"},
    )

    assert forged.status_code == 403


def test_a_session_from_before_the_login_is_worth_nothing_after_it(client: Client) -> None:
    make_reporter(username="ines")
    client.post(reverse("desk_answers"), {"note": "x"})  # Keeps a word, so that there is a session.
    before = client.session.session_key

    client.post(reverse("account_login"), {"login": "ines", "password": "correct horse battery staple"})

    assert before
    assert client.session.session_key != before
    assert not client.session.exists(before)


def test_a_session_ends_where_it_is_signed_out(client: Client) -> None:
    client.force_login(make_reporter())
    key = client.session.session_key

    client.post(reverse("account_logout"))

    assert not client.session.exists(key)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_elsewhere(client: Client, address: str) -> None:
    """Whatever form or address carries a way on, it is one of ours."""
    make_chief(username="ines")
    words = {"login": "ines", "password": "correct horse battery staple", "next": address}
    answers = [
        client.post(reverse("account_login"), words),
        client.post(f"{reverse('desk_login')}?next=x", words),
        client.post(reverse("desk_follow"), {"what": "desk", "do": "follow", "next": address}),
        client.post(reverse("account_logout"), {"next": address}),
        client.post(reverse("admin:login"), words),
        client.post(reverse("desk_follow"), {"what": "desk", "do": "follow", "next": address}),
    ]
    client.logout()
    referred = f"http://testserver{address}" if address.startswith("/") else address
    header_is_possible = not set(address) & set("\r\n")
    if header_is_possible:
        answers.append(client.post(reverse("desk_answers"), {}, headers={"referer": referred}))
        kept = answers[-1]["Location"]
        answers.append(client.post(kept, {**words, "next": ""}))

    assert [
        answer["Location"] for answer in answers if answer.status_code == 302 and leads_elsewhere(answer)
    ] == []


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "testserver.elsewhere.example", "testserver@elsewhere.example", ""]
)
def test_a_host_that_is_not_ours_is_refused(client: Client, host: str) -> None:
    answer = client.get("/", headers={"host": host}, SERVER_NAME="elsewhere.example")

    assert answer.status_code == 400
    assert "elsewhere" not in answer.content.decode()


PAGES = [
    "/",
    "/stories/bridge/",
    "/stories/bridge/changes/",
    "/corrections/",
    "/corrections.atom",
    "/sitemap.xml",
]


@pytest.mark.parametrize("address", PAGES)
def test_no_header_makes_another_page_for_the_next_reader(client: Client, bridge: Any, address: str) -> None:
    """What a cache does not keep apart must not change what it keeps."""
    plain = client.get(address)
    told = without_nonce(plain.content), plain["ETag"], plain.status_code

    poisoned = {
        name: (without_nonce(answer.content), answer["ETag"], answer.status_code)
        for name, value in UNKEYED.items()
        if (answer := client.get(address, headers={name: value}))
    }

    assert {name for name, answer in poisoned.items() if answer != told} == set()


#: What caches take for the end of a file's name, or for the end of the address, and we do not.
ENDINGS = (
    "x.css",
    "/x.js",
    "%2fx.css",
    ";x.css",
    "%3bx.png",
    "%00x.css",
    "%0ax.ico",
    "%23x.css",
    "%3fx.css",
    ".css",
)
LEADING_BACK = (
    "/static/..{}",
    "/static/..%2f{}",
    "/static/%2e%2e{}",
    "/static/x.css/..%2f..{}",
    "/x.css/..{}",
)


def test_no_ending_makes_of_a_private_page_one_that_is_kept(keys: dict[str, Any]) -> None:
    """Web-cache deception: a cache that goes by how an address ends keeps a page that is somebody's own."""
    client, kept = client_of("superuser"), {}
    private = [address_of(name, each, keys) for name, each in routes() if name not in PUBLIC_ROUTES]
    private = [address for address in private if not address.startswith("/record/")]
    for number, address in enumerate(private):
        ending, back = ENDINGS[number % len(ENDINGS)], LEADING_BACK[number % len(LEADING_BACK)]
        for asked in (f"{address}{ending}", back.format(address)):
            answer: Any = client.get(asked)
            let_go(answer)
            if answer.headers["Cache-Control"] != "private, no-store":
                kept[asked] = answer.headers["Cache-Control"]

    assert len(private) > 90
    assert kept == {}


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_sets_no_cookie_whatever_is_sent(client: Client, bridge: Any, address: str) -> None:
    assert not client.get(address, headers={"cookie": "sessionid=x; csrftoken=x; messages=x"}).cookies


def test_a_get_does_nothing_whatever_it_calls_itself(keys: dict[str, Any]) -> None:
    client = Client(raise_request_exception=False)
    person = make_reporter(username="mine")
    client.force_login(person)
    over = {"x-http-method-override": "POST", "x-http-method": "POST", "x-method-override": "POST"}

    client.get(f"{reverse('account_logout')}?_method=POST", headers=over)

    assert client.get(reverse("desk_inbox")).status_code == 200

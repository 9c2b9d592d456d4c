"""The newsroom in which every text is marked, asked by other methods and with headers that might lead past its doors.

Each address gets one way in each run, another for each role, and all of them in `make fuzz`; a plain GET of each is
looked at in `tests/test_every_address.py`. Beside the roles there are two who are on no list of them: a chief whose
account was closed while they were signed in, and one who has given a password and owes the second step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from stories.models import Endpoint, User
from tests.factories import make_chief
from tests.fuzzing import IS_SEARCHING
from tests.security.answers import body_of
from tests.security.planting import MARK, plant
from tests.signing_in.people import give_app, sign_in, with_password
from tests.test_every_address import SECRETS, addresses, is_hidden
from tests.test_roles import (
    ROLES,
    client_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlogged")]

FAR_OFF = "Fri, 31 Dec 2100 00:00:00 GMT"
#: Methods, and headers with what a proxy, a cache, a script or another kind of reader would send.
WAYS: list[tuple[str, dict[str, str]]] = [
    ("HEAD", {}),
    ("OPTIONS", {"origin": "https://elsewhere.example", "access-control-request-method": "GET"}),
    ("GET", {"accept": "application/json"}),
    ("GET", {"accept": "application/atom+xml, text/csv;q=0.9", "accept-language": "es"}),
    ("GET", {"range": "bytes=0-99999", "accept-encoding": "gzip, br"}),
    ("GET", {"if-none-match": "*"}),
    ("GET", {"if-modified-since": FAR_OFF, "accept-datetime": FAR_OFF}),
    ("GET", {"x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1", "forwarded": "for=127.0.0.1"}),
    (
        "GET",
        {"x-forwarded-host": "elsewhere.example", "x-original-url": "/admin/", "x-rewrite-url": "/admin/"},
    ),
    ("GET", {"x-requested-with": "XMLHttpRequest", "x-http-method-override": "PUT"}),
    ("POST", {}),
    ("PUT", {}),
]
#: What is there for whoever is let in; to them a form is no way to ask.
READERS = {"anonymous", "reader", "closed", "half"}
AS_IF = {"closed": "anonymous", "half": "anonymous"}


@pytest.mark.parametrize("role", [*ROLES, *AS_IF])
def test_however_one_asks_nobody_is_told_what_is_not_theirs(role: str, keys: dict[str, Any]) -> None:
    plant()
    Endpoint.objects.update(address=f"https://hooks.example/{SECRETS[0]}", secret=f"whsec_{SECRETS[1]}")
    client, seen_as, asked = client_in(role), AS_IF.get(role, role), 0
    wrong = {}

    for number, address in enumerate(addresses(seen_as, keys)):
        for method, headers in ways_of(role, number):
            answer: Any = client.generic(method, address, headers=headers)
            asked += 1
            if faults := set(faults_in(answer, method, seen_as)):
                wrong[method, address, *headers] = faults

    assert asked > 250
    assert wrong == {}


def client_in(role: str) -> Client:
    if role == "closed":
        client = client_of("chief")
        User.objects.filter(username="chief").update(is_active=False)
        return client
    if role == "half":
        give_app(with_password(make_chief(username="half")))
        client = client_of("anonymous")
        sign_in(client, "half")
        return client
    return client_of(role)


def ways_of(role: str, number: int) -> list[tuple[str, dict[str, str]]]:
    ways = WAYS if role in READERS else [way for way in WAYS if way[0] not in {"POST", "PUT"}]
    return ways if IS_SEARCHING else [ways[(number * 7 + len(role)) % len(ways)]]


def faults_in(answer: Any, method: str, role: str) -> Iterator[str]:
    body = body_of(answer)
    told = f"{body}{answer.headers}{answer.cookies}"
    yield from (mark for mark in MARK.findall(told.lower()) if is_hidden(mark, role))
    if role != "own":
        yield from (secret for secret in SECRETS if secret in told)
    if "elsewhere.example" in told:
        yield "believes a header"
    if answer.status_code >= 500 and answer.wsgi_request.path != "/readyz":
        yield f"broken: {answer.status_code}"
    if method == "HEAD" and body:
        yield "has a body"

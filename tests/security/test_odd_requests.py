"""Whatever is sent to any address, it is answered: refused, not found, or done, and never by breaking.

Each address gets one oddity in each run, each time the same, and all of them in `make fuzz`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory
from django.utils import timezone

from newsroom.text_request import TextASGIRequest, TextWSGIRequest
from stories.importing.intake import open_intake
from stories.models import User
from stories.models.words import IntakeKind
from tests.fuzzing import IS_SEARCHING
from tests.security.answers import let_go
from tests.security.rows import changed, whole_state
from tests.test_roles import ROLES, address_of, client_of, routes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlogged")]

QUERIES = [
    "page=0&number=0",
    "page=-1",
    "page=99999999999999999999999999999999999999",
    "page=NaN&p=NaN",
    "page[]=1&page=2",
    "q=%00&s=%00&query=%00",
    "q=%ED%A0%80%FF%FE",
    "q=" + "a" * 9_000,
    "q=%25%27%22%5C%3B--",
    "q=(((((((((((((((((((((((((%22",
    "at=9999-99-99T99:99&since=9999-12-31&until=0000-00-00",
    "at=%F0%9F%9A%A2&zone=Mars/Olympus",
    "before=1e9&after=%2B1",
    "before=99999999999999999999&after=-1",
    "size=-1&first=-1&second=10&index=99999999999999999999",
    "hash=%00&first=&second=",
    "o=99.-99.x&e=1&all=&_popup=1&_to_field=password",
    "view=side&view=inline&passage=%0D%0ASet-Cookie:%20x=1",
    "state__exact=%00&id__in=x,y&pk__gt=x",
    "term=%00&app_label=x&model_name=x&field_name=x",
    "kind=nothing&caused_by=x&draft=99999999999999999999",
    "next=%00&way=nothing",
]
HEADERS = [
    {"accept-datetime": "yesterday"},
    {"accept-datetime": "Thu, 99 Nov 99999 99:99:99 GMT"},
    {"if-modified-since": "Thu, 01 Jan 0001 00:00:00 GMT", "if-none-match": '"' * 99},
    {"if-none-match": "W/"},
    {"range": "bytes=99999999999-0"},
    {
        "accept": "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
        "accept-encoding": ";q=,gzip;q=x",
    },
    {"accept-language": "x" * 900},
    {"cookie": "sessionid=\x01; csrftoken=%00; messages=x; =;;"},
    {"referer": "http://[::1"},
    {"origin": "null"},
    {"x-forwarded-for": "::::, x"},
]
BODIES = [
    ("application/json", b"{"),
    ("application/json", b"\xff\xfe" * 30),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\n\x00'),
    (
        "application/x-www-form-urlencoded",
        b"note=%00&answer=%00&state=%00&headline=%00&body=%00&alerts=%00&person=x",
    ),
    ("application/x-www-form-urlencoded; charset=utf-7", b"note=+AAA-"),
    (
        "application/x-www-form-urlencoded",
        b"alerts=99999999999999999999&pk=-1&to=99999999999999999999&state=still_holds",
    ),
    (
        "application/x-www-form-urlencoded",
        b"state=%F0%9F%9A%A2&kind=%F0%9F%9A%A2&do=follow&what=article&key=99999999999999999999",
    ),
    (
        "application/x-www-form-urlencoded",
        b"until=9999-99-99&at=x&zone=x&name=%0D%0A&url=http://[&server=http://[",
    ),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(1_100))),
    ("text/plain", b"x" * 3_000_000),
    # Many where one is meant, one where many are, and keys with brackets.
    (
        "application/x-www-form-urlencoded",
        b"state=a&state=b&note=1&note=2&to=1&to=2&kind=x&kind=y&alert=&alert=@",
    ),
    (
        "application/x-www-form-urlencoded",
        b"note[]=1&note[a]=2&alert[0]=1&form-TOTAL_FORMS=1&form-TOTAL_FORMS=x",
    ),
    (
        "application/x-www-form-urlencoded",
        "note=\ud800&name=\udfff&headline=\ud83d".encode("utf-8", "surrogatepass"),
    ),
    (
        "application/x-www-form-urlencoded",
        b"claims-TOTAL_FORMS=-1&claims-INITIAL_FORMS=9e9&action=x&select_across=1",
    ),
]
METHODS = ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "PROPFIND", "get"]
#: What only looks, whatever comes with it (RFC 9110, section 9.2.1).
SAFE = ["GET", "HEAD", "OPTIONS", "GET", "TRACE"]
FORM = "application/x-www-form-urlencoded"
SENT_BY_FORMS = (
    "note=1&answer=still_holds&state=still_holds&headline=1&body=1&alert=1&do=follow&what=desk&delete=1&undo=1&post=yes"
    "&_save=1&_publish=1&_method=POST&revoke=1&name=x"
)
ITS_PAGES = {"own": ("/desk/", "/account/", "/stories/"), "superuser": ("/admin/", "/preview/")}


Ask = Callable[[Client, str], Any]


def asks() -> list[tuple[str, Ask]]:
    """Every oddity, by name; each waits for a client and an address."""
    return [
        *[(query[:60], partial(with_query, query)) for query in QUERIES],
        *[(f"{headers}"[:90], partial(with_headers, headers)) for headers in HEADERS],
        *[(f"{kind} {body[:50]!r}", partial(with_body, kind, body)) for kind, body in BODIES],
        *[(method, partial(with_method, method)) for method in METHODS],
    ]


def with_query(query: str, client: Client, address: str) -> Any:
    return client.get(f"{address}?{query}")


def with_headers(headers: dict[str, str], client: Client, address: str) -> Any:
    return client.get(address, headers=headers)


def with_body(content_type: str, body: bytes, client: Client, address: str) -> Any:
    return client.generic("POST", address, body, content_type=content_type)


def with_method(method: str, client: Client, address: str) -> Any:
    return client.generic(method, address)


def some_of(all_asks: list[tuple[str, Ask]], number: int) -> list[tuple[str, Ask]]:
    """Another for each address, so that all are tried on one or another."""
    return all_asks if IS_SEARCHING else [all_asks[number * 7 % len(all_asks)]]


@pytest.mark.parametrize("role", ["anonymous", "own", "chief", "superuser"])
def test_no_request_breaks_an_address(role: str, keys: dict[str, Any]) -> None:
    client, broken = client_of(role), {}
    for number, (name, pattern) in enumerate(sorted(routes(), key=lambda route: route[0])):
        address = address_of(name, pattern, keys)
        for asked, ask in some_of(asks(), number + ROLES.index(role)):
            response = ask(client, address)
            if response.status_code >= 500 and name != "readyz":
                broken[f"{name} {asked}"] = response.status_code
            let_go(response)

    assert broken == {}


@pytest.mark.parametrize("role", ["own", "superuser"])
def test_what_only_looks_changes_nothing(role: str, keys: dict[str, Any]) -> None:
    """Whatever it carries: what a form would send, by another name."""
    client, before = client_of(role), whole_state(but_of=None)

    for number, (name, pattern) in enumerate(sorted(routes(), key=lambda route: route[0])):
        if not name.endswith("logout") and address_of(name, pattern, keys).startswith(ITS_PAGES[role]):
            address = f"{address_of(name, pattern, keys)}?{SENT_BY_FORMS}"
            let_go(client.generic(SAFE[number % len(SAFE)], address, SENT_BY_FORMS, content_type=FORM))

    assert changed(before, whole_state(but_of=None)) == set()


@pytest.mark.parametrize(
    "address",
    [
        "/%00",
        "/%ff",
        "/stories/%2e%2e/",
        "/stories/" + "a" * 5_000 + "/",
        "/stories//changes/",
        "/desk/feed/%00.atom",
    ],
)
def test_an_odd_address_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code in {404, 301}


@pytest.mark.parametrize("encoding", ["zlib", "hex", "undefined"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_sent_in_an_encoding_of_no_text_is_refused(
    client: Client, method: str, encoding: str
) -> None:
    kind = f"multipart/form-data; boundary=x; charset={encoding}"
    body = b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nx\r\n--x--\r\n'

    assert client.generic(method, "/", body, content_type=kind).status_code == 400


@pytest.mark.parametrize("role", ["own", "superuser"])
def test_a_number_larger_than_any_key_is_of_nothing(role: str, keys: dict[str, Any]) -> None:
    large, source, client = 2**63, keys["source"], client_of(role)
    paths = [
        *(f"{large}/{rest}" for rest in ("", "check/", "copies/")),
        *(f"{source}/{rest}/" for rest in (f"copies/{large}", f"compare/{large}/1", f"compare/1/{large}")),
    ]

    answers = {path: client.post(f"/desk/sources/{path}").status_code for path in paths}

    assert answers == dict.fromkeys(paths, 404)


@pytest.mark.parametrize(("door", "request_class"), [("wsgi", TextWSGIRequest), ("asgi", TextASGIRequest)])
def test_the_doors_for_servers_make_every_request(door: str, request_class: type) -> None:
    # Imported, they wait for locks like a reader from then on.
    with patch.dict(settings.DATABASES["default"], OPTIONS={}):
        application = import_module(f"newsroom.{door}").application

    assert application.request_class is request_class


def test_an_encoding_of_no_text_is_refused_beside_a_query_too(rf: RequestFactory) -> None:
    environ = rf.get("/?q=ferry").environ | {"CONTENT_TYPE": "text/plain; charset=zlib"}
    handler, said = WSGIHandler(), list[str]()
    handler.request_class = TextWSGIRequest

    handler(environ, lambda status, _headers: said.append(status))

    assert said == ["400 Bad Request"]


def test_a_number_longer_than_any_that_is_read_is_of_nothing(keys: dict[str, Any]) -> None:
    """Python reads none of more than 4,300 digits."""
    number, client, root = "9" * 5_000, client_of("superuser"), User.objects.get(username="root")
    intake = open_intake(IntakeKind.ADDRESS, name="x", zone="UTC", by=root, now=timezone.now())
    story = f"/admin/stories/article/{keys['article']}"

    answers = [
        client.get(f"{story}/publish/?alert={number}"),
        client.post(f"{story}/publish/", {"kind": "correction", "take": number}),
        client.post("/admin/bulk/check_now/", {"keys": number}),
        client.post(intake.get_absolute_url(), {"_take": "1", "story": number}),
        client.get(f"/desk/sources/?page={number}"),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 302, 200]

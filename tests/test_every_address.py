"""Every address of the product, asked for once as each role, and all that has to be so of each answer.

In a newsroom where every text is hostile and every text is marked, some of those who ask read Spanish. Each address
answers the role as its line in `tests/test_roles.py` says. No page has script or style of its own, none takes a text
for markup, and each has its headers. Nobody sees the mark of a text that is not theirs to read (DESIGN invariant 5),
and nothing that has a translation is told in English.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from stories.models import Endpoint
from tests.security.answers import body_of
from tests.security.faults import faults_of, faults_of_headers
from tests.security.planting import MARK, extend_newsroom, plant
from tests.security.rows import changed, whole_state
from tests.test_in_spanish import left_in_english
from tests.test_roles import (
    ROLES,
    ROUTES,
    address_of,
    client_of,
    routes,
    wanted_of,
)
from tests.test_roles import keys as scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlogged")]

__all__ = ["scene"]

#: Their house speaks Spanish. What they see is seen in English by the editor and the chief.
READ_SPANISH = {"own", "superuser"}
#: What no role but some may find anywhere, by the beginning of its mark; nobody below sees any mark at all.
SEES_NOTHING = {"anonymous", "reader", "other"}
HIDDEN_FROM = {
    "own": ("errorreport", "sourcenote", "publication", "digest", "watchreason"),
    "editor": ("useremail", "endpointpaused"),
    "chief": ("endpointpaused",),
    "superuser": ("endpointpaused",),
}
#: Of an endpoint, for nobody but whose it is.
SECRETS = ("zqhookqz", "zqsecretqz")
#: What was planted says that the source has moved.
IN_THIS_NEWSROOM = {"admin:stories_source_confirm_move": (302,)}
#: Where nothing runs, as here, it answers that the newsroom is not ready.
SAYS_WHAT_IS_WRONG = "/readyz"
#: Where somebody who has no right to it would look.
GUESSED = [
    "/?q=zq",
    "/corrections/?q=zq",
    "/corrections.atom?q=zq",
    "/search/?q=zq",
    "/desk/?q=zq",
    "/desk/sources/?q=zq",
    "/admin/search/?s=zq",
    "/admin/stories/article/?q=zq",
    "/admin/stories/source/?q=zq",
    "/admin/stories/article/?headline__startswith=zq",
    "/admin/stories/source/?note__contains=zq",
    "/admin/stories/user/?password__startswith=p",
    "/stories/never-published/versions/2/",
    "/stories/never-published/changes.atom?page=2",
    "/record/exports/..%2fsecret-key",
    "/record/exports/..%2f..%2fsecret-key",
    "/static/../newsroom/settings/site.py",
    "/static/%2e%2e/secret-key",
    "/.env",
    "/var/secret-key",
    *(
        f"/admin/autocomplete/?app_label=stories&model_name=citation&field_name={field}&term=zq"
        for field in ("article", "source", "claim")
    ),
]


@dataclass(frozen=True)
class Answer:
    """To one question; `wanted` has the statuses that the role's line says, where one says any."""

    role: str
    route: str
    address: str
    wanted: tuple[int, ...]
    response: HttpResponse
    body: str


@pytest.fixture
def keys(scene: dict[str, Any]) -> dict[str, Any]:
    return extend_newsroom(scene)


@pytest.mark.parametrize("role", ROLES)
def test_each_address_answers_each_role_as_it_should(role: str, keys: dict[str, Any], settings: Any) -> None:
    settings.HOUSE_LANGUAGE = "es" if role in READ_SPANISH else "en"
    assert len(plant()) > 25
    Endpoint.objects.update(address=f"https://hooks.example/{SECRETS[0]}", secret=f"whsec_{SECRETS[1]}")
    client = client_of(role)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = settings.HOUSE_LANGUAGE
    before = whole_state(but_of=None)

    answers = ask_everywhere(client, role, keys)
    wrong = {answer.address: [fault for look in LOOKS for fault in look(answer)] for answer in answers}

    assert len(wrong) > 250
    assert {address: faults for address, faults in wrong.items() if faults} == {}
    assert changed(before, whole_state(but_of=None)) == set()


def ask_everywhere(client: Client, role: str, keys: dict[str, Any]) -> Iterator[Answer]:
    for address, (route, wanted) in addresses(role, keys).items():
        response: Any = client.get(address)
        yield Answer(role, route, address, wanted, response, body_of(response))


def addresses(role: str, keys: dict[str, Any]) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Of the story that is published, of the one that never was, and those that somebody guesses."""
    drafts = {**keys, "slug": keys["draft_slug"], "article": keys["draft"]}
    found = dict.fromkeys(GUESSED, ("", ()))
    for name, pattern in sorted(routes(), key=lambda route: route[0]):
        if not name.endswith("logout"):
            found[address_of(name, pattern, drafts)] = name, ()
    for name, pattern in sorted(routes(), key=lambda route: route[0]):
        if not name.endswith("logout"):
            takes_a_get = f"POST {name}" not in ROUTES
            wanted = IN_THIS_NEWSROOM.get(name) or wanted_of(name, role) if takes_a_get else ()
            found[address_of(name, pattern, keys)] = name, wanted
    return found


# What has to be so of an answer; each tells what is not.


def another_status(answer: Answer) -> Iterator[str]:
    status = answer.response.status_code
    if answer.wanted and status not in answer.wanted:
        yield f"{status} and not one of {answer.wanted}"
    if status >= 500 and answer.address != SAYS_WHAT_IS_WRONG:
        yield f"broken: {status}"


def what_runs(answer: Answer) -> Iterator[str]:
    yield from faults_of(answer.response, answer.body)


def headers_that_lack(answer: Answer) -> Iterator[str]:
    yield from faults_of_headers(answer.address, answer.response)


def leaks(answer: Answer) -> Iterator[str]:
    told = f"{answer.body}{answer.response.headers}"
    yield from (mark for mark in set(MARK.findall(told.lower())) if is_hidden(mark, answer.role))
    if answer.role != "own":
        yield from (secret for secret in SECRETS if secret in told)


def is_hidden(mark: str, role: str) -> bool:
    return role in SEES_NOTHING or mark.startswith(HIDDEN_FROM[role])


def what_is_left_in_english(answer: Answer) -> Iterator[str]:
    is_page = not answer.response.streaming and answer.response.get("Content-Type", "").startswith(
        "text/html"
    )
    if is_page and answer.role in READ_SPANISH:
        yield from left_in_english(answer.body, route=answer.route)


LOOKS = (another_status, what_runs, headers_that_lack, leaks, what_is_left_in_english)

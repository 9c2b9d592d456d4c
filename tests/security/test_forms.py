"""Every field in which somebody can write, filled through its form with what tries to become markup or a formula.

The forms are found by walking the pages as an editor's, a reporter's and a reader's browser would, so that no new
field is forgotten. What is saved is published too, and each page, feed, table and card that shows it is asked for.
"""

from __future__ import annotations

import csv
import io
import logging
import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.alerting.channels.chat_services import SERVICES
from stories.alerting.send import send_delivery
from stories.alerting.tell import tell_news
from stories.models import Article, Claim, Delivery, Update
from stories.models.words import Channel, VerdictWord
from stories.publishing.publish import publish_article
from tests.alerting.scenes import find
from tests.security.answers import body_of
from tests.security.forms import Form, forms_of, send_with
from tests.security.inert import faults_of_html
from tests.security.payloads import BREAKOUTS, payload_for
from tests.security.test_crawl import faults_of
from tests.test_roles import NOUNS, address_of, client_of, routes

pytestmark = pytest.mark.django_db

MARK = re.compile(r"zf\d+x")
#: For every other field: a formula, a template, a header.
SHORT = (
    '=HYPERLINK("https://planted.example/",7*7){{7*7}}\r\nBcc: planted@planted.example\r\n<b data-planted>'
)
_ADDRESS = re.compile("url|address|server")
_READ_BY_MACHINES = re.compile("slug|username|token|key|topic|chat|room|bot|stream")
#: What ends the walk, or whose words nobody else sees.
_NOT_WALKED = re.compile(r"logout|delete|login|password|take_down|retract|mfa_|account_|simple_history")
#: What no form keeps, by its address and name, and why.
NOT_KEPT = {
    r"/desk/cite/ ": "no page is there to be looked at",
    r"/desk/hearing/endpoints/add/(?!webhook)": "each service wants a token of its own; the name is a webhook's too",
    r"/desk/answers/ ": "of no alert",
    r"/publish/ ": "another change is on its way already",
    r"intake/add/ \w+-(story|address)": "of a story or a page that is there",
    r"user/\d+/change/ username": "a name to sign in by has letters and digits",
    r"report/ website": "it is there for machines, who are not believed",
}
WHO_WALKS = {"own": "/desk/", "superuser": "/admin/", "anonymous": "/"}
#: What nobody writes in, and what shows nothing that was written.
_NO_FORM = re.compile(
    "_changelist$|_history$|changelog|corrections|sitemap|record|preview|^admin:(?!stories|auth)"
)
_SHOWS_NOTHING = re.compile("_add$|sitemap|record|(?<!article)_history$")


@pytest.fixture(autouse=True)
def _no_name_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed as an address leads nowhere: the operating system knows loopback, and one name for endpoints."""
    ask = socket.getaddrinfo

    def knows_little(host: Any, *args: Any, **more: Any) -> Any:
        if host not in (None, "localhost", "127.0.0.1", "::1", "hooks.planted.example"):
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return ask("8.8.8.8" if host == "hooks.planted.example" else host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", knows_little)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def walked(keys: dict[str, Any], prefix: str, *, but: re.Pattern[str]) -> list[str]:
    found = [
        address_of(name, pattern, keys)
        for name, pattern in sorted(routes(), key=lambda route: route[0])
        if not _NOT_WALKED.search(name) and not but.search(name)
    ]
    services = [reverse("desk_endpoint_add", args=[service]) for service in SERVICES]
    return [address for address in [*found, *services] if address.startswith(prefix)]


class Planter:
    """Fills each form that one person finds; says which field got which mark, and what is wrong with an answer."""

    def __init__(self, client: Client, *, first: int, known: dict[str, str]) -> None:
        self.client, self.number, self.known = client, first, known
        self.planted: dict[str, str] = {}
        self.faults: dict[str, set[str]] = {}
        self._seen: set[tuple[str, ...]] = set()

    def walk(self, found: list[str]) -> None:
        for address in found:
            page = self.client.get(address)
            body = body_of(page)
            if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
                for form in forms_of(body, address):
                    self._fill(form)

    def _fill(self, form: Form) -> None:
        """As bad as can be; where that is refused, with what a machine reads as it should be."""
        same = (re.sub(r"\d+", "N", form.address.partition("?")[0]), *sorted(form.texts))
        if same in self._seen or _NOT_WALKED.search(form.address):
            return
        self._seen.add(same)
        marks = {name: self._mark(form, name) for name in form.texts}
        empty = {name: [key] for name, key in self.known.items() if not any(form.values.get(name, [""]))}
        form.values |= {name: key for name, key in empty.items() if name in form.values}
        for typed in (hostile, polite):
            answer = self._send(form, {name: typed(form, name, mark) for name, mark in marks.items()})
            if answer.status_code == 302:
                return

    def _send(self, form: Form, filled: dict[str, str]) -> Any:
        answer = send_with(self.client, form, filled)
        wrong = faults_of(answer, body_of(answer)) | ({"broken"} if answer.status_code >= 500 else set())
        if wrong:
            self.faults[form.address] = wrong
        return answer

    def _mark(self, form: Form, name: str) -> str:
        self.number += 1
        mark = f"zf{self.number}x"
        self.planted[mark] = f"{form.address} {name}"
        return mark


def hostile(form: Form, name: str, mark: str) -> str:
    kind, room = form.texts[name]
    if name == "website":  # What only machines fill.
        return ""
    if kind == "email":
        return f"{mark}@planted.example"
    if _ADDRESS.search(name) or kind == "url":
        return f"https://planted.example/{mark}?\"onmouseover='planted()'data-planted=<b data-planted>"
    number = int(mark.strip("zfx"))
    if number % 2:
        return f"{payload_for(room and room - len(mark), number)}{mark}"
    return f"{SHORT[: (room or 1_000) - len(mark)]}{mark}"


def polite(form: Form, name: str, mark: str) -> str:
    """What a machine reads is as it was, or as it should be."""
    if _READ_BY_MACHINES.search(name):
        return form.values[name][0] or mark
    if name.endswith("-story"):
        return ""
    if _ADDRESS.search(name):
        host = "hooks.planted.example" if "endpoints" in form.address else "planted.example"
        return f"https://{host}/{mark}?'<b%20data-planted>"
    return hostile(form, name, mark)


def kept() -> set[str]:
    """The marks that reached the database."""
    models = [*apps.get_app_config("stories").get_models(), Group]
    return {
        mark for model in models for mark in MARK.findall(str(list(model._default_manager.values_list())))
    }


def fill_every_form(keys: dict[str, Any]) -> list[Planter]:
    known = {name: str(keys[name]) for name in ("article", "source")}
    known["claim"] = str(Claim.objects.filter(article=keys["article"]).first().pk)
    planters = []
    for number, (role, prefix) in enumerate(WHO_WALKS.items(), start=1):
        planter = Planter(client_of(role), first=number * 1_000, known=known)
        planter.walk(walked(keys, prefix, but=_NO_FORM))
        planters.append(planter)
    return planters


def formulas_in(table: str) -> list[str]:
    rows = csv.reader(io.StringIO(table.removeprefix("\ufeff")))
    return [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "@", "|"))]


def faults_of_letters(keys: dict[str, Any]) -> set[str]:
    """Of those that tell the reporter of what has happened to a passage."""
    passages = list(Article.objects.get(pk=keys["article"]).citations.filter(source=keys["source"]))
    find(passages, VerdictWord.MISSING, minutes=9)
    tell_news(now=timezone.now())
    for delivery in Delivery.objects.filter(alert__recipient__username="own", channel=Channel.EMAIL):
        send_delivery(delivery, now=timezone.now)
    pages = [html for letter in mail.outbox for html, kind in letter.alternatives if kind == "text/html"]
    heads = [str(letter.message()).partition("\n\n")[0] for letter in mail.outbox]
    assert any(MARK.search(page) for page in pages)
    wrong = {fault for page in pages for fault in faults_of_html(page, is_mail=True)}
    return wrong | {head for head in heads if "\nBcc:" in head}


def test_what_is_typed_into_any_form_stays_text_wherever_it_is_shown(keys: dict[str, Any]) -> None:
    planters = fill_every_form(keys)
    in_rows, article = kept(), Article.objects.get(pk=keys["article"])
    notes = list(Update.objects.filter(article=article, version=None))
    publish_article(article, updates=notes, by=None, now=timezone.now())
    faults = {where: wrong for planter in planters for where, wrong in planter.faults.items()}
    shown: set[str] = set()
    # Of the admin's lists, whose search is the same, one is searched.
    lists = {
        reverse(f"admin:stories_{noun}_changelist") for noun in NOUNS if noun not in {"article", "group"}
    }

    for planter, prefix in zip(planters, WHO_WALKS.values(), strict=True):
        for address in walked({**keys, "number": 2}, prefix, but=_SHOWS_NOTHING):
            answer: Any = planter.client.get(address)
            body = body_of(answer)
            shown |= set(MARK.findall(body))
            wrong = faults_of(answer, body)
            if answer.get("Content-Type", "").startswith("text/csv"):
                wrong |= set(formulas_in(body))
            if 'name="q"' in body and address not in lists:
                found: Any = planter.client.get(address, {"q": f"{BREAKOUTS[0]} {BREAKOUTS[10]}"})
                wrong |= faults_of(found, body_of(found))
            if wrong:
                faults[address] = wrong

    assert faults == {}
    assert faults_of_letters(keys) == set()
    lost = {where for planter in planters for mark, where in planter.planted.items() if mark not in in_rows}
    assert {where for where in lost if not any(re.search(said, where) for said in NOT_KEPT)} == set()
    assert len(shown) > 40

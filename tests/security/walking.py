"""A person who fills every form that there is: as bad as can be, and where that is refused, as a machine wants it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import resolve

from tests.security.answers import body_of
from tests.security.faults import faults_of
from tests.security.forms import Form, forms_of, send_with
from tests.security.payloads import payload_for

MARK = re.compile(r"zf\d+x")
#: For every other field: a formula, a template, a header.
SHORT = (
    '=HYPERLINK("https://planted.example/",7*7){{7*7}}\r\nBcc: planted@planted.example\r\n<b data-planted>'
)
_ADDRESS = re.compile("url|address|server")
_READ_BY_MACHINES = re.compile("slug|username|token|key|topic|chat|room|bot|stream|code|login")

#: What a field is to be filled with where a machine reads it: `{mark}` is its mark.
Said = Mapping[str, str]
NOTHING: Said = {}


class Walker:
    """Says which field got which mark, what was sent where, and what is wrong with an answer."""

    def __init__(self, client: Client, *, first: int, known: dict[str, str]) -> None:
        self.client, self.number, self.known = client, first, known
        self.planted: dict[str, str] = {}
        self.faults: dict[str, set[str]] = {}
        #: The names of the routes to which a mark was sent.
        self.reached: set[str] = set()
        #: Of the forms of each kind of page, the fields.
        self.filled: set[tuple[str, str]] = set()
        self._seen: set[tuple[str, ...]] = set()

    def walk(self, found: list[str], *, but: re.Pattern[str]) -> None:
        """Each form once, however many pages have it."""
        for address in found:
            for form in self._forms_of(self._read(address), address):
                same = (form.kind, *sorted(form.texts))
                if same not in self._seen and not but.search(form.address):
                    self._seen.add(same)
                    self._fill(form, NOTHING)

    def fill_page(
        self, address: str, said: Said | Callable[[str], Said] = NOTHING, *, by: str = "", **values: list[Any]
    ) -> tuple[Any, str]:
        """Every form of one page, filled once more, and `values` chosen; returns the last answer and its body.

        `by` is the button that is pressed, and what it says, where it is not the first.
        """
        return self.fill_answer(self._read(address), address, said, by=by, **values)

    def fill_answer(
        self,
        body: str,
        address: str,
        said: Said | Callable[[str], Said] = NOTHING,
        *,
        by: str = "",
        **values: list[Any],
    ) -> tuple[Any, str]:
        """The forms of a page that an earlier form led to."""
        forms = self._forms_of(body, address)
        assert forms, f"{address} has no form in which one can write"
        for form in forms:
            form.values |= values
            if by:
                form.press(*by.split("="))
            answer, body = self._fill(form, said(body) if callable(said) else said)
        return answer, body

    def send(self, address: str, data: Any, *kind: str) -> tuple[Any, str]:
        """What a script of ours would send, or a form in which nothing is written."""
        return self._heard(address, self.client.post(address, data, *kind))

    def mark(self, where: str) -> str:
        self.number += 1
        mark = f"zf{self.number}x"
        self.planted[mark] = where
        return mark

    def _read(self, address: str) -> str:
        page: Any = self.client.get(address)
        body = body_of(page)
        return body if page.status_code == 200 and page["Content-Type"].startswith("text/html") else ""

    def _forms_of(self, body: str, address: str) -> list[Form]:
        return list(forms_of(body, address))

    def _fill(self, form: Form, said: Said) -> tuple[Any, str]:
        self.filled |= form.fields
        marks = {name: self.mark(f"{form.address} {name}") for name in form.texts}
        for name, key in self.known.items():
            if name in form.values and not any(form.values[name]):
                form.values[name] = [key]
        form.values |= {name: [value] for name, value in said.items() if name in form.values}
        for typed in (hostile, polite):
            filled = {name: typed(form, name, mark, said) for name, mark in marks.items()}
            answer, body = self._heard(form.address, send_with(self.client, form, filled))
            if answer.status_code == 302:
                break
        # What was said as it should be has no mark in it.
        for name in marks.keys() & said.keys():
            if "{mark}" not in said[name]:
                del self.planted[marks[name]]
        return answer, body

    def _heard(self, address: str, answer: Any) -> tuple[Any, str]:
        self.reached.add(resolve(address.partition("?")[0]).view_name)
        body = body_of(answer)
        wrong = faults_of(answer, body) | ({"broken"} if answer.status_code >= 500 else set())
        if wrong:
            self.faults[address] = wrong
        return answer, body


def hostile(form: Form, name: str, mark: str, _said: Said) -> str:
    kind, room = form.texts[name]
    if name == "website":  # What only machines fill.
        return ""
    if kind == "email":
        return f'"<b/data-planted>{mark}"@planted.example'
    if _ADDRESS.search(name) or kind == "url":
        return f"https://planted.example/{mark}?\"onmouseover='planted()'data-planted=<b data-planted>"
    number = int(mark.strip("zfx"))
    if number % 2:
        return f"{payload_for(room and room - len(mark), number)}{mark}"
    return f"{SHORT[: (room or 1_000) - len(mark)]}{mark}"


def polite(form: Form, name: str, mark: str, said: Said) -> str:
    """What a machine reads is as it was, or as it should be."""
    if name in said:
        return said[name].replace("{mark}", mark)
    if _READ_BY_MACHINES.search(name):
        return form.values[name][0] or mark
    if name.endswith("-story"):
        return ""
    if _ADDRESS.search(name):
        host = "hooks.planted.example" if "endpoints" in form.address else "planted.example"
        return f"https://{host}/{mark}?'<b%20data-planted>"
    return hostile(form, name, mark, said)


def kept() -> set[str]:
    """The marks that reached the database."""
    models = [*apps.get_app_config("stories").get_models(), Group, Authenticator]
    return {
        mark for model in models for mark in MARK.findall(str(list(model._default_manager.values_list())))
    }

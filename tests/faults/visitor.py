"""Somebody at a browser: pages are read, forms are filled in and sent, as the real web server gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser, LexborNode

PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Page:
    status: int
    text: str
    leads_to: str = ""

    def form(self, holds: str) -> dict[str, list[str]]:
        """The fields of the form that has this field, as they are filled in."""
        tree = LexborHTMLParser(self.text)
        found = next((each for each in tree.css("form") if each.css_first(f"[name={holds}]")), None)
        assert found is not None, f"no form with {holds} in a page of status {self.status}: {self.text[:500]}"
        fields: dict[str, list[str]] = {}
        for node in found.css("input, textarea, select"):
            name = node.attributes.get("name")
            if name and "disabled" not in node.attributes:
                fields.setdefault(name, []).extend(_values(node))
        return fields


def session_of(person: Any) -> str:
    """The key of a session in which they have signed in already."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


class Visitor:
    """Signed in under `session`, on a connection of their own."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.cookies = {"sessionid": session}

    def get(self, path: str) -> Page:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, list[str]]) -> Page:
        return self._ask("POST", path, urlencode(fields, doseq=True))

    def _ask(self, method: str, path: str, body: str | None) -> Page:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            for line in answer.headers.get_all("Set-Cookie") or []:
                self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
            return Page(answer.status, text, answer.headers.get("Location", ""))
        finally:
            connection.close()


def _values(node: LexborNode) -> list[str]:
    if node.tag == "textarea":
        # A browser takes away the line break that stands first.
        return [(node.text(deep=True) or "").removeprefix("\n")]
    if node.tag == "select":
        return [option.attributes.get("value") or "" for option in node.css("option[selected]")]
    kind = (node.attributes.get("type") or "text").lower()
    if kind in ("submit", "button", "image", "file") or (
        kind in ("checkbox", "radio") and "checked" not in node.attributes
    ):
        return []
    return [node.attributes.get("value") or ""]

"""The forms of a page as a browser has them, every field in which one can write filled, and sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode

_WRITTEN_IN = {"text", "search", "url", "email", "tel"}
#: A widget that reads a date or a number of its own, and the row that a script copies for a new one.
_NOT_FREE = re.compile(r"_(?:date|time|0|1)$|zone$")

_DONE_WITH = {"_save", "_publish"}
#: What one ticks to say that one knows what one does.
_SURE = {"knowingly"}


@dataclass
class Form:
    """`values` are what the page has in it, `texts` the fields in which one can write, with their room.

    `button` is the name of the one that is pressed.
    """

    address: str
    values: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    button: str = ""

    @property
    def kind(self) -> str:
        """The same for the pages of all rows."""
        return re.sub(r"\d+", "N", self.address.partition("?")[0])

    @property
    def fields(self) -> set[tuple[str, str]]:
        """In which one can write, with the kind; the same for all rows of a table."""
        return {(self.kind, re.sub(r"\d+", "N", name)) for name in self.texts}

    def press(self, button: str, value: str = "1") -> None:
        self.values.pop(self.button, None)
        self.button, self.values[button] = button, [value]


def forms_of(html: str, address: str) -> Iterator[Form]:
    """Those in which something can be written that is sent to be kept."""
    page = LexborHTMLParser(html)
    for node in page.css("form[method=post]"):
        form = Form(urljoin(address, node.attributes.get("action") or address))
        outside = page.css(f'[form="{node.id}"]') if node.id else []
        for control in [*node.css("input, textarea, select"), *outside]:
            _read(form, control)
        buttons = node.css("button:not([type=button]), input[type=submit]")
        chosen = [button for button in buttons if button.attributes.get("name") in _DONE_WITH] or buttons
        if chosen and (named := chosen[0].attributes.get("name")):
            form.press(named, chosen[0].attributes.get("value") or "")
        if form.texts:
            yield form


def _read(form: Form, control: LexborNode) -> None:
    told = control.attributes
    name, kind = told.get("name"), (told.get("type") or "text").lower()
    if (
        not name
        or "disabled" in told
        or "__prefix__" in name
        or kind in {"submit", "file", "button", "image"}
    ):
        return
    if control.tag == "select":
        form.values[name] = _chosen(control)
    elif kind in {"checkbox", "radio"}:
        _tick(form, name, kind, told)
    else:
        form.values[name] = [control.text() if control.tag == "textarea" else told.get("value") or ""]
        is_free = control.tag == "textarea" or kind in _WRITTEN_IN
        if is_free and "readonly" not in told and not _NOT_FREE.search(name):
            room = told.get("maxlength") or ""
            form.texts[name] = ("text" if control.tag == "textarea" else kind, int(room) if room else None)


def _chosen(control: LexborNode) -> list[str]:
    options = control.css("option")
    chosen = [option for option in options if "selected" in option.attributes]
    if not chosen and "multiple" not in control.attributes:
        named = [option for option in options if option.attributes.get("value")]
        chosen = named[:1] if "required" in control.attributes else options[:1]
    return [option.attributes.get("value") or "" for option in chosen]


def _tick(form: Form, name: str, kind: str, told: dict[str, Any]) -> None:
    """A choice of which none is made is made for the first."""
    if "checked" in told or name in _SURE:
        form.values[name] = [told.get("value") or "on"]
    elif kind == "radio":
        form.values.setdefault(name, [told.get("value") or "on"])


def send_with(client: Client, form: Form, filled: dict[str, str]) -> Any:
    return client.post(form.address, {**form.values, **{name: [value] for name, value in filled.items()}})

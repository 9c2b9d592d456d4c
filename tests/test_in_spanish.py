"""Every letter in Spanish, and how to tell what is left in English: `tests/test_every_address.py` asks every page."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from stories.alerting.channels.email import send_email
from stories.alerting.channels.letter import letter_of_delivery, letter_of_digest
from stories.alerting.language import speaking_to
from stories.alerting.message import message_for
from stories.models import Delivery, Digest
from stories.models.user import CHIEFS, EDITORS, REPORTERS
from stories.models.words import Gravity
from tests import messages
from tests.alerting.scenes import altered_alert
from tests.factories import DigestFactory, EndpointFactory, make_reporter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlogged")]

_UNREAD = frozenset({"script", "style", "code", "pre", "textarea", "iframe"})
_HEARD = ("aria-label", "title", "alt", "placeholder")


class _Text(HTMLParser):
    """What a person reads or hears of a page, piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A drawn sign is written as its name.
        if tag in _UNREAD or "material-symbols-outlined" in (dict(attrs).get("class") or ""):
            self._inside.append(tag)
        self.pieces += [value for name, value in attrs if name in _HEARD and value]

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside and data.strip():
            self.pieces.append(" ".join(data.split()))


#: What is kept with an act as it was said, and what the admin calls a field of a page that nobody may change.
_KEPT = {
    "admin:stories_auditentry_changelist": {"audit log", "publication", "version"},
    "admin:stories_update_change": {"Change reason", "Seen"},
    # Where a role's own name is what may be changed.
    **{
        f"admin:auth_group_{page}": {CHIEFS, EDITORS, REPORTERS}
        for page in ("changelist", "change", "delete", "history")
    },
}


def _read(html: str) -> list[str]:
    reader = _Text()
    reader.feed(html)
    return reader.pieces


@cache
def _english() -> set[str]:
    """What has another wording in Spanish, without places to fill in."""
    return {
        entry.msgid
        for entry in messages.catalogue("es")
        if entry.msgstr
        and entry.msgstr != entry.msgid
        and not re.search(r"[%{<]", entry.msgid)
        # A letter that stands for an hour is a person's initial elsewhere.
        and "format" not in (entry.msgctxt or "")
    } - {entry.msgstr for entry in messages.catalogue("es")}


@cache
def _sentences() -> list[str]:
    return [text for text in _english() if len(text) > 24]


def left_in_english(html: str, *, route: str = "", words: str = "") -> set[str]:
    """Whole pieces of any length, and sentences within them, of a page or a letter and its plain words."""
    pieces = [*_read(html), *words.splitlines()]
    found = {piece for piece in pieces if piece in _english()}
    # No piece has a line break within it, and no sentence has one.
    lines = "\n".join(pieces)
    found |= {text for text in _sentences() if text in lines}
    return found - _KEPT.get(route, set())


@pytest.fixture
def house_in_spanish(settings: Any) -> None:
    settings.HOUSE_LANGUAGE = "es"


@pytest.mark.usefixtures("house_in_spanish")
def test_errors_are_told_in_spanish() -> None:
    page = Client(raise_request_exception=False).get("/nothing/").content.decode()

    assert "No hay ninguna página en esta dirección" in page
    assert left_in_english(page) == set()


@pytest.mark.usefixtures("house_in_spanish")
def test_a_letter_about_an_alert_is_in_spanish() -> None:
    altered_alert(make_reporter(email="reporter@newsroom.example"))
    delivery = Delivery.objects.select_related("alert__recipient", "change").get()

    with speaking_to(delivery.alert.recipient):
        send_email(letter_of_delivery(delivery, message_for(delivery)))

    [letter] = mail.outbox
    html = str(letter.alternatives[0][0])
    assert letter.subject.startswith("Alterado: un pasaje citado en")
    assert 'lang="es"' in html
    assert left_in_english(html, words=str(letter.body)) == set()


@pytest.mark.usefixtures("house_in_spanish")
def test_a_digest_is_in_spanish() -> None:
    person = make_reporter(email="reporter@newsroom.example")
    altered_alert(person)
    delivery = Delivery.objects.select_related("alert__recipient", "change").get()
    digest: Digest = DigestFactory(person=person)

    with speaking_to(person):
        told = [message_for(delivery)] * 2
        send_email(letter_of_digest(digest, told, gravity=Gravity.HIGH))

    [letter] = mail.outbox
    assert letter.subject.startswith("2 alertas: Alterado")
    assert left_in_english(str(letter.alternatives[0][0]), words=str(letter.body)) == set()


@pytest.mark.usefixtures("house_in_spanish")
def test_a_webhook_stays_in_english() -> None:
    endpoint = EndpointFactory(channel="webhook")

    with speaking_to(endpoint.person, endpoint):
        spoken = translation.get_language()

    assert spoken == "en"

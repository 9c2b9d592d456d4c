"""Hostile texts on every way to readers, and drafts that somebody looks for however one may ask (DESIGN invariant 5).

Every page as each role is looked at in `tests/test_every_address.py`.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stories.alerting.send import send_delivery
from stories.alerting.tell import tell_news
from stories.models import Article, Delivery, Source, Update, User
from stories.models.words import VerdictWord
from stories.publishing.publish import publish_article
from tests.alerting.scenes import find
from tests.nonces import without_nonce
from tests.security.answers import body_of
from tests.security.faults import faults_of
from tests.security.inert import faults_of_html
from tests.security.planting import MARK, plant
from tests.test_roles import PUBLIC_ROUTES, address_of, client_of, routes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlogged")]

#: What no two answers have alike.
EACH_ITS_OWN = {"Content-Security-Policy", "X-Request-ID"}


def test_what_is_published_of_hostile_texts_is_inert_on_every_way_to_readers(
    client: Client, keys: dict
) -> None:
    plant()
    article = Article.objects.get(pk=keys["article"])
    note = Update(article=article, kind="correction", note=article.body)
    publish_article(article, updates=[note], by=None, now=timezone.now())
    found, seen = {}, 0

    for name, pattern in routes():
        if name in PUBLIC_ROUTES:
            address = address_of(name, pattern, {**keys, "number": 2})
            for asked in (address, f'{address}?view=side&q=<b data-planted>&at="><b data-planted>'):
                response = client.get(asked)
                body = response.content.decode(errors="replace")
                seen += bool(MARK.search(body))
                found[asked] = faults_of(response, body)
    compared = client.get(reverse("compare", args=[article.slug, 1, 2]))
    found["compared"] = faults_of(compared, compared.content.decode())

    assert seen > 8
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_a_letter_about_hostile_texts_is_inert(keys: dict[str, Any]) -> None:
    plant()
    own = User.objects.get(username="own")
    article = Article.objects.get(pk=keys["article"])
    find(list(article.citations.filter(source=keys["source"])), VerdictWord.MISSING, minutes=9)
    tell_news(now=timezone.now())

    for delivery in Delivery.objects.filter(alert__recipient=own):
        send_delivery(delivery, now=timezone.now)

    pages = [html for letter in mail.outbox for html, kind in letter.alternatives if kind == "text/html"]
    assert pages
    assert any("zq" in page for page in pages)
    assert [fault for page in pages for fault in faults_of_html(page, is_mail=True)] == []


#: However somebody asks whether it is there.
WAYS_TO_ASK: list[dict[str, Any]] = [
    {"method": "GET"},
    {"method": "HEAD"},
    {"method": "OPTIONS"},
    {"method": "GET", "HTTP_IF_NONE_MATCH": "*"},
    {"method": "GET", "HTTP_IF_MODIFIED_SINCE": "Fri, 31 Dec 2100 00:00:00 GMT"},
    {"method": "GET", "HTTP_RANGE": "bytes=0-9", "HTTP_IF_RANGE": '"x"'},
    {"method": "GET", "HTTP_ACCEPT_DATETIME": "Fri, 31 Dec 2100 00:00:00 GMT"},
    {"method": "POST"},
]


def test_a_story_that_was_never_published_answers_like_one_that_is_not_there(
    client: Client, keys: dict
) -> None:
    """By status, headers and words, however one asks: nobody learns of it by asking (invariant 5)."""
    told = {}
    for slug in (keys["draft_slug"], "never-pub1ished"):
        for name, pattern in routes():
            if "slug" in pattern.pattern.converters and not name.startswith(("admin:", "desk")):
                address = address_of(name, pattern, {**keys, "slug": slug})
                answers = [comparable(client.generic(path=address, **way), slug) for way in WAYS_TO_ASK]
                told.setdefault(name, []).append(answers)

    assert len(told) > 12
    assert {name for name, (draft, missing) in told.items() if draft != missing} == set()


def test_a_story_that_was_never_published_takes_as_long_to_be_not_there(client: Client, keys: dict) -> None:
    """By the number of queries, each of which can be timed from afar (invariant 5)."""
    asked: dict[str, list[list[int]]] = {}
    for slug in (keys["draft_slug"], "never-pub1ished"):
        for name, pattern in routes():
            if "slug" in pattern.pattern.converters and not name.startswith(("admin:", "desk")):
                address = address_of(name, pattern, {**keys, "slug": slug})
                counts = [queries_of(client, path=address, **way) for way in WAYS_TO_ASK]
                asked.setdefault(name, []).append(counts)

    assert {name for name, (draft, missing) in asked.items() if draft != missing} == set()


def queries_of(client: Client, **way: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.generic(**way)
    return len(queries)


def comparable(answer: Any, word: str) -> tuple[Any, ...]:
    """What an answer tells beside the word that was asked for."""
    headers = {key: value.replace(word, "…") for key, value in answer.items() if key not in EACH_ITS_OWN}
    # A digest of the address too, and a token of the form: both another each time.
    headers |= {name: "…" for name in ("ETag", "Content-Length") if name in headers}
    body = re.sub(r'"csrfmiddlewaretoken" value="\w+"', "", without_nonce(answer.content).replace(word, "…"))
    return answer.status_code, headers, body


#: Where words are searched for by who may not see everything.
SEARCHES = {
    "anonymous": ["/?q=", "/corrections/?q=", "/corrections.atom?q=", "/corrections.json?q="],
    "other": ["/desk/?q=", "/desk/sources/?q=", "/desk/following/?q=", "/desk/cite/?story=", "/?q="],
}


@pytest.mark.parametrize("role", SEARCHES)
def test_a_search_answers_for_what_is_hidden_as_for_what_is_nowhere(role: str, keys: dict[str, Any]) -> None:
    """By what it finds, counts and suggests (invariant 5)."""
    client = client_of(role)
    plant_a_word(keys, "zwordzhiddenz")

    told = {
        address: [comparable(client.get(address + word), word) for word in ("zwordzhiddenz", "zwordnowherez")]
        for address in SEARCHES[role]
    }

    assert {answer[0] for answers in told.values() for answer in answers} == {200}
    assert {address for address, (hidden, nowhere) in told.items() if hidden != nowhere} == set()


def plant_a_word(keys: dict[str, Any], word: str) -> None:
    """In a draft, in what changed since a version, in a source that is confidential, in what only editors read."""
    for key in (keys["draft"], keys["article"]):
        article = Article.objects.get(pk=key)
        article.headline, article.dek, article.body = word, word, f"{word} {word}"
        article.save()
        article.claims.update(text=word)
    Source.objects.filter(is_confidential=True).update(title=word, note=word)
    Source.objects.filter(pk=keys["source"]).update(note=word)
    for update in Update.objects.filter(version=None):
        update.note = word
        update.save()


def test_what_machines_measure_tells_of_no_text(client: Client, settings: Any, keys: dict[str, Any]) -> None:
    """To the operator, whose tools keep it for long."""
    plant()
    settings.PROBE_TOKEN = "a token of the operator"
    asked = {"authorization": "Bearer a token of the operator"}

    told = [body_of(client.get(reverse(name), headers=asked)).lower() for name in ("metrics", "readyz")]

    assert all(told)
    assert {mark for body in told for mark in MARK.findall(body)} == set()


def test_a_copy_is_shown_from_a_sandbox_that_has_no_origin(keys: dict[str, Any]) -> None:
    client = client_of("own")
    address = reverse("desk_inert_copy", args=[keys["source"], keys["copy_pk"]])

    answer = client.get(address)

    assert "sandbox;" in f"{answer['Content-Security-Policy']};"
    assert "allow-" not in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert (answer["X-Content-Type-Options"], answer["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert not answer.cookies


def test_a_copy_can_be_saved_and_is_opened_by_nobody(keys: dict[str, Any]) -> None:
    answer = client_of("own").get(reverse("desk_copy_file", args=[keys["source"], keys["copy_pk"]]))

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]

"""Every address of the product, as each role, in a newsroom where every text is hostile and every text is marked.

No page has script or style of its own, none takes a text for markup, each has its headers, and nobody sees the mark of
a text that is not theirs to read (DESIGN invariant 5).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.alerting.send import send_delivery
from stories.alerting.tell import tell_news
from stories.models import Article, Delivery, Endpoint, Source, Update, User
from stories.models.words import VerdictWord
from stories.publishing.publish import publish_article
from tests.alerting.scenes import find
from tests.nonces import without_nonce
from tests.security.answers import body_of
from tests.security.inert import faults_of_feed, faults_of_html, faults_of_json
from tests.security.planting import MARK, plant
from tests.security.rows import changed, whole_state
from tests.test_roles import PUBLIC_ROUTES, ROLES, address_of, client_of, routes

pytestmark = pytest.mark.django_db

#: A script of ours that is dragged to the bar of bookmarks, and what it begins with.
OUR_BOOKMARKLET = "<a href=javascript:void%20function%20()%20%7b%22>"
#: What no role but some may find anywhere, by the beginning of its mark; nobody below sees any mark at all.
SEES_NOTHING = {"anonymous", "reader", "other"}
HIDDEN_FROM = {
    "own": ("errorreport", "sourcenote", "publication", "digest", "watchreason"),
    "editor": ("useremail", "endpointpaused"),
    "chief": ("endpointpaused",),
    "superuser": ("endpointpaused",),
}
#: Where nothing runs, as here, it answers that the newsroom is not ready.
SAYS_WHAT_IS_WRONG = "/readyz"
#: What no two answers have alike.
EACH_ITS_OWN = {"Content-Security-Policy", "X-Request-ID"}
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
]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Each refusal would be logged with where it came from."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def addresses(keys: dict[str, Any]) -> list[str]:
    """Of the story that is published, of the one that never was, and those that somebody guesses."""
    drafts = {**keys, "slug": keys["draft_slug"], "article": keys["draft"]}
    found = []
    for name, pattern in sorted(routes(), key=lambda route: route[0]):
        if not name.endswith("logout"):
            found += [address_of(name, pattern, keys), address_of(name, pattern, drafts)]
    for field in ("article", "source", "claim"):
        found.append(f"/admin/autocomplete/?app_label=stories&model_name=citation&field_name={field}&term=zq")
    return list(dict.fromkeys([*found, *GUESSED]))


def crawl(client: Client, keys: dict[str, Any]) -> Iterator[tuple[str, HttpResponse, str]]:
    for address in addresses(keys):
        response: Any = client.get(address)
        yield address, response, body_of(response)


def faults_of(response: HttpResponse, body: str) -> set[str]:
    """What is wrong with an answer, whoever it is for."""
    kind = response.get("Content-Type", "")
    if "sandbox" in response.get("Content-Security-Policy", ""):
        return set()
    try:
        if kind.startswith("text/html"):
            return set(faults_of_html(body)) - {OUR_BOOKMARKLET}
        if "xml" in kind:
            return set(faults_of_feed(body))
        return set(faults_of_json(body)) if "json" in kind else set()
    except ParseError as error:
        return {f"not well-formed: {error}"}


def faults_of_headers(address: str, response: HttpResponse) -> set[str]:
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": ("same-origin", "no-referrer"),
        "X-Frame-Options": ("DENY", "SAMEORIGIN") if "/inert/" in address else "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin"
        if response.headers["Content-Type"] == "image/png"
        else "same-origin",
    }
    wrong = {name for name, value in wanted.items() if response.get(name, "") not in _each(value)}
    policy = response.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or ("unsafe-" in policy and not _may_be_unsafe(address, policy)):
        wrong.add(f"Content-Security-Policy: {policy}")
    if "public" not in response.get("Cache-Control", "") and "no-store" not in response.get(
        "Cache-Control", ""
    ):
        wrong.add("Cache-Control")
    return wrong


def _each(values: str | tuple[str, ...]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else values


def _may_be_unsafe(address: str, policy: str) -> bool:
    """The admin's theme evaluates; a copy of a page, which runs nothing, has its styles."""
    if "sandbox" in policy:
        return "script-src" not in policy
    return address.startswith("/admin/") and policy.count("unsafe-") == 1 and "'unsafe-eval'" in policy


def is_hidden(mark: str, role: str) -> bool:
    return role in SEES_NOTHING or mark.startswith(HIDDEN_FROM[role])


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_inert_and_guarded_and_shows_nobody_what_is_not_theirs(
    role: str, keys: dict[str, Any]
) -> None:
    """Invariant 5."""
    assert len(plant()) > 25
    Endpoint.objects.update(address="https://hooks.example/zqhookqz", secret="whsec_zqsecretqz")
    client, leaks, faults, broken = client_of(role), {}, {}, {}
    before = whole_state(but_of=None)

    for address, response, body in crawl(client, keys):
        told = body + str(response.headers)
        leaks[address] = {mark for mark in set(MARK.findall(told.lower())) if is_hidden(mark, role)}
        if role != "own":
            leaks[address] |= {word for word in ("zqhookqz", "zqsecretqz") if word in told}
        faults[address] = faults_of(response, body) | faults_of_headers(address, response)
        if response.status_code >= 500 and address != SAYS_WHAT_IS_WRONG:
            broken[address] = response.status_code

    assert {address: found for address, found in leaks.items() if found} == {}
    assert {address: found for address, found in faults.items() if found} == {}
    assert broken == {}
    assert changed(before, whole_state(but_of=None)) == set()


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

"""Invariant 5: nothing that is not published reaches a public byte."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stories.alerting.answer import answer_alert
from stories.models import Source, Update
from stories.models.words import AlertState, VerdictWord
from stories.publishing.publication import ask_to_publish, cancel_publication, publish_scheduled
from stories.publishing.wish import Wish
from tests.factories import (
    AlertFactory,
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    SourceFactory,
    make_editor,
)
from tests.nonces import without_nonce
from tests.reader.telling import START, cite, find, publish, rewrite

pytestmark = pytest.mark.django_db

CANARY = "kestrel"
PAGES = [
    "/",
    "/stories/bridge/",
    "/stories/bridge/changes/",
    "/stories/bridge/changes.atom",
    *(f"/stories/bridge/versions/{number}/" for number in range(1, 6)),
    "/stories/bridge/compare/1/5/",
    "/stories/bridge/compare/4/5/?view=side",
    "/stories/bridge/as-of/?at=2030-01-01",
    "/stories/bridge/as-of/?at=1999-01-01",
    "/corrections/",
    "/corrections/?q=bridge",
    "/corrections.atom",
    "/corrections.json",
    "/stories/bridge/changes.json",
    "/stories/bridge/timemap/",
    "/stories/bridge/record.json",
    "/sitemap.xml",
    "/sitemap-stories-1.xml",
    "/sitemap-news.xml",
    "/stories/unpublished/",
    "/stories/nothing/",
]
# Frozen content, what is derived from it, and what became of its passages since.
# No claim, citation, source, alert or person is joined either.
PUBLIC_TABLES = {
    "article",
    "version",
    "searchable",
    "keptentry",
    "update",
    "verdict",
    "check",
    "watch",
    "leaf",
    "checkpoint",
    "takedown",
    "merge",
}


@pytest.fixture
def newsroom_with_secrets(bridge):
    """A published story, and the canary in every field that readers must not see."""
    person = make_editor(
        username=f"{CANARY}1", first_name=CANARY, last_name=CANARY, email=f"{CANARY}@newsroom.example"
    )
    known = Source.objects.get(title="Notice 14")
    known.note, known.created_by = f"Called back by {CANARY}.", person
    known.save()
    confidential = {"is_confidential": True, "url": f"https://{CANARY}.example/"}
    cite(bridge, exact="It is very old.", title="Survey", claim="It is old.")
    cite(
        bridge,
        exact="The ferry is full.",
        title=f"{CANARY} of the ferry",
        claim="It is full.",
        **confidential,
    )
    publish(
        bridge, "A source more.", at=START + timedelta(days=3), kind="clarification", caused_by=_cause(bridge)
    )
    _draft(bridge)
    ArticleFactory(slug="unpublished", headline=CANARY, body=CANARY)
    alert = AlertFactory(source=known, recipient=person)
    answer_alert(alert, state=AlertState.STILL_HOLDS, by=person, now=START, note=f"Asked {CANARY}.")
    return bridge


def _cause(article):
    hidden = article.citations.get(source__is_confidential=True)
    return find(hidden, VerdictWord.MISSING, at=START + timedelta(days=2))


def _draft(article):
    """What an editor has changed since the last publication."""
    fields = {name: f"Draft {CANARY} {name}" for name in ("headline", "dek", "body", "byline")}
    rewrite(article, **fields)
    claim, citation = article.claims.first(), article.citations.first()
    claim.text = f"Draft claim {CANARY}."
    claim.save()
    citation.exact = f"Draft passage {CANARY}."
    citation.save()
    find(citation, VerdictWord.ALTERED, at=START + timedelta(days=4), wording=f"A wording of {CANARY}.")
    moved = article.citations.get(source__title="Survey")
    moved.source = SourceFactory(title=f"Draft source {CANARY}")
    moved.save()
    find(moved, VerdictWord.ALTERED, at=START + timedelta(days=4), wording=f"Elsewhere {CANARY}.")
    CitationFactory(article=article, claim=None, source=None, exact=f"Proposed {CANARY}.")
    ClaimFactory(article=article, text=f"New claim {CANARY}.")
    Update.objects.create(article=article, note=f"Draft note {CANARY}.", kind="correction")


@pytest.mark.parametrize("address", PAGES)
def test_the_canary_is_in_no_public_byte(client, newsroom_with_secrets, address):
    response = client.get(address)

    assert CANARY not in response.content.decode().lower()
    assert CANARY not in str(response.headers).lower()
    assert response.status_code == (404 if "nothing" in address or "unpublished" in address else 200)


@pytest.mark.parametrize("address", [page for page in PAGES if page != "/stories/nothing/"])
def test_no_query_of_a_public_page_asks_for_the_working_copy(client, newsroom_with_secrets, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    asked = " ".join(query["sql"] for query in queries)
    assert '"stories_version"' in asked or "unpublished" in address
    for column in ("headline", "dek", "body", "byline"):
        assert f'"stories_article"."{column}"' not in asked
    assert set(re.findall(r'"stories_(\w+)"', asked)) <= PUBLIC_TABLES
    # The index of words has working copies too; of it only the text that the live version has is asked for.
    assert asked.count('FROM "stories_searchable"') == asked.count("\"part\" = 'live'")


@pytest.fixture
def _at_one_time():
    with time_machine.travel(START + timedelta(days=10), tick=False):
        yield


#: What the canary must not reach either, and is no page made from a story's versions alone.
ALSO_PUBLIC = [
    "/record/",
    "/record/leaves",
    "/record/checkpoint",
    "/record/verify.pyz",
    "/robots.txt",
    "/corrections/policy/",
    "/corrections/?q=kestre",
    "/stories/bridge/card.png",
    "/stories/bridge/report/",
    "/stories/bridge/report/thanks/",
    "/stories/bridge/timegate/",
    "/stories/bridge/versions/99/",
    "/stories/bridge/compare/1/99/",
]


@pytest.mark.usefixtures("_at_one_time")
def test_what_is_scheduled_and_then_cancelled_never_reaches_a_public_byte(client, bridge):
    """Neither while it waits, nor when its time has come and it was cancelled."""
    before = {address: _public_bytes(client, address) for address in (*PAGES, *ALSO_PUBLIC)}
    rewrite(bridge, headline=f"Scheduled {CANARY}", body=f"Scheduled {CANARY}.")
    wish = Wish(kind="update", note=f"Scheduled {CANARY}.", publish_at=START + timedelta(days=9))
    publication = ask_to_publish(bridge, wish=wish, by=make_editor(), now=START + timedelta(days=8))
    waiting = {address: _public_bytes(client, address) for address in before}

    cancel_publication(publication, by=make_editor(), now=START + timedelta(days=8, hours=1))
    publish_scheduled(publication, now=START + timedelta(days=9))

    after = {address: _public_bytes(client, address) for address in before}
    assert waiting == before == after
    assert not any(CANARY.encode() in page.lower() for page in after.values())


def _public_bytes(client, address):
    response = client.get(address)
    told = {name: response.get(name) for name in ("ETag", "Last-Modified", "Link", "Location")}
    return (
        f"{response.status_code} {told}".encode() + _TOKEN.sub("", without_nonce(response.content)).encode()
    )


#: Another one each time, against forged forms.
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')

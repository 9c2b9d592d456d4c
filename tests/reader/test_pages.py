"""What every public page has in common."""

import re
from datetime import timedelta

import pytest

from tests.factories import ArticleFactory, make_editor
from tests.nonces import without_nonce
from tests.reader.telling import START, publish, rewrite

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/stories/none/",
        "/stories/draft/",
        "/stories/draft/changes/",
        "/stories/draft/changes.atom",
        "/stories/draft/versions/1/",
        "/stories/bridge/versions/0/",
        "/stories/bridge/versions/5/",
        "/stories/bridge/compare/1/5/",
        "/stories/bridge/compare/1/99999999999999999999999999/",
        "/stories/bridge/compare/1/2/?before=77",
    ],
)
def test_what_is_not_published_is_not_there(client, bridge, address):
    ArticleFactory(slug="draft")

    response = client.get(address)

    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/stories/bridge/",
        "/stories/bridge/changes/",
        "/stories/bridge/versions/1/",
        "/stories/bridge/compare/1/4/",
        "/stories/bridge/as-of/",
        "/stories/bridge/as-of/?at=2026-03-03",
        "/corrections/",
        "/corrections/policy/",
    ],
)
def test_every_page_has_one_heading_landmarks_a_language_and_no_script_of_its_own(read, bridge, address):
    page = read(address)

    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert all(f"<{tag}" in page for tag in ("header", "nav", "main", "footer"))
    assert '<html lang="en">' in page
    scripts = set(re.findall(r"<script([^>]*)>", page))
    own = ' src="/static/stories/reader.js" data-own-time="{when}, your time ({zone})" defer'
    assert scripts <= {' type="application/ld+json"', own}
    assert not re.search(r"\sstyle=|\son\w+=", page)
    identifiers = re.findall(r'\sid="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize("address", ["/stories/bridge/", "/stories/bridge/changes.atom", "/corrections.atom"])
def test_a_reader_who_has_the_page_gets_no_second_copy(client, bridge, address):
    tag = client.get(address)["ETag"]

    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    publish(rewrite(bridge, dek="Else."), "Else.", at=START + timedelta(days=9), kind="correction")
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/stories/bridge/", "/stories/bridge/changes/", "/corrections/"])
def test_a_page_for_everybody_is_the_same_for_everybody(client, bridge, address):
    anonymous = client.get(address)
    client.force_login(make_editor())
    signed_in = client.get(address)

    assert without_nonce(anonymous.content) == without_nonce(signed_in.content)
    assert "Cookie" not in anonymous["Vary"] + signed_in["Vary"]
    assert not signed_in.cookies

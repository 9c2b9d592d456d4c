"""Published pages may be kept by anybody and are never old; everything else is kept by nobody."""

import gzip
from datetime import timedelta

import pytest
import time_machine

from stories.models.words import VerdictWord
from stories.reader import caching
from tests.factories import make_editor
from tests.nonces import without_nonce
from tests.reader.telling import START, find, publish, rewrite

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/stories/bridge/",
    "/stories/bridge/changes/",
    "/stories/bridge/versions/1/",
    "/stories/bridge/compare/1/4/",
    "/corrections/",
]


@pytest.fixture
def _at_one_time():
    with time_machine.travel(START + timedelta(days=8), tick=False):
        yield


@pytest.mark.usefixtures("_at_one_time")
@pytest.mark.parametrize("address", PAGES)
def test_a_cdn_may_keep_a_published_page_and_a_browser_asks_again(client, bridge, address):
    response = client.get(address)

    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert response["CDN-Cache-Control"] == "public, max-age=60, stale-while-revalidate=60"
    assert not response.cookies


@pytest.mark.usefixtures("_at_one_time")
@pytest.mark.parametrize("address", PAGES)
def test_whoever_has_the_page_is_told_so_without_rendering_it(client, bridge, address):
    first = client.get(address)

    by_tag = client.get(address, headers={"if-none-match": first["ETag"]})
    by_time = client.get(address, headers={"if-modified-since": first["Last-Modified"]})

    assert (by_tag.status_code, by_time.status_code) == (304, 304)
    assert by_tag.content == b""
    assert by_tag["ETag"] == first["ETag"]
    assert "public" in by_tag["Cache-Control"]


@pytest.mark.usefixtures("_at_one_time")
@pytest.mark.parametrize("address", PAGES)
def test_a_publication_is_seen_at_once(client, bridge, address):
    old = client.get(address)

    publish(rewrite(bridge, dek="Else."), "Else.", at=START + timedelta(days=9), kind="correction")

    new = client.get(address, headers={"if-none-match": old["ETag"]})
    assert new.status_code == 200


def test_what_a_check_finds_is_seen_at_once_and_only_on_the_article(client, bridge):
    article, changes = client.get("/stories/bridge/"), client.get("/stories/bridge/changes/")

    find(bridge.citations.get(), VerdictWord.MISSING, at=START + timedelta(days=5))

    seen = client.get("/stories/bridge/", headers={"if-none-match": article["ETag"]})
    assert "No longer there" in seen.content.decode()
    kept = client.get("/stories/bridge/changes/", headers={"if-none-match": changes["ETag"]})
    assert kept.status_code == 304


def test_a_draft_does_not_even_change_a_tag(client, bridge):
    """Invariant 5."""
    tag = client.get("/stories/bridge/")["ETag"]

    rewrite(bridge, headline="Not published", body="Not published.")

    assert client.get("/stories/bridge/")["ETag"] == tag


def test_another_name_of_the_newsroom_is_another_page(client, bridge, settings):
    tag = client.get("/stories/bridge/")["ETag"]

    settings.NEWSROOM_NAME = "The Harbour Post"

    response = client.get("/stories/bridge/", headers={"if-none-match": tag})
    assert "The Harbour Post" in response.content.decode()


def test_another_release_makes_other_pages(client, bridge, monkeypatch, tmp_path):
    tag = client.get("/stories/bridge/")["ETag"]
    (tmp_path / "marks.py").write_text("LABELS = {}")
    monkeypatch.setattr(caching, "_CODE", tmp_path)
    caching._release.cache_clear()

    response = client.get("/stories/bridge/", headers={"if-none-match": tag})

    caching._release.cache_clear()
    assert response.status_code == 200


def test_a_page_is_compressed_for_whoever_takes_it(client, bridge):
    plain = client.get("/stories/bridge/")
    compressed = client.get("/stories/bridge/", headers={"accept-encoding": "gzip, br"})

    assert compressed["Content-Encoding"] == "gzip"
    assert without_nonce(gzip.decompress(compressed.content)) == without_nonce(plain.content)
    assert compressed["Vary"] == plain["Vary"] == "Accept-Encoding"
    unchanged = client.get("/stories/bridge/", headers={"if-none-match": plain["ETag"]})
    assert (unchanged.status_code, unchanged["Vary"]) == (304, "Accept-Encoding")


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "br, gzip; q=0.000, deflate"])
def test_a_page_is_not_compressed_for_whoever_says_that_it_must_not_be(client, bridge, accepted):
    response = client.get("/stories/bridge/", headers={"accept-encoding": accepted})

    assert "Content-Encoding" not in response


@pytest.mark.parametrize("parameter", ["page=1", "unknown=1"])
def test_a_parameter_that_no_page_listens_to_makes_no_other_page(client, bridge, parameter):
    is_other = client.get("/stories/bridge/")["ETag"] != client.get(f"/stories/bridge/?{parameter}")["ETag"]

    assert not is_other


@pytest.mark.parametrize("address", ["/desk/", "/account/login/", "/stories/none/", "/admin/login/"])
def test_everything_else_is_kept_by_nobody(client, bridge, address):
    client.force_login(make_editor())

    response = client.get(address)

    assert "private" in response["Cache-Control"]
    assert "no-store" in response["Cache-Control"]

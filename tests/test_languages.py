"""Who speaks which language: readers' pages the house's, the newsroom's pages the person's, machines English."""

import pytest
from django.test import Client
from django.utils import timezone, translation

from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory
from tests.nonces import without_nonce

pytestmark = pytest.mark.django_db


@pytest.fixture
def house_in_spanish(settings):
    settings.HOUSE_LANGUAGE = "es"


def test_a_readers_page_is_in_the_houses_language_whatever_the_browser_asks_for(client, house_in_spanish):
    page = client.get("/corrections/", headers={"Accept-Language": "en"})

    assert '<html lang="es">' in page.content.decode()


def test_a_browser_does_not_make_a_readers_page_another(client):
    asked = [client.get("/corrections/", headers={"Accept-Language": words}) for words in ("es", "en")]

    assert asked[0]["ETag"] == asked[1]["ETag"]
    assert without_nonce(asked[0].content) == without_nonce(asked[1].content)


def test_another_language_of_the_house_makes_other_pages(client, settings):
    before = client.get("/corrections/")["ETag"]
    settings.HOUSE_LANGUAGE = "es"

    after = client.get("/corrections/")["ETag"]

    assert before != after


@pytest.mark.parametrize("asked", ["es", "es-MX,es;q=0.9,en;q=0.8", "de, es;q=0.5"])
def test_the_desk_speaks_what_the_persons_browser_asks_for(reporter, asked):
    client = Client()
    client.force_login(reporter)

    page = client.get("/desk/", headers={"Accept-Language": asked})

    assert '<html lang="es">' in page.content.decode()


@pytest.mark.parametrize("asked", ["", "de", "*"])
def test_the_desk_speaks_the_houses_language_where_the_browser_asks_for_none_that_we_have(
    reporter, house_in_spanish, asked
):
    client = Client()
    client.force_login(reporter)

    page = client.get("/desk/", headers={"Accept-Language": asked})

    assert '<html lang="es">' in page.content.decode()


def test_feeds_name_the_houses_language(client, editor, house_in_spanish):
    article = ArticleFactory()
    publish_article(article, by=editor, now=timezone.now())

    atom = client.get(f"/stories/{article.slug}/changes.atom").content.decode()
    feed = client.get(f"/stories/{article.slug}/changes.json").json()

    assert 'xml:lang="es"' in atom
    assert feed["language"] == "es"


def test_nothing_is_translated_where_no_page_and_no_message_is_made(house_in_spanish):
    assert translation.get_language() == "en"

"""Pages cost the same number of queries however long a story's history is, and few once they are rendered."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import transaction

from stories.models import KeptEntry
from tests.factories import ArticleFactory
from tests.nonces import without_nonce
from tests.reader.telling import START, cite, publish, rewrite, tell_bridge_story

pytestmark = pytest.mark.django_db

#: Address, queries of the first reader of a page, queries of every other.
COSTS = [
    ("/", 4, 1),
    ("/stories/bridge/", 9, 2),
    ("/stories/bridge/changes/", 5, 1),
    ("/stories/bridge/versions/1/", 5, 1),
    ("/stories/bridge/compare/1/4/", 3, 1),
    ("/stories/bridge/as-of/?at=2026-03-03", 6, 1),
    ("/corrections/policy/", 0, 0),
    ("/stories/bridge/changes.atom", 4, 4),
    ("/corrections/", 4, 1),
    ("/corrections.atom", 3, 3),
    ("/stories/bridge/changes.json", 4, 4),
    ("/stories/bridge/timegate/", 1, 1),
    ("/stories/bridge/timemap/", 2, 1),
    ("/sitemap.xml", 1, 1),
    ("/sitemap-stories-1.xml", 2, 2),
]


@pytest.mark.parametrize("more_versions", [1, 46])
def test_a_page_costs_the_same_however_long_the_history(client, django_assert_num_queries, more_versions):
    _tell(more_versions)

    for address, first, every_other in COSTS:
        with as_if_nobody_had_asked():
            with django_assert_num_queries(first, info=address):
                client.get(address)
            with django_assert_num_queries(every_other, info=address):
                client.get(address)


def test_what_was_kept_of_a_changelog_and_is_gone_is_made_anew(client, bridge, django_assert_num_queries):
    told = without_nonce(client.get("/stories/bridge/changes/").content)
    KeptEntry.objects.all().delete()
    caches["pages"].clear()

    assert without_nonce(client.get("/stories/bridge/changes/").content) == told
    caches["pages"].clear()
    with django_assert_num_queries(5):
        client.get("/stories/bridge/changes/")


@contextmanager
def as_if_nobody_had_asked():
    """What pages keep for whoever asks next is forgotten at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    caches["pages"].clear()


def _tell(more_versions):
    article = tell_bridge_story()
    for number in range(more_versions):
        cite(article, exact=f"Passage {number}.", title=f"Source {number}", claim=f"Claim {number}.")
        rewrite(article, headline=f"Headline {number}")
        publish(article, "Changed.", at=START + timedelta(days=9, hours=number), kind="correction")
        publish(ArticleFactory(slug=f"other-{number}"))

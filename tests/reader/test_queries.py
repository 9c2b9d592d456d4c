"""Pages cost the same number of queries however long a story's history is."""

from datetime import timedelta

import pytest

from tests.factories import ArticleFactory
from tests.reader.telling import START, cite, publish, rewrite, tell_bridge_story

pytestmark = pytest.mark.django_db

COSTS = [
    ("/", 2 + 1),
    ("/stories/bridge/", 6),
    ("/stories/bridge/changes/", 4),
    ("/stories/bridge/versions/1/", 4),
    ("/stories/bridge/compare/1/4/", 3),
    ("/stories/bridge/changes.atom", 3),
    ("/corrections/", 1 + 2),
    ("/corrections.atom", 2),
    ("/stories/bridge/changes.json", 3),
    ("/stories/bridge/timegate/", 2),
    ("/stories/bridge/timemap/", 2),
    ("/sitemap.xml", 1),
    ("/sitemap-stories-1.xml", 1),
]


@pytest.mark.parametrize(("address", "queries"), COSTS)
def test_a_page_of_a_short_history(client, bridge, django_assert_num_queries, address, queries):
    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize(("address", "queries"), COSTS)
def test_a_page_of_a_long_history(client, django_assert_num_queries, address, queries):
    _tell_long()

    with django_assert_num_queries(queries):
        client.get(address)


def _tell_long():
    article = tell_bridge_story()
    for number in range(12):
        cite(article, exact=f"Passage {number}.", title=f"Source {number}", claim=f"Claim {number}.")
        rewrite(article, headline=f"Headline {number}")
        publish(article, "Changed.", at=START + timedelta(days=9, hours=number), kind="correction")
        publish(ArticleFactory(slug=f"other-{number}"))

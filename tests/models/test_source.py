"""A source is found by its address, however that is written."""

import pytest

from stories.models import Source
from tests.factories import CitationFactory, SourceFactory

pytestmark = pytest.mark.django_db


def test_a_source_is_found_by_another_spelling_of_its_address():
    source = SourceFactory(url="https://port.example/notice")

    found = Source.objects.at_address("HTTPS://Port.Example:443/notice?utm_source=letter#top")

    assert list(found) == [source]


def test_sources_without_an_address_are_not_the_same_source():
    SourceFactory(url=None)

    assert not Source.objects.at_address("").exists()


def test_it_is_found_where_it_has_moved_to():
    source = SourceFactory(url="https://port.example/notice")
    source.url = "https://port.example/moved"
    source.save(update_fields=["url"])

    assert list(Source.objects.at_address("https://port.example/moved")) == [source]


def test_what_is_newly_cited_from_a_source_that_was_merged_is_cited_from_the_one_kept():
    kept = SourceFactory()
    citation = CitationFactory(source=SourceFactory(merged_into=kept))

    citation.refresh_from_db()

    assert citation.source == citation.history.get().source == kept


def test_a_passage_is_changed_where_it_stands():
    """A merge that holds its source waits for nobody who changes its words, nor they for it."""
    citation = CitationFactory()
    Source.objects.filter(pk=citation.source_id).update(merged_into=SourceFactory())

    citation.suffix = "Until May."
    citation.save()

    citation.refresh_from_db()
    assert citation.source.merged_into is not None

"""Versions are written once and read for ever: every schema that was in use is still readable."""

import json
from pathlib import Path

import pytest

from stories.models import Version
from stories.models.frozen import CONFIDENTIAL, SCHEMA, SchemaUnknownError, read_content
from stories.models.words import SourceKind
from stories.publishing.canonical import digest
from stories.publishing.content import prepare_content
from stories.publishing.notes import notes_in
from tests.factories import ArticleFactory, CitationFactory

#: Stored by the release that wrote schema 1, to the byte; never to be written anew.
SCHEMA_1 = (Path(__file__).parent / "version-of-schema-1.json").read_text(encoding="utf-8")


def test_a_version_of_schema_1_reads_as_one_of_today():
    version = Version(number=2, content=SCHEMA_1, digest=digest(SCHEMA_1))

    notes = notes_in(version.frozen["updates"], number=version.number)

    assert version.headline == "Bridge may close"
    assert version.frozen["schema"] == SCHEMA
    assert not version.is_retracted
    assert [note.text for note in notes] == ["The day was wrong."]
    assert notes[0].cause is not None
    assert notes[0].cause.wording == "closed from Tuesday"


def test_the_bytes_of_an_old_version_are_what_is_digested():
    """Invariant 4."""
    version = Version(content=SCHEMA_1)

    assert version.frozen["schema"] != 1

    assert digest(version.content) == "d69712f996bde9c326de6059f85bec15f63eb29b81b6d06660e5cf306192b035"


def test_a_retraction_of_schema_1_is_one():
    content = read_content(SCHEMA_1.replace('"kind":"correction"', '"kind":"retraction"'))

    assert content["retracted"]


@pytest.mark.django_db
def test_an_old_version_read_today_has_the_very_names_that_are_frozen_today():
    article = ArticleFactory()
    fields = {"updates": (), "number": 1, "previous_digest": "", "now": article.created_at}

    assert read_content(SCHEMA_1).keys() == prepare_content(article, **fields).keys()


@pytest.mark.django_db
def test_a_confidential_source_has_no_number_in_a_version_that_was_stored_with_it_either():
    citation = CitationFactory(source__is_confidential=True, prefix="Off the record: ")
    fields = {"updates": (), "number": 1, "previous_digest": "", "now": citation.article.created_at}
    today = prepare_content(citation.article, **fields)
    [cited] = today["citations"]
    stored = {**cited, "prefix": "Off the record: ", "source": {**cited["source"], "id": citation.source_id}}

    assert read_content(json.dumps({**today, "citations": [stored]})) == today


@pytest.mark.django_db
def test_a_source_that_only_has_the_name_of_a_confidential_one_is_read_as_it_is_frozen():
    citation = CitationFactory(source__title=CONFIDENTIAL, source__url="", source__kind=SourceKind.PERSON)
    fields = {"updates": (), "number": 1, "previous_digest": "", "now": citation.article.created_at}
    today = prepare_content(citation.article, **fields)

    assert read_content(json.dumps(today)) == today


def test_a_version_of_a_newer_release_is_refused_by_name():
    with pytest.raises(SchemaUnknownError, match="schema 99"):
        read_content('{"schema":99}')

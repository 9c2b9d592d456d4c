"""What a publication may never be, held by the database itself."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from stories.models import Publication
from stories.models.words import PublicationKind, UpdateKind
from tests.factories import ArticleFactory, make_chief, make_editor

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def asked(**fields):
    article = fields.pop("article", None) or ArticleFactory()
    return Publication.objects.create(
        **{
            "article": article,
            "state": "proposed",
            "kind": "update",
            "note": "More facts.",
            "asked_at": NOON,
            **fields,
        }
    )


def test_a_story_has_one_publication_on_its_way():
    first = asked()

    with pytest.raises(IntegrityError), transaction.atomic():
        asked(article=first.article, state="awaiting")
    asked(article=first.article, state="cancelled")


def test_editors_publish_and_chiefs_approve_too():
    chief, editor = make_chief(), make_editor()

    assert (chief.can_publish, chief.can_approve, chief.has_perm("stories.takedown_version")) == (True,) * 3
    assert (editor.can_publish, editor.can_approve) == (True, False)
    assert editor.has_perm("stories.view_publication")
    assert not editor.has_perm("stories.takedown_version")


def test_every_kind_of_update_is_a_kind_of_publication():
    assert set(UpdateKind.choices) <= set(PublicationKind.choices)

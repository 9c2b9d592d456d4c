"""What something with history refers to is deleted: it may take the reference along, and not past the history."""

import time
from threading import Thread

import pytest
from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.db import connection, models, transaction

from stories.models import Citation, Claim, User
from stories.models.history import Tracked, acting_as, empty_in_history
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    UpdateFactory,
    UserFactory,
    VerdictFactory,
    make_editor,
)
from tests.locks import is_anybody_waiting

TRACKED = [model for model in apps.get_app_config("stories").get_models() if issubclass(model, Tracked)]
#: What cascades has a last row of its own, and what is protected stays.
TOLD = (models.PROTECT, models.CASCADE, empty_in_history)

pytestmark = pytest.mark.django_db


def is_told_as_it_is(row: Tracked) -> bool:
    last = row.history.order_by("-history_id").first()
    return all(getattr(last, field.attname) == getattr(row, field.attname) for field in last.tracked_fields)


@pytest.mark.parametrize("model", TRACKED)
def test_no_reference_is_emptied_past_the_history_of_what_has_it(model):
    references = [field for field in model.history.model.tracked_fields if field.is_relation]

    emptied = [
        field.name
        for field in references
        if model._meta.get_field(field.name).remote_field.on_delete not in TOLD
    ]

    assert emptied == []
    assert {field.related_model for field in model._meta.many_to_many} <= {User}


@pytest.mark.parametrize("delete", [Claim.delete, lambda claim: Claim.objects.filter(pk=claim.pk).delete()])
def test_a_passage_tells_that_its_claim_is_gone(delete):
    citation = CitationFactory()
    with acting_as("tidying"):
        delete(citation.claim)

    citation.refresh_from_db()

    told = citation.history.first()
    assert (told.claim_id, told.history_change_reason, told.history_actor) == (
        None,
        "claim deleted",
        "tidying",
    )
    assert is_told_as_it_is(citation)


def test_it_tells_who_has_deleted_it():
    citation, ruth = CitationFactory(), make_editor(username="ruth")
    citation.claim._history_user = ruth

    citation.claim.delete()

    told = citation.history.first()
    assert (told.history_user, told.history_actor) == (ruth, "ruth")


def test_an_update_tells_that_the_change_behind_it_is_gone():
    verdict = VerdictFactory()
    update = UpdateFactory(caused_by=verdict)

    verdict.citation.delete()

    update.refresh_from_db()
    assert update.caused_by is None
    assert is_told_as_it_is(update)


def test_a_story_tells_that_a_reporter_is_gone():
    ruth, others = UserFactory(), UserFactory()
    article = ArticleFactory()
    article.reporters.set([ruth, others])

    User.objects.filter(pk=ruth.pk).delete()

    assert [row.reporters.count() for row in article.history.all()[:2]] == [1, 2]
    assert article.history.first().history_change_reason == "person deleted"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_a_story_that_is_saved_while_its_reporter_goes_is_told_as_it_is():
    ruth, article = UserFactory(), ArticleFactory(body="first")
    article.reporters.add(ruth)
    goes = Thread(target=delete_elsewhere, args=[ruth])

    with transaction.atomic():
        article.body = "second"
        article.save()
        goes.start()
        deadline = time.monotonic() + 120
        while goes.is_alive() and not is_anybody_waiting() and time.monotonic() < deadline:
            time.sleep(0.02)
    goes.join(120)

    assert [row.body for row in article.history.all()[:2]] == ["second", "second"]


def delete_elsewhere(person: User) -> None:
    try:
        person.delete()
    finally:
        connection.close()


def test_what_goes_along_is_told_of_once():
    citation = CitationFactory()

    citation.article.delete()

    assert [row.history_type for row in Citation.history.filter(id=citation.pk)] == ["-", "+"]


def test_who_only_looks_what_would_go_changes_nothing():
    citation = CitationFactory()

    NestedObjects(using="default").collect([citation.claim])

    assert citation.history.count() == 1

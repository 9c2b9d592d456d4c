"""Invariant 4: what is published is written once. Invariant 8: the copy a quote was taken from is kept."""

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from stories.models import Blob, Snapshot, Version
from stories.models.append_only import AppendOnlyError
from tests.factories import ArticleFactory, CheckFactory, SnapshotFactory, UpdateFactory, VerdictFactory

pytestmark = pytest.mark.django_db


def make_version(**fields):
    values = {
        "number": 1,
        "content": '{"headline":"A"}',
        "digest": "0" * 64,
        "recorded_at": timezone.now(),
        **fields,
    }
    if "article" not in values:
        values["article"] = ArticleFactory()
    return Version.objects.create(**values)


def test_a_version_cannot_be_saved_again():
    version = make_version()

    with pytest.raises(AppendOnlyError):
        version.save()


def test_a_version_cannot_be_deleted():
    with pytest.raises(AppendOnlyError):
        make_version().delete()


@pytest.mark.parametrize("model", [Version, Snapshot, Blob])
def test_rows_written_once_are_not_changed_or_deleted_in_bulk(model):
    with pytest.raises(AppendOnlyError):
        model.objects.all().delete()
    with pytest.raises(AppendOnlyError):
        model.objects.filter(pk=1).update(digest="")


def test_a_version_is_not_overwritten_by_a_bulk_of_new_ones():
    version = make_version()
    forged = Version(
        article=version.article, number=1, content='{"headline":"B"}', recorded_at=version.recorded_at
    )

    with pytest.raises(AppendOnlyError):
        Version.objects.bulk_create(
            [forged], update_conflicts=True, update_fields=["content"], unique_fields=["article", "number"]
        )

    assert Version.objects.get().headline == "A"


def test_a_stale_copy_of_a_draft_does_not_undo_its_publication():
    article = ArticleFactory()
    stale = UpdateFactory(article=article)
    published = type(stale).objects.get()
    published.version = make_version(article=article)
    published.save()

    with pytest.raises(AppendOnlyError):
        stale.save()

    assert type(stale).objects.get().version == published.version


def test_a_published_article_cannot_be_deleted():
    article = ArticleFactory()
    make_version(article=article)

    with pytest.raises(ProtectedError):
        article.delete()


def test_a_published_update_is_frozen_and_a_draft_is_not():
    article = ArticleFactory()
    update = UpdateFactory(article=article)
    update.note = "A better note."
    update.save()
    update.version = make_version(article=article)
    update.save()

    update.note = "Something quite different."
    with pytest.raises(AppendOnlyError):
        update.save()
    with pytest.raises(AppendOnlyError):
        update.delete()


def test_the_copy_that_a_verdict_rests_on_is_kept():
    """Invariant 8."""
    snapshot = SnapshotFactory()
    verdict = VerdictFactory(found_by=CheckFactory(source=snapshot.source, snapshot=snapshot))

    with pytest.raises(AppendOnlyError):
        snapshot.delete()
    with pytest.raises(ProtectedError):
        verdict.found_by.delete()


def test_a_snapshot_gives_back_the_bytes_that_were_fetched():
    body = b"Ein Satz, der bleibt. " * 500

    snapshot = SnapshotFactory(body=body)

    assert Snapshot.objects.get().body == body
    assert len(snapshot.blob.packed) < len(body) / 10

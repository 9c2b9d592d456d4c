"""The text of an old version, taken up again: as it was, with its claims and passages, and nothing lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from stories.models import Article, Update
from stories.publishing.comparison import compare_contents
from stories.publishing.errors import TextMissing
from stories.publishing.publish import publish_article
from stories.publishing.revert import take_up_again
from tests.factories import CitationFactory, SourceFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


@pytest.fixture
def rewritten():
    """A story of which everything is otherwise in version 2: texts, a claim, and its only passage."""
    first = CitationFactory(article__headline="Bridge closes")
    article = first.article
    publish_article(article, by=None, now=NOW)
    claim = first.claim
    claim.text, claim.standing = "The bridge may close.", "disputed"
    claim.save()
    CitationFactory(claim=claim, exact="may be closed")
    first.delete()
    article.headline, article.body = "Bridge may close", "It may."
    article.save()
    publish_article(article, updates=[Update(article=article, note="It may.")], by=None, now=NOW)
    return article


def test_published_again_readers_see_the_old_text_as_a_new_version(rewritten, editor):
    first = rewritten.versions.get(number=1)

    article = take_up_again(first, by=editor)
    third = publish_article(
        article, updates=[Update(article=article, note="As it was.")], by=editor, now=NOW + timedelta(hours=1)
    )

    told = compare_contents(first.frozen, third.frozen)
    assert third.number == 3
    assert not told.is_text_changed
    assert [(claim["text"], claim["standing"]) for claim in third.frozen["claims"]] == [
        ("The bridge closes on Monday.", "stands")
    ]
    assert [citation["exact"] for citation in third.frozen["citations"]] == [
        "The bridge will be closed from Monday."
    ]


def test_history_says_who_took_it_up_and_why_and_keeps_what_was_there(rewritten, editor):
    take_up_again(rewritten.versions.get(number=1), by=editor)

    newest, before = rewritten.history.all()[:2]
    assert (newest.history_user, newest.history_change_reason) == (editor, "the text of version 1 again")
    assert before.headline == "Bridge may close"


def test_a_passage_that_came_since_keeps_its_source_and_is_only_proposed(rewritten, editor):
    take_up_again(rewritten.versions.get(number=1), by=editor)

    came = rewritten.citations.get(exact="may be closed")
    assert came.is_proposed
    assert came.source is not None


@pytest.mark.parametrize("is_deleted", [False, True])
def test_a_passage_of_a_confidential_source_has_it_again(is_deleted, editor):
    """No version says which it is: history does."""
    cited = CitationFactory(source__is_confidential=True, prefix="Off the record: ")
    first = publish_article(cited.article, by=None, now=NOW)
    source = cited.source
    if is_deleted:
        cited.delete()
    else:
        cited.exact, cited.prefix, cited.source = "It may close.", "", SourceFactory()
        cited.save()

    article = take_up_again(first, by=editor)

    again = article.citations.get(exact="The bridge will be closed from Monday.")
    assert (again.source, again.prefix) == (source, "Off the record: ")


def test_a_passage_has_the_confidential_source_that_it_had_in_that_version_and_none_that_came_since(editor):
    cited = CitationFactory(source__is_confidential=True, prefix="Off the record: ")
    first = publish_article(cited.article, by=None, now=timezone.now())
    source = cited.source
    cited.prefix, cited.source = "", SourceFactory()
    cited.save()

    article = take_up_again(first, by=editor)

    again = article.citations.get()
    assert (again.source, again.prefix) == (source, "Off the record: ")


def test_readers_see_nothing_of_it_before_it_is_published(rewritten, editor):
    """Invariant 5."""
    take_up_again(rewritten.versions.get(number=1), by=editor)

    assert Article.objects.get().live_version.headline == "Bridge may close"


def test_a_version_without_text_cannot_be_taken_up(rewritten, editor):
    retracted = publish_article(
        rewritten, updates=[Update(article=rewritten, note="No.", kind="retraction")], by=None, now=NOW
    )

    with pytest.raises(TextMissing):
        take_up_again(retracted, by=editor)

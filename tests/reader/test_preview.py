"""What an editor is writing, on the readers' own page."""

from django.urls import reverse
from django.utils import timezone

from stories.models import Article, Version
from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory, CitationFactory, make_editor


def preview(client, article, **typed):
    client.force_login(make_editor())
    return client.post(reverse("preview_story", args=[article.pk]), typed)


def test_it_has_what_is_typed_as_readers_would_see_it_and_saves_nothing(client, db):
    citation = CitationFactory(exact="It will be closed")

    page = preview(
        client, citation.article, headline="Typed", body="**Bold**: “It will be closed,” it says."
    ).content.decode()

    citation.article.refresh_from_db()
    assert '<h1 dir="auto">Typed</h1>' in page
    assert "<strong>Bold</strong>" in page
    assert '<sup class="mark' in page
    assert "stories/reader.css" in page
    assert "<script" not in page
    assert citation.article.headline != "Typed"
    assert not Version.objects.exists()


def test_it_shows_the_notes_that_readers_have(client, db):
    article = ArticleFactory()
    publish_article(article, updates=[], by=None, now=timezone.now())

    assert preview(client, article, body="More.").status_code == 200


def test_a_body_that_cannot_be_rendered_says_so(client, db):
    page = preview(client, ArticleFactory(), body=">" * 5000)

    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()


def test_it_is_kept_nowhere_and_only_asked_for_with_a_form(client, db):
    article = ArticleFactory()

    answer = preview(client, article, body="More.")

    assert "no-store" in answer["Cache-Control"]
    assert client.get(reverse("preview_story", args=[article.pk])).status_code == 405


def test_a_story_never_saved_is_shown_too(client, db):
    page = preview(client, Article.unsaved(), headline="Typed", body="*Words*.").content.decode()

    assert '<h1 dir="auto">Typed</h1>' in page
    assert "<em>Words</em>" in page
    assert not Article.objects.exists()


def test_nobody_else_sees_it(client, db):
    """Invariant 5."""
    for article in (ArticleFactory(), Article.unsaved()):
        assert client.post(reverse("preview_story", args=[article.pk])).status_code == 403

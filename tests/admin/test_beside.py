"""Beside the text: every quoted passage, its source, what the page says, and one click to attach it."""

import pytest
from django.urls import reverse

from stories.models import Article, Citation, Claim
from stories.models.words import Outcome
from tests.admin.forms import form_of
from tests.factories import (
    ArticleFactory,
    CheckFactory,
    CitationFactory,
    ClaimFactory,
    SnapshotFactory,
    SourceFactory,
    UserFactory,
)

PAGE = b"<p>The bridge will be closed from Monday. It may open again in May.</p>"


@pytest.fixture
def port():
    """A source whose page has been read."""
    source = SourceFactory(title="Port authority")
    snapshot = SnapshotFactory(source=source, body=PAGE)
    CheckFactory(source=source, snapshot=snapshot, outcome=Outcome.CHANGED)
    return source


def look(client, article, body):
    answer = client.post(reverse("admin:stories_article_beside", args=[article.pk]), {"body": body})
    return " ".join(answer.json()["html"].split())


def test_a_passage_that_its_page_says_is_verified(desk_of_ruth, port):
    citation = CitationFactory(source=port, exact="The bridge will be closed from Monday.")

    shown = look(desk_of_ruth, citation.article, "It says: “The bridge will be closed from Monday.”")

    assert "On its page, word for word" in shown
    assert "last verified" in shown
    assert "all in order" in shown


def test_what_the_page_says_instead_is_shown_and_offered(desk_of_ruth, port):
    citation = CitationFactory(source=port, exact="The bridge will be closed from Monday.")

    shown = look(desk_of_ruth, citation.article, "It says: “The bridge will be closed from Tuesday.”")

    assert "Its page says it differently" in shown
    assert 'data-take="The bridge will be closed from Monday."' in shown
    assert "1 to look at" in shown


def test_a_passage_without_a_source_is_offered_those_of_the_story_first_the_one_that_says_it(
    desk_of_ruth, port
):
    claim = ClaimFactory(text="It may open again in May, the authority says.")
    CitationFactory(claim=claim, source=SourceFactory(title="Another page"), exact="Other words here.")
    CitationFactory(claim=claim, source=port, exact="The bridge will be closed from Monday.")

    shown = look(desk_of_ruth, claim.article, "“It may open again in May,” the authority says.")

    assert "Not attached to a source" in shown
    assert "Attach to Port authority, which says this" in shown
    assert shown.index("Attach to Port authority") < shown.index("Attach to Another page")
    assert f'data-claim="{claim.pk}"' in shown


def test_an_attached_passage_that_the_text_does_not_quote_is_told(desk_of_ruth, port):
    citation = CitationFactory(source=port, exact="The bridge will be closed from Monday.")

    assert "1 attached passage the text does not quote" in look(desk_of_ruth, citation.article, "No quotes.")


def test_words_and_minutes_are_counted(desk_of_ruth):
    assert "460 words" in look(desk_of_ruth, ArticleFactory(), "word " * 460)


def test_what_is_chosen_beside_the_text_is_attached_with_its_sentence_as_claim(desk_of_ruth, port):
    article = ArticleFactory()
    url = reverse("admin:stories_article_change", args=[article.pk])
    row = {
        "exact": "It may open again in May",
        "source": port.pk,
        "new_claim": "It may open in May, it says.",
    }
    typed = form_of(desk_of_ruth, url, **{f"citations-0-{name}": value for name, value in row.items()})

    answer = desk_of_ruth.post(url, {**typed, "citations-TOTAL_FORMS": 1, "citations-0-article": article.pk})

    citation = Citation.objects.get()
    assert answer.status_code == 302
    assert (citation.source, citation.claim) == (port, Claim.objects.get(text="It may open in May, it says."))
    assert not citation.is_proposed


def test_a_passage_whose_source_alone_is_chosen_has_its_sentence_as_claim(desk_of_ruth, port):
    body = "It is closed. The port says that “it may open again in May”, if it is dry. Nobody knows."
    article = ArticleFactory(body=body)
    passage = CitationFactory(article=article, exact="it may open again in May", source=None, claim=None)
    url = reverse("admin:stories_article_change", args=[article.pk])

    desk_of_ruth.post(url, form_of(desk_of_ruth, url, **{"citations-0-source": port.pk}))

    passage.refresh_from_db()
    assert not passage.is_proposed
    assert passage.claim.text == "The port says that “it may open again in May”, if it is dry."


@pytest.mark.parametrize("page", ["add", "change"])
def test_on_the_page_of_a_passage_its_sentence_is_the_claim_too(desk_of_ruth, port, page):
    article = ArticleFactory(body="Nobody knows. It says that “it may open again in May”, if it is dry.")
    said = {"article": article.pk, "exact": "it may open again in May", "source": port.pk}
    url = reverse("admin:stories_citation_add")
    if page == "change":
        passage = CitationFactory(article=article, exact=said["exact"], source=None, claim=None)
        url = reverse("admin:stories_citation_change", args=[passage.pk])

    desk_of_ruth.post(url, form_of(desk_of_ruth, url, **said))

    assert Citation.objects.get().claim.text == "It says that “it may open again in May”, if it is dry."


def test_of_a_passage_that_the_story_does_not_quote_the_claim_is_asked_for(desk_of_ruth, port):
    article = ArticleFactory(body="It is closed.")
    CitationFactory(article=article, exact="it may open again in May", source=None, claim=None)
    url = reverse("admin:stories_article_change", args=[article.pk])

    answer = desk_of_ruth.post(
        url, form_of(desk_of_ruth, url, **{"citations-0-source": port.pk}), follow=True
    )

    assert Citation.objects.get().is_proposed
    assert "choose the claim that rests on it" in answer.text


def test_a_sentence_that_looks_like_a_claim_is_that_claim(desk_of_ruth, port):
    claim = ClaimFactory(text="It may open in May.")
    url = reverse("admin:stories_article_change", args=[claim.article.pk])
    row = {"exact": "It may open", "source": port.pk, "new_claim": "It may\x07 open in May."}
    typed = form_of(desk_of_ruth, url, **{f"citations-0-{name}": value for name, value in row.items()})

    desk_of_ruth.post(url, {**typed, "citations-TOTAL_FORMS": 1, "citations-0-article": claim.article.pk})

    assert (Citation.objects.get().claim, Claim.objects.get()) == (claim, claim)


def test_a_story_never_saved_has_its_quotes_listed_while_it_is_written(desk_of_ruth):
    form = desk_of_ruth.get(reverse("admin:stories_article_add")).content.decode()

    shown = look(desk_of_ruth, Article.unsaved(), "“The bridge will be closed from Monday,” it says.")

    assert reverse("admin:stories_article_beside", args=[0]) in form
    assert "Not attached to a source" in shown
    assert "Choose its source…" in shown


def test_who_may_not_edit_is_told_nothing(client, reporter):
    article = ArticleFactory()
    client.force_login(UserFactory(is_staff=True))
    asked = client.post(reverse("admin:stories_article_beside", args=[article.pk]), {"body": "x"})
    preview = client.post(reverse("preview_story", args=[article.pk]), {"body": "x"})
    client.force_login(reporter)
    as_reporter = client.post(reverse("preview_story", args=[article.pk]), {"body": "x"})

    assert [answer.status_code for answer in (asked, preview, as_reporter)] == [403, 403, 403]

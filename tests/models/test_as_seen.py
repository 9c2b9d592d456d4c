"""What nobody can see in a headline, a name or a note is not kept, whichever way it came."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import modelform_factory
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.models import Article, Claim, Source, Update
from stories.models.as_seen import LineField, LinesField
from stories.publishing.publish import publish_article
from stories.publishing.record import verify_record
from tests.admin.forms import form_of
from tests.factories import ArticleFactory, ClaimFactory, SourceFactory, UserFactory, make_editor

pytestmark = pytest.mark.django_db

_LINE, _LINES = "The\x07 ga\ud800te\u2028is \u202eshut", "The\x9b ga\x1bte\u2028is \u202eshut"
_LINE_KEPT, _LINES_KEPT = "The gate is shut", "The› gate\nis shut"


def test_each_is_kept_without_it_and_so_is_its_history() -> None:
    article = ArticleFactory(headline=_LINE, byline=_LINE, dek=_LINES)
    source = SourceFactory(title=_LINE, note=_LINES)
    claim = ClaimFactory(article=article, text=_LINES)
    person = UserFactory(first_name=_LINE)

    assert (article.headline, article.byline, article.dek) == (_LINE_KEPT, _LINE_KEPT, _LINES_KEPT)
    assert (source.title, source.note, claim.text) == (_LINE_KEPT, _LINES_KEPT, _LINES_KEPT)
    for row in (article, source, claim, person):
        row.refresh_from_db()
    assert (article.headline, article.history.get().dek) == (_LINE_KEPT, _LINES_KEPT)
    assert (source.title, source.history.get().note) == (_LINE_KEPT, _LINES_KEPT)
    assert (claim.text, claim.history.get().text, person.first_name) == (_LINES_KEPT, _LINES_KEPT, _LINE_KEPT)


@pytest.mark.parametrize("nothing", ["\x07\u202e", "\u200b \u2060"], ids=ascii)
def test_of_a_field_that_has_nothing_else_its_form_says_so(nothing: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Article(slug="gate", headline=nothing).full_clean()

    assert set(refused.value.message_dict) == {"headline"}


def test_forms_decide_on_the_words_as_they_will_be_kept() -> None:
    form_class = modelform_factory(Claim, fields=["text"])
    kept = Claim(text=_LINES)

    assert "text" in form_class({"text": "\x07 \x07"}).errors
    assert form_class({"text": f" {_LINES} \x07"}).save(commit=False).text == _LINES_KEPT
    assert not form_class({"text": _LINES}, instance=kept).has_changed()
    assert not form_class({"text": _LINES_KEPT}, instance=kept).has_changed()


def test_what_is_published_has_what_its_rows_have() -> None:
    article = ArticleFactory(headline=_LINE)
    publish_article(article, by=None, now=timezone.now())
    article.headline += " again"
    article.save()
    note = Update(article=article, kind="correction", note=_LINES)

    version = publish_article(article, updates=[note], by=None, now=timezone.now())

    assert version.frozen["updates"][0]["note"] == Update.objects.get().note == _LINES_KEPT
    assert verify_record() == []


def test_a_row_that_has_it_from_before_is_shown_and_saved_without_it(client: Client) -> None:
    article = ArticleFactory()
    Claim.objects.create(article=article, text="x")
    Article.objects.filter(pk=article.pk).update(headline="The gate\x07 is shut")
    Claim.objects.update(text="It\x1b is shut.")
    client.force_login(make_editor())
    address = reverse("admin:stories_article_change", args=[article.pk])

    fields = form_of(client, address, dek="From today.")
    answer = client.post(address, fields)

    assert answer.status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.dek) == ("The gate is shut", "From today.")


def test_what_is_moved_or_restored_stays_as_it_is() -> None:
    field = Source._meta.get_field("title")

    assert field.get_prep_value("The\x07 gate") == "The\x07 gate"


def test_to_migrations_they_are_fields_like_any_other() -> None:
    for ours, theirs in ((LineField(max_length=9), models.CharField), (LinesField(), models.TextField)):
        assert ours.deconstruct()[1:3] == (f"django.db.models.{theirs.__name__}", [])

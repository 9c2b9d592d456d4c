"""A passage is quoted at the moment its source is merged into another: it rests on the one that is kept."""

import time
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.importing.capture import Capture, import_captures
from stories.importing.merge import merge_source
from stories.importing.story import ParsedStory, StoryLink
from stories.models import Citation, Merge, Source, User
from stories.models.citation import hold_sources
from stories.text.judge import Passage
from stories.watching.cite import Wish, cite_passage
from tests.admin.forms import form_of
from tests.factories import ArticleFactory, CitationFactory, SourceFactory, make_editor
from tests.locks import is_anybody_waiting

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]

ADDRESS = "https://port.example/notice"
NOW = timezone.now()


class Desk:
    def __init__(self) -> None:
        self.ruth: User = make_editor(username="ruth")
        self.other = SourceFactory(url=f"{ADDRESS}?utm_source=letter")
        self.kept = SourceFactory(url=ADDRESS)
        self.article = ArticleFactory()
        self.browser = Client()

    def cite(self) -> None:
        wish = Wish(Passage("The bridge closes on Monday."), self.other.url)
        cite_passage(self.article, wish=wish, by=self.ruth, now=NOW)

    def bring_in(self) -> None:
        passage, link = "The bridge closes on Monday.", StoryLink(self.other.url, "notice")
        story = ParsedStory(
            headline="Bridge closes",
            dek="",
            byline="",
            body="It closes.",
            notes=(),
            passages=(passage,),
            links=(link,),
            passage_links=(link.address,),
        )
        import_captures([Capture("story.md", story)], now=NOW)

    def choose(self) -> None:
        """In a form that was opened before."""
        CitationFactory(source=self.other)

    def open_a_form(self) -> dict[str, Any]:
        """In which a passage is changed, and another one added."""
        CitationFactory(article=self.article, claim=None, source=self.other)
        url = reverse("admin:stories_article_change", args=[self.article.pk])
        self.browser.force_login(self.ruth)
        new = {
            "exact": "It opens in May.",
            "source": self.other.pk,
            "article": self.article.pk,
            "is_watched": "on",
        }
        typed = form_of(self.browser, url, **{f"citations-1-{name}": value for name, value in new.items()})
        return {**typed, "citations-TOTAL_FORMS": 2, "citations-0-suffix": "Until May."}

    def send(self, typed: dict[str, Any]) -> None:
        url = reverse("admin:stories_article_change", args=[self.article.pk])
        assert self.browser.post(url, typed).status_code == 302

    def merge(self) -> None:
        other, kept = Source.objects.get(pk=self.other.pk), Source.objects.get(pk=self.kept.pk)
        merge_source(other, into=kept, by=self.ruth, now=NOW)


@pytest.mark.parametrize("way", ["cite", "bring_in", "choose"])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_passage_that_is_quoted_while_its_source_is_merged_rests_on_the_one_kept(
    way: str, is_first: bool
) -> None:
    desk = Desk()
    quote = getattr(desk, way)

    if is_first:
        in_the_middle(Citation, desk.merge, of=quote)
    else:
        in_the_middle(Merge, quote, of=desk.merge)

    citation = Citation.objects.get()
    assert citation.source == desk.kept
    assert citation.history.first().source == desk.kept


def test_a_passage_that_is_changed_while_its_source_is_merged_goes_over_and_keeps_what_was_typed() -> None:
    desk = Desk()
    citation = CitationFactory(source=desk.other)

    def change() -> None:
        typed = Citation.objects.get(pk=citation.pk)
        typed.suffix = "Until May."
        typed.save()

    in_the_middle(Merge, change, of=desk.merge)

    citation.refresh_from_db()
    assert (citation.source, citation.suffix) == (desk.kept, "Until May.")


@pytest.mark.parametrize("is_first", [True, False])
def test_a_form_that_changes_one_passage_and_adds_another_while_their_source_is_merged_is_saved(
    is_first: bool,
) -> None:
    desk = Desk()
    typed = desk.open_a_form()

    if is_first:
        in_the_middle(Citation, desk.merge, of=lambda: desk.send(typed))
    else:
        in_the_middle(Merge, lambda: desk.send(typed), of=desk.merge)

    kept = Citation.objects.filter(source=desk.kept).order_by("pk")
    assert [citation.suffix for citation in kept] == ["Until May.", ""]


def test_nor_does_a_merge_wait_crosswise_for_whoever_names_a_source_that_was_merged_before() -> None:
    desk = Desk()
    desk.merge()
    third = SourceFactory(url=f"{ADDRESS}?utm_source=mail")
    changed = CitationFactory(source=third)

    def quote() -> None:
        with transaction.atomic():
            hold_sources([third.pk, desk.other.pk])
            changed.suffix = "Until May."
            changed.save()
            CitationFactory(source=desk.other)

    def merge() -> None:
        merge_source(third, into=desk.kept, by=desk.ruth, now=NOW)

    in_the_middle(Citation, merge, of=quote)

    assert Citation.objects.filter(source=desk.kept).count() == 2


def in_the_middle(written: type[Any], second: Callable[[], None], *, of: Callable[[], None]) -> None:
    """Act a second time, by another connection, when `of` has written its row and has not committed it."""

    def act() -> None:
        try:
            second()
        finally:
            connection.close()

    other = Thread(target=act)

    def begin(**_: Any) -> None:
        if other.ident is not None:
            return
        other.start()
        deadline = time.monotonic() + 120
        while other.is_alive() and not is_anybody_waiting() and time.monotonic() < deadline:
            time.sleep(0.02)

    post_save.connect(begin, sender=written)
    try:
        of()
    finally:
        post_save.disconnect(begin, sender=written)
    other.join(120)
    assert not other.is_alive()

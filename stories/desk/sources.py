"""What a person's stories rest on: sources, the passages taken from them, and how they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Subquery

from stories.alerting.recipients import articles_heard_of_by
from stories.desk.doors import sources_of
from stories.desk.health import Health, health_of
from stories.models import Article, Citation, Source, User, Verdict
from stories.models.citation import CitationQuerySet
from stories.text.changes import WordChange
from stories.text.diff import diff_words

ROWS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    source: Source
    health: Health
    articles: list[Article]


@dataclass(frozen=True, slots=True)
class Standing:
    """A citation and the last confirmed verdict on it."""

    citation: Citation
    verdict: Verdict | None
    changes: tuple[WordChange, ...]


def sources_page(user: User, *, page_number: str) -> tuple[Page[Source], list[Row]]:
    sources = sources_of(user).select_related("watch").order_by("title", "pk")
    page = Paginator(sources, ROWS_PER_PAGE).get_page(page_number)
    citations = _citations(page.object_list, articles_heard_of_by(user)).annotate(word=_standing_word())
    by_source: dict[int | None, list[Citation]] = defaultdict(list)
    for citation in citations.select_related("article").defer("article__body"):
        by_source[citation.source_id].append(citation)
    return page, [_row(source, by_source[source.pk]) for source in page.object_list]


def standing_of(source: Source, *, user: User) -> list[Standing]:
    """Each passage that this person's stories take from a source, with how it stands."""
    citations = list(citations_of(source, user=user))
    verdicts = Verdict.objects.standing().filter(citation__in=citations).select_related("found_by")
    last = {verdict.citation_id: verdict for verdict in verdicts}
    return [_standing(citation, last.get(citation.pk)) for citation in citations]


def citations_of(source: Source, *, user: User) -> CitationQuerySet:
    """The passages that this person's stories take from a source."""
    citations = _citations([source], articles_heard_of_by(user))
    return citations.select_related("article", "claim").defer("article__body")


def _citations(sources: Iterable[Source], article_ids: Collection[int] | None) -> CitationQuerySet:
    citations = Citation.objects.filter(source__in=list(sources)).order_by("article_id", "pk")
    return citations if article_ids is None else citations.filter(article__in=article_ids)


def _standing_word() -> Subquery:
    confirmed = Verdict.objects.filter(citation=OuterRef("pk"), is_confirmed=True).order_by("-pk")
    return Subquery(confirmed.values("verdict")[:1])


def _row(source: Source, citations: list[Citation]) -> Row:
    words = [getattr(citation, "word", None) for citation in citations]
    articles = {citation.article_id: citation.article for citation in citations}
    return Row(source, health_of(source, words), list(articles.values()))


def _standing(citation: Citation, verdict: Verdict | None) -> Standing:
    is_reworded = verdict is not None and bool(verdict.wording)
    changes = diff_words(verdict.passage, verdict.wording) if verdict and is_reworded else ()
    return Standing(citation, verdict, changes)

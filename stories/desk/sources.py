"""The passages that a person's stories take from a source, and how each stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from stories.alerting.recipients import articles_heard_of_by
from stories.models import Article, Citation, Source, User, Verdict, Version
from stories.models.citation import CitationQuerySet
from stories.text.changes import WordChange
from stories.text.diff import diff_words


@dataclass(frozen=True, slots=True)
class Standing:
    """A citation and the last confirmed verdict on it."""

    citation: Citation
    verdict: Verdict | None
    changes: tuple[WordChange, ...]


def standing_of(source: Source, *, user: User) -> list[Standing]:
    """Each passage that this person's stories take from a source, with how it stands."""
    citations = list(citations_of(source, user=user))
    verdicts = Verdict.objects.standing().filter(citation__in=citations).select_related("found_by")
    last = {verdict.citation_id: verdict for verdict in verdicts}
    return [_standing(citation, last.get(citation.pk)) for citation in citations]


def citations_of(source: Source, *, user: User) -> CitationQuerySet:
    """The passages that this person's stories take from a source."""
    citations = citations_from([source], articles_heard_of_by(user))
    return citations.select_related("article", "claim").defer("article__body")


def citations_from(sources: Iterable[Source], article_ids: Collection[int] | None) -> CitationQuerySet:
    """The passages that these articles take from these sources; None stands for all articles."""
    citations = Citation.objects.filter(source__in=list(sources)).order_by("article_id", "pk")
    return citations if article_ids is None else citations.filter(article__in=article_ids)


def published_of(articles: Iterable[Article]) -> frozenset[int]:
    """Those of them that readers can see, by key."""
    versions = Version.objects.filter(article__in={article.pk for article in articles})
    return frozenset(versions.order_by().values_list("article", flat=True).distinct())


def _standing(citation: Citation, verdict: Verdict | None) -> Standing:
    is_reworded = verdict is not None and bool(verdict.wording)
    changes = diff_words(verdict.passage, verdict.wording) if verdict and is_reworded else ()
    return Standing(citation, verdict, changes)

"""What is asked of the database about sources that are looked at: their citations, what stands, what is suspected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from stories.models import Check, Citation, Source, Verdict, Version
from stories.models.words import BELIEVED, Outcome, VerdictWord

#: Outcomes that say something about the page; the others only say that it could not be read.
TELLING = [*BELIEVED, Outcome.GONE]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What the look before found and a second must agree with."""

    outcome: Outcome | None = None
    citation_ids: frozenset[int] = frozenset()
    #: With its suspected verdicts.
    check: Check | None = None


def cited_at() -> Subquery:
    """When a story that cites the source was last saved or published, or a passage last taken from it."""
    published = Version.objects.filter(article=OuterRef("article")).order_by("-number").values("recorded_at")
    published_at = Coalesce(Subquery(published[:1]), "created_at")
    at = Greatest("created_at", "article__saved_at", published_at)
    return Subquery(_cited().annotate(at=at).order_by("-at").values("at")[:1])


def is_unsettled() -> Exists:
    """Whether a passage was not read and judged as it is quoted today, or is known to alternate."""
    latest = Verdict.objects.filter(citation=OuterRef(OuterRef("pk")), is_confirmed=True).order_by("-pk")
    as_quoted = Q(prefix=None) | Q(prefix=OuterRef("prefix"), suffix=OuterRef("suffix"))
    standing = Verdict.objects.filter(
        as_quoted, pk=Subquery(latest.values("pk")[:1]), passage=OuterRef("exact")
    )
    read = standing.filter(is_alternating=False).exclude(verdict=VerdictWord.UNREADABLE)
    return Exists(_cited().filter(~Exists(read)))


def _cited() -> QuerySet[Citation]:
    return Citation.objects.attached().filter(source=OuterRef("source"))


def citations_of(source_ids: Sequence[int]) -> Mapping[int, list[Citation]]:
    by_source: dict[int, list[Citation]] = {key: [] for key in source_ids}
    for citation in Citation.objects.attached().filter(source__in=source_ids).order_by("pk"):
        if citation.source_id is not None:
            by_source[citation.source_id].append(citation)
    return by_source


def standing_verdicts(citations: Sequence[Citation]) -> dict[int, Verdict]:
    """The standing verdicts on the passages as they are quoted today: one on an edited passage counts no more."""
    quoted = {citation.pk: citation.exact for citation in citations}
    standing = Verdict.objects.standing().filter(citation__in=quoted)
    return {
        verdict.citation_id: verdict for verdict in standing if verdict.passage == quoted[verdict.citation_id]
    }


def suspicions_of(source_ids: Sequence[int]) -> dict[int, Suspicion]:
    """By source, where the look before found something that a second must agree with."""
    if not source_ids:
        return {}
    looks = Check.objects.filter(source=OuterRef("pk"), outcome__in=TELLING)
    # A page that could not be found for once has said nothing about what was suspected.
    looks = looks.exclude(outcome=Outcome.GONE, is_confirmed=False)
    # By the order in which they were written: a clock may have been set back since the one before.
    latest = looks.order_by("-pk").values("pk")[:1]
    before = Source.objects.filter(pk__in=source_ids).annotate(look=Subquery(latest)).values("look")
    # Nor has what was read at another address, before an editor changed it.
    here = Q(snapshot=None) | Q(snapshot__url=F("source__url"))
    # Nor was a passage suspected that has been edited since.
    in_context = Q(prefix=None) | Q(prefix=F("citation__prefix"), suffix=F("citation__suffix"))
    as_quoted = Verdict.objects.filter(
        in_context,
        is_confirmed=False,
        is_alternating=False,
        passage=F("citation__exact"),
        citation__source=F("found_by__source"),
    )
    checks = Check.objects.filter(here, pk__in=before).prefetch_related(Prefetch("verdicts", as_quoted))
    return {check.source_id: _suspicion(check) for check in checks}


def _suspicion(before: Check) -> Suspicion:
    return Suspicion(
        outcome=None if before.is_confirmed else Outcome(before.outcome),
        citation_ids=frozenset(verdict.citation_id for verdict in before.verdicts.all()),
        check=before,
    )

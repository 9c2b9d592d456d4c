"""What proves how a quoted passage stood: which copies and which verdicts belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from stories.models import Article, Check, Citation, Snapshot, Source, Verdict

_NOT_MODIFIED = "not_modified"
#: Reasons of a look that found the very bytes of the copy at hand.
_SAME_BYTES = ("same_bytes", _NOT_MODIFIED)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The copies to be shown, and the citations whose verdicts go with them. `name` is for a file."""

    title: str
    name: str
    snapshots: QuerySet[Snapshot]
    citations: QuerySet[Citation]

    def in_order(self) -> Iterator[Snapshot]:
        """Oldest first, one at a time in memory."""
        return self.snapshots.select_related("source").order_by("fetched_at", "pk").iterator(chunk_size=20)

    def looks_at(self, snapshot: Snapshot) -> list[Look]:
        """The looks that tell of a copy: those that fetched it or met it anew, or judged by it, and the last."""
        checks = Check.objects.filter(snapshot=snapshot).order_by("started_at", "pk")
        fetched = list(checks.exclude(baseline=F("snapshot")))
        met = checks.filter(reason__in=_SAME_BYTES).last()
        verdicts = self._verdicts_on(snapshot)
        judged = {found[0].found_by_id: found[0].found_by for found in verdicts.values()}
        telling = {check.pk: check for check in [*fetched, *filter(None, [met])]} | judged
        in_order = sorted(telling.values(), key=lambda check: (check.started_at, check.pk))
        return [
            Look(check, verdicts.get(check.pk, []), is_first=number == 0)
            for number, check in enumerate(in_order)
        ]

    def _verdicts_on(self, snapshot: Snapshot) -> dict[int, list[Verdict]]:
        found = Verdict.objects.filter(citation__in=self.citations, found_by__snapshot=snapshot).order_by(
            "pk"
        )
        by_check: dict[int, list[Verdict]] = {}
        for verdict in found.select_related("found_by", "citation__article", "citation__claim"):
            by_check.setdefault(verdict.found_by_id, []).append(verdict)
        return by_check


@dataclass(frozen=True, slots=True)
class Look:
    """A check with what it found of the passages; the first of a copy's brought it."""

    check: Check
    verdicts: list[Verdict]
    is_first: bool

    @property
    def is_not_modified(self) -> bool:
        return self.check.reason == _NOT_MODIFIED

    @property
    def met_the_same_bytes(self) -> bool:
        """True where a later look met this very copy. One that only read the same may have met other bytes."""
        is_another_copy = self.check.snapshot_id != self.check.baseline_id
        return not self.is_first and (is_another_copy or self.check.reason in _SAME_BYTES)


def evidence_for_citation(citation: Citation) -> Evidence:
    """The copies that its verdicts rest on, those that they were held against, and the page as last believed."""
    citations = Citation.objects.filter(pk=citation.pk)
    title = f"The passage “{citation.exact}” in “{citation.article.headline}”"
    return Evidence(title, f"citation-{citation.pk}", _copies_behind(citations), citations)


def evidence_for_article(article: Article) -> Evidence:
    """The same for every passage that the story quotes."""
    citations = Citation.objects.filter(article=article)
    title = f"The passages quoted in “{article.headline}”"
    return Evidence(title, f"story-{article.slug}", _copies_behind(citations), citations)


def evidence_for_source(source: Source) -> Evidence:
    """Every copy that is kept of it, with the verdicts on every passage that any story takes from it."""
    snapshots = Snapshot.objects.filter(source=source)
    citations = Citation.objects.filter(source=source)
    return Evidence(f"The source “{source.title}”", f"source-{source.pk}", snapshots, citations)


def _copies_behind(citations: QuerySet[Citation]) -> QuerySet[Snapshot]:
    checks = Check.objects.filter(verdicts__citation__in=citations).order_by()
    rested_on = Q(pk__in=checks.values("snapshot")) | Q(pk__in=checks.values("baseline"))
    believed = Q(pk__in=citations.order_by().values("source__watch__snapshot"))
    return Snapshot.objects.filter(rested_on | believed)

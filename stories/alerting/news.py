"""Verdicts and checks that nobody has been told of are their own outbox; this claims the share of some sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from stories.models import Check, Citation, Source, Verdict

#: Verdicts, and checks, whose sources are told of before it is looked for others.
MOST_AT_ONCE = 10_000


class ToldMeanwhileError(Exception):
    """Somebody else marked the news as told between our reading and our mark: the transaction must roll back."""


@dataclass(frozen=True, slots=True)
class News:
    """What has become of one source since people were last told, oldest first."""

    source: Source
    verdicts: list[Verdict] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    citing_article_ids: set[int] = field(default_factory=set)

    @property
    def latest_check(self) -> Check:
        """The change that deliveries are about: with several in one go, people still hear once."""
        return max(
            (*self.checks, *(verdict.found_by for verdict in self.verdicts)), key=lambda check: check.pk
        )

    @property
    def current_verdicts(self) -> list[Verdict]:
        """Without those on a passage that rests on this source no more, or that nobody is to be told of."""
        return [
            verdict
            for verdict in self.verdicts
            if verdict.citation.source_id == self.source.pk and verdict.citation.is_watched
        ]

    @property
    def touched_article_ids(self) -> set[int]:
        """The stories that this is news for."""
        articles = {verdict.citation.article_id for verdict in self.current_verdicts}
        return articles | self.citing_article_ids if self.checks else articles

    def of_stories(self, article_ids: set[int]) -> News:
        """What of it is news for these stories, or for none at all; what befell the page is, where one cites it."""
        others = {
            verdict.pk for verdict in self.current_verdicts if verdict.citation.article_id not in article_ids
        }
        is_theirs = not self.citing_article_ids or bool(self.citing_article_ids & article_ids)
        verdicts = [verdict for verdict in self.verdicts if verdict.pk not in others]
        return replace(self, verdicts=verdicts, checks=self.checks if is_theirs else [])


def has_news() -> bool:
    return bool(_newest("pk", Verdict, most=1) or _newest("pk", Check, most=1))


def sources_with_news() -> list[int]:
    """Those of the newest news; the others wait until these are told."""
    verdicts = _newest("found_by__source_id", Verdict, most=MOST_AT_ONCE)
    return sorted({*verdicts, *_newest("source_id", Check, most=MOST_AT_ONCE)})


def _newest(name: str, model: type[Verdict] | type[Check], *, most: int) -> list[int]:
    """In order, and not all: else PostgreSQL reads the whole table instead of the index of what is untold.

    It takes what is news to be untold as often as anything else, and so expects very much of it.
    """
    return list(model.objects.untold().order_by("-pk").values_list(name, flat=True)[:most])


def lock_news(source_ids: Collection[int]) -> list[News]:
    """The untold news of these sources, locked; without the sources that another worker is at.

    Belongs into the transaction that writes the alerts.
    """
    # The lock on the source keeps two workers from writing two alerts about it to one person; "no key", so that
    # checks, which refer to the source, can be written meanwhile.
    locked = Source.objects.select_for_update(skip_locked=True, no_key=True).filter(pk__in=source_ids)
    found = {source.pk: News(source) for source in locked.order_by("pk")}
    verdicts = Verdict.objects.untold().select_for_update(of=("self",)).filter(found_by__source__in=found)
    for verdict in verdicts.select_related("citation", "found_by").order_by("pk"):
        found[verdict.found_by.source_id].verdicts.append(verdict)
    for check in Check.objects.untold().select_for_update().filter(source__in=found).order_by("pk"):
        found[check.source_id].checks.append(check)
    citing: dict[int | None, set[int]] = defaultdict(set)
    citations = Citation.objects.filter(source__in=found).order_by().values_list("source_id", "article_id")
    for source_id, article_id in citations:
        citing[source_id].add(article_id)
    for source_id, news in found.items():
        news.citing_article_ids.update(citing[source_id])
    return [news for news in found.values() if news.verdicts or news.checks]


def mark_as_told(told: Iterable[News], *, now: datetime) -> None:
    """Raises ToldMeanwhileError where somebody else has, so that the transaction rolls back."""
    told = list(told)
    verdicts = [verdict.pk for news in told for verdict in news.verdicts]
    checks = [check.pk for news in told for check in news.checks]
    marked = (_mark(Verdict, verdicts, now), _mark(Check, checks, now))
    if marked != (len(verdicts), len(checks)):
        raise ToldMeanwhileError(f"expected to mark {len(verdicts), len(checks)}, marked {marked}")


def _mark(model: type[Verdict] | type[Check], keys: Sequence[int], now: datetime) -> int:
    return model.objects.untold().filter(pk__in=keys).update(told_at=now) if keys else 0

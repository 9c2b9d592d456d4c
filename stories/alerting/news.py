"""Verdicts and checks that nobody has been told of are their own outbox; this claims one source's share of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stories.models import Check, Citation, Source, Verdict


class ToldMeanwhileError(Exception):
    """Somebody else marked the news as told between our reading and our mark: the transaction must roll back."""


@dataclass(frozen=True, slots=True)
class News:
    """What has become of one source since people were last told, oldest first."""

    source: Source
    verdicts: list[Verdict]
    checks: list[Check]
    citing_article_ids: set[int]

    @property
    def latest_check(self) -> Check:
        """The change that deliveries are about: with several in one go, people still hear once."""
        return max(
            (*self.checks, *(verdict.found_by for verdict in self.verdicts)), key=lambda check: check.pk
        )


def has_news() -> bool:
    return Verdict.objects.untold().exists() or Check.objects.untold().exists()


def sources_with_news() -> list[int]:
    verdicts = Verdict.objects.untold().order_by().values_list("found_by__source_id", flat=True)
    checks = Check.objects.untold().order_by().values_list("source_id", flat=True)
    return sorted({*verdicts, *checks})


def claim_news(source_id: int, *, now: datetime) -> News | None:
    """Lock a source's untold news and mark them; None where another worker is at them or there are none.

    Belongs into the transaction that writes the alerts. Raises ToldMeanwhileError, so that it rolls back.
    """
    # The lock on the source keeps two workers from writing two alerts about it to one person; "no key", so that
    # checks, which refer to the source, can be written meanwhile.
    locked = Source.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=source_id).first()
    if locked is None:
        return None
    verdicts = list(
        Verdict.objects.untold()
        .select_for_update(of=("self",))
        .select_related("citation", "found_by")
        .filter(found_by__source=locked)
        .order_by("pk")
    )
    checks = list(Check.objects.untold().select_for_update().filter(source=locked).order_by("pk"))
    if not verdicts and not checks:
        return None
    _mark(verdicts, checks, now=now)
    # A passage that was meanwhile attached to another source rests on this one no more.
    current = [verdict for verdict in verdicts if verdict.citation.source_id == source_id]
    citing = Citation.objects.filter(source=locked).order_by().values_list("article_id", flat=True)
    return News(locked, current, checks, set(citing)) if current or checks else None


def _mark(verdicts: list[Verdict], checks: list[Check], *, now: datetime) -> None:
    marked = (
        Verdict.objects.untold().filter(pk__in=[verdict.pk for verdict in verdicts]).update(told_at=now),
        Check.objects.untold().filter(pk__in=[check.pk for check in checks]).update(told_at=now),
    )
    if marked != (len(verdicts), len(checks)):
        raise ToldMeanwhileError(f"expected to mark {len(verdicts), len(checks)}, marked {marked}")

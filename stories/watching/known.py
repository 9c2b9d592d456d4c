"""What is on record about a source before it is looked at: its baseline, its citations, and what stands of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, cached_property
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects

from stories.models import Check, Citation, Snapshot, Source, Verdict, Watch
from stories.models.watch import without_rings
from stories.models.words import ALTERNATES, Outcome
from stories.text.extract import EXTRACTOR_VERSION
from stories.watching.on_record import (
    TELLING,
    Suspicion,
    citations_of,
    cited_at,
    is_unsettled,
    standing_verdicts,
    suspicions_of,
)

#: Two texts that give way to each other within this time are taken for alternating.
ALTERNATION_WINDOW = timedelta(days=14)
MOST_RECENT = 20
#: For so long is a server taken at its word that a page has not changed.
LONGEST_TRUST = timedelta(days=1)


@dataclass(frozen=True)
class Known:
    """As it stood at the time `at`. What most looks can do without is asked of the database when it is wanted."""

    at: datetime
    watch: Watch
    source: Source
    #: When the source, or a story that cites it, was last new or changed.
    young_since: datetime
    #: True where each passage was read and judged, so that news from the page can only be a change of it.
    is_settled: bool
    baseline: Snapshot | None
    suspicion: Suspicion = field(default_factory=Suspicion)
    #: By citation, where `bring_recent_verdicts` has asked for them.
    recent_verdicts: dict[int, Sequence[Verdict]] = field(default_factory=dict)

    @cached_property
    def citations(self) -> Sequence[Citation]:
        return citations_of([self.source.pk])[self.source.pk]

    @cached_property
    def verdicts(self) -> Mapping[int, Verdict]:
        """What stands of each passage that was judged as it is quoted today."""
        return standing_verdicts(self.citations)

    @cached_property
    def standing_check(self) -> Check | None:
        """The latest confirmed check that read the page, or found it gone."""
        checks = Check.objects.filter(source=self.source, is_confirmed=True, outcome__in=TELLING)
        return checks.order_by("-pk").first()

    def has_moved_so(self, explanation: str) -> bool:
        """Was this move confirmed before?"""
        before = self.standing_check
        if before and (before.outcome, before.explanation) == (Outcome.MOVED, explanation):
            return True
        moves = Check.objects.filter(source=self.source, outcome=Outcome.MOVED, is_confirmed=True)
        return moves.filter(explanation=explanation).exists()

    @property
    def is_gone(self) -> bool:
        return self.standing_check is not None and self.standing_check.outcome == Outcome.GONE

    @property
    def is_outdated(self) -> bool:
        """True where an older extractor read the baseline, and no look since has read it anew."""
        if self.baseline is None:
            return False
        return EXTRACTOR_VERSION not in (self.baseline.extractor_version, self.watch.read_with)

    @property
    def is_at_rest(self) -> bool:
        """True where the verdicts on record are sure to be those of the baseline: then nobody need read it again."""
        is_read = self.is_settled and not self.is_outdated
        return self.baseline is not None and is_read and not self.watch.is_suspected

    @property
    def may_be_asked_about(self) -> bool:
        """True where the server may be asked whether the page has changed, in place of the page.

        Not if a passage is still to be judged in it; and once a day it is read whatever the server would say of it,
        because some name a page the same after they have changed it.
        """
        sent_at = self.watch.sent_at
        is_recent = sent_at is not None and self.at - sent_at < LONGEST_TRUST
        return self.baseline is not None and self.is_settled and is_recent

    def recent_verdicts_on(self, citation: Citation) -> Sequence[Verdict]:
        """The last verdicts on the passage as it is quoted today, suspected ones too, oldest first."""
        if citation.pk not in self.recent_verdicts:
            bring_recent_verdicts([(self, [citation])])
        return self.recent_verdicts[citation.pk]

    @cached_property
    def dropped_checks(self) -> Sequence[Check]:
        """The changes that a second look did not confirm, of late and since the last that was, latest first."""
        return _dropped_checks([self])[self.source.pk]

    @cached_property
    def is_alternating(self) -> bool:
        """True where the page was found to alternate, and has done so of late."""
        if not self.watch.is_alternating:
            return False
        turns = Check.objects.filter(source=self.source, reason=ALTERNATES)
        return turns.filter(started_at__gt=self.at - ALTERNATION_WINDOW).exists()

    @property
    def returns(self) -> int:
        """How often in a row the page has changed back to the copy before, if that was of late."""
        return self.watch.return_count if self.has_changed_of_late else 0

    @property
    def has_changed_of_late(self) -> bool:
        changed_at = self.watch.changed_at
        return changed_at is not None and changed_at > self.at - ALTERNATION_WINDOW

    @property
    def copies_before(self) -> Sequence[Snapshot]:
        """What the page said before its baseline."""
        previous = self.watch.previous
        return [previous] if previous and previous != self.baseline else []

    @property
    def dropped_copies(self) -> Sequence[Snapshot]:
        """What the page said when it was last suspected in vain."""
        dropped = [check.snapshot for check in self.dropped_checks[:1]]
        return [copy for copy in dropped if copy and copy != self.baseline]

    @cached_property
    def copies_of_late(self) -> Sequence[Snapshot]:
        """What else the page was found to say of late, and not only suspected of; latest first."""
        return _copies_of_late([self])[self.source.pk]

    @property
    def may_turn(self) -> bool:
        """True where it was told that the page, or a passage in it, alternates."""
        return self.is_alternating or any(verdict.is_alternating for verdict in self.verdicts.values())


def known_under(lease: UUID, keys: Collection[int], *, now: datetime) -> dict[int, Known]:
    """Read anew what is on record of those of the watches that this lease holds, by their keys, in a few queries.

    What was read before the lease was held may be out of date. The bytes of the baselines are left where they are,
    and so are the passages, which most looks can do without.
    """
    watches = without_rings(_watches().filter(pk__in=keys, lease=lease))
    suspicions = suspicions_of([watch.source_id for watch in watches if watch.is_suspected])
    return {watch.pk: _known(watch, suspicions.get(watch.source_id), now=now) for watch in watches}


@cache
def _watches() -> QuerySet[Any]:
    """With what a look begins with. Made once: that takes as long as asking for fifty of them."""
    watches = Watch.objects.select_related("source", "snapshot").defer(
        "snapshot__headers", "snapshot__exchanges", "snapshot__packed_text"
    )
    return watches.annotate(cited_at=cited_at(), is_unsettled=is_unsettled())


def bring_pasts(knowns: Sequence[Known]) -> None:
    """Ask at once, for all of these, what a page that has changed is held against."""
    if not knowns:
        return
    baselines = [known.baseline for known in knowns if known.baseline]
    prefetch_related_objects(baselines, "blob__keyframe")
    returning = [known.watch for known in knowns if known.suspicion.outcome == Outcome.CHANGED]
    previous = Prefetch("previous", Snapshot.objects.defer("headers", "exchanges"))
    prefetch_related_objects(returning, previous, "previous__blob__keyframe")
    texts = dict(
        Snapshot.objects.filter(pk__in=[each.pk for each in baselines]).values_list("pk", "packed_text")
    )
    for baseline in baselines:
        baseline.packed_text = texts[baseline.pk]
    # As the properties of these names would, one query after the other.
    for known, dropped in zip(knowns, _dropped_checks(knowns).values(), strict=True):
        vars(known)["dropped_checks"] = dropped
    for known, copies in zip(knowns, _copies_of_late(knowns).values(), strict=True):
        vars(known)["copies_of_late"] = copies


def bring_passages(knowns: Sequence[Known]) -> None:
    """Ask at once, for all of these, for the passages and what stands of them."""
    if not knowns:
        return
    cited = citations_of([known.source.pk for known in knowns])
    verdicts = standing_verdicts([citation for each in cited.values() for citation in each])
    for known in knowns:
        citations = cited[known.source.pk]
        vars(known)["citations"] = citations
        vars(known)["verdicts"] = {each.pk: verdicts[each.pk] for each in citations if each.pk in verdicts}


def bring_recent_verdicts(wanted: Sequence[tuple[Known, Sequence[Citation]]]) -> None:
    """Ask at once for `Known.recent_verdicts_on` each of these citations."""
    keys = [citation.pk for _known, citations in wanted for citation in citations]
    if not keys:
        return
    recent: dict[int, list[Verdict]] = {key: [] for key in keys}
    for verdict in Verdict.objects.filter(_is_recent(keys)).select_related("found_by").order_by("pk"):
        recent[verdict.citation_id].append(verdict)
    for known, citations in wanted:
        for citation in citations:
            known.recent_verdicts[citation.pk] = [
                verdict for verdict in recent[citation.pk] if verdict.passage == citation.exact
            ]


def _is_recent(keys: Collection[int]) -> Q:
    """The last verdicts on each citation: of one that alternates there may be thousands, which are not read."""
    newest = Verdict.objects.filter(citation=OuterRef("pk")).order_by("-pk").values("pk")
    oldest = Citation.objects.annotate(oldest=Subquery(newest[MOST_RECENT - 1 : MOST_RECENT]))
    limits = dict(oldest.filter(pk__in=keys, oldest__isnull=False).values_list("pk", "oldest"))
    recent = Q(citation__in=[key for key in keys if key not in limits])
    for key, limit in limits.items():
        recent |= Q(citation=key, pk__gte=limit)
    return recent


def _dropped_checks(knowns: Sequence[Known]) -> dict[int, list[Check]]:
    """`Known.dropped_checks`, by source, in the order of `knowns`."""
    found: dict[int, list[Check]] = {known.source.pk: [] for known in knowns}
    asked = [known for known in knowns if known.suspicion.outcome != Outcome.CHANGED]
    if not asked:
        return found
    looks = (
        Check.objects.filter(
            source__in=[known.source.pk for known in asked],
            outcome=Outcome.CHANGED,
            started_at__gte=min(known.at for known in asked) - ALTERNATION_WINDOW,
        )
        .select_related("snapshot")
        .defer("snapshot__headers", "snapshot__exchanges")
    )
    for check in looks.order_by("-pk")[: MOST_RECENT * len(asked)]:
        found[check.source_id].append(check)
    return {
        key: list(takewhile(lambda check: not check.is_confirmed, checks)) for key, checks in found.items()
    }


def _copies_of_late(knowns: Sequence[Known]) -> dict[int, list[Snapshot]]:
    """`Known.copies_of_late`, by source, in the order of `knowns`."""
    # Most pages that change have not done so of late: the database need not be asked.
    asked = {
        known.source.pk: known for known in knowns if known.has_changed_of_late or known.watch.is_alternating
    }
    found: dict[int, list[Snapshot]] = {known.source.pk: [] for known in knowns}
    if not asked:
        return found
    looks = Check.objects.filter(
        Q(outcome=Outcome.CHANGED) | Q(reason=ALTERNATES),
        source__in=asked,
        is_confirmed=True,
        started_at__gt=min(known.at for known in asked.values()) - ALTERNATION_WINDOW,
    )
    turns: dict[int, list[int | None]] = {key: [] for key in asked}
    for key, *copies_of_turn in looks.order_by("-pk").values_list("source", "snapshot", "baseline"):
        if len(turns[key]) < 2 * MOST_RECENT:
            turns[key].extend(copies_of_turn)
    copies = Snapshot.objects.defer("headers", "exchanges").in_bulk(
        {side for sides in turns.values() for side in sides if side}
    )
    for key, sides in turns.items():
        known = asked[key]
        others = (copies[side] for side in dict.fromkeys(sides) if side)
        found[key] = [copy for copy in others if copy != known.baseline and copy.url == known.source.url]
    return found


def _known(watch: Any, suspicion: Suspicion | None, *, now: datetime) -> Known:
    source, snapshot = watch.source, watch.snapshot
    return Known(
        at=now,
        watch=watch,
        source=source,
        young_since=max(source.created_at, watch.cited_at or source.created_at),
        is_settled=not watch.is_unsettled,
        baseline=snapshot if snapshot and snapshot.url == source.url else None,
        suspicion=suspicion or Suspicion(),
    )

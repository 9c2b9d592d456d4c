"""The two copies that an alert is about, as cited and as it stands now, and the page around what is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from stories.alerting.account import Account
from stories.desk.comparison import Fold, Line, NotComparable, compare_copies
from stories.models import Citation, Snapshot, Verdict
from stories.models.blob import DamagedCopyError
from stories.models.words import VerdictWord

#: Larger copies are compared on a page of their own: nobody waits for them here.
MOST_BYTES = 600_000
#: Paragraphs shown on either side of a quoted one.
AROUND = 2


@dataclass(frozen=True, slots=True)
class AlertCopies:
    cited: Snapshot | None
    now: Snapshot | None
    #: The paragraphs around what is quoted, with their changes; empty where they cannot be compared at once.
    around: Sequence[Line | Fold] = ()

    @property
    def differ(self) -> bool:
        return self.cited is not None and self.now is not None and self.cited.pk != self.now.pk


def copies_of_alert(account: Account) -> AlertCopies:
    """As cited: the copy in which the passages were first found as quoted, else the one before the change."""
    citations = [passage.citation for passage in account.passages]
    cited, now = _as_cited(account, citations), _as_it_stands(account)
    copies = AlertCopies(cited, now)
    return AlertCopies(cited, now, _around(cited, now, citations)) if copies.differ else copies


def _as_cited(account: Account, citations: Sequence[Citation]) -> Snapshot | None:
    found = Verdict.objects.filter(
        citation__in=citations,
        verdict=VerdictWord.VERBATIM,
        is_confirmed=True,
        found_by__snapshot__isnull=False,
    ).order_by("pk")
    first = found.values_list("found_by__snapshot", flat=True).first()
    key = first or (account.change.baseline_id if account.change else None)
    return _copy(key)


def _as_it_stands(account: Account) -> Snapshot | None:
    watch = getattr(account.alert.source, "watch", None)
    key = watch.snapshot_id if watch else None
    return _copy(key or (account.change.snapshot_id if account.change else None))


def _copy(key: int | None) -> Snapshot | None:
    if key is None:
        return None
    copies = Snapshot.objects.filter(pk=key).select_related("blob__keyframe")
    return copies.defer("headers", "exchanges").first()


def _around(
    cited: Snapshot | None, now: Snapshot | None, citations: Sequence[Citation]
) -> Sequence[Line | Fold]:
    if cited is None or now is None or max(cited.size, now.size) > MOST_BYTES:
        return ()
    try:
        compared = compare_copies(cited, now, citations=citations)
    except (NotComparable, DamagedCopyError):
        return ()
    return near_what_is_quoted(compared.paragraphs)


def near_what_is_quoted(lines: Sequence[Line]) -> list[Line | Fold]:
    """The quoted paragraphs with a few on either side, or all that changed where none is found; the rest folded."""
    told = [line.is_quoted for line in lines]
    if not any(told):
        told = [line.kind != "same" for line in lines]
    near = [any(told[max(0, number - AROUND) : number + AROUND + 1]) for number in range(len(lines))]
    found: list[Line | Fold] = []
    for is_near, stretch in groupby(zip(near, lines, strict=True), key=lambda pair: pair[0]):
        here = [line for _, line in stretch]
        found += here if is_near else [Fold(len(here))]
    return found

"""A source's life in few numbers, however long: looks by period, the copies kept, what became of each passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, F, IntegerField, Max, Min, Sum, Value
from django.db.models.functions import Coalesce

from stories.models import Check, Citation, Snapshot, Source, Verdict
from stories.models.words import Outcome, VerdictWord

#: As many periods as a phone can show side by side.
MOST_PERIODS, FEWEST_PERIODS = 96, 24
MOST_LANES = 12
MOST_VERDICTS = 2_000
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_LENGTHS = (
    *(_MINUTE * n for n in (1, 2, 5, 15, 30)),
    *(_HOUR * n for n in (1, 3, 6, 12)),
    *(_DAY * n for n in (1, 2, 7, 14, 30, 91, 182, 365, 3_650)),
)


@dataclass(frozen=True, slots=True)
class Period:
    """The looks of one stretch of time; `suspected` counts the changes that were not confirmed yet."""

    begins_at: datetime
    ends_at: datetime
    looks: int
    by_outcome: Mapping[Outcome, int]
    suspected: int
    copies: int

    @property
    def endings(self) -> list[tuple[str, int]]:
        """How often each outcome came, in words; the order is that of the outcomes."""
        return [(str(word.label), self.by_outcome[word]) for word in Outcome if self.by_outcome.get(word)]


@dataclass(frozen=True, slots=True)
class Span:
    """How a passage stood from one time to another."""

    word: VerdictWord
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Lane:
    citation: Citation
    spans: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Life:
    """From `begins_at` to `ends_at`; `periods` holds those in which somebody looked or a copy was kept."""

    begins_at: datetime
    ends_at: datetime
    period: timedelta
    periods: Sequence[Period]
    lanes: Sequence[Lane]
    lanes_left_out: int

    @property
    def looks(self) -> int:
        return sum(period.looks for period in self.periods)

    @property
    def copies(self) -> int:
        return sum(period.copies for period in self.periods)

    def looks_that_ended(self, *outcomes: Outcome) -> int:
        return sum(period.by_outcome.get(outcome, 0) for period in self.periods for outcome in outcomes)


def life_of(source: Source, *, citations: Sequence[Citation], now: datetime) -> Life | None:
    """None where nobody has looked yet. The database counts: the answer is as small after 100,000 looks."""
    first = Check.objects.filter(source=source).aggregate(at=Min("started_at"))["at"]
    if first is None:
        return None
    length = _length_of_period(now - first)
    # It ends with the present period, and a short life does not fill the picture.
    last = int(now.timestamp()) // length
    begin = min(int(first.timestamp()) // length, last - FEWEST_PERIODS + 1)
    shown = citations[:MOST_LANES]
    return Life(
        begins_at=_time(begin * length),
        ends_at=_time((last + 1) * length),
        period=timedelta(seconds=length),
        periods=list(_periods(source, length)),
        lanes=list(_lanes(shown, now=now)),
        lanes_left_out=len(citations) - len(shown),
    )


def _length_of_period(age: timedelta) -> int:
    enough = (length for length in _LENGTHS if age.total_seconds() / length < MOST_PERIODS - 1)
    return next(enough, _LENGTHS[-1])


class _Epoch(models.Func):
    """Whole seconds since 1970."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s)) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)


def _number_of_period(at: models.F | models.Func, length: int) -> models.Expression:
    return models.ExpressionWrapper(_Epoch(at) / Value(length), output_field=IntegerField())


def _periods(source: Source, length: int) -> Iterator[Period]:
    by_outcome: dict[int, dict[Outcome, int]] = defaultdict(lambda: defaultdict(int))
    suspected: dict[int, int] = defaultdict(int)
    for row in _counted(source, length):
        for number, looks in _spread(row, length):
            by_outcome[number][Outcome(row["outcome"])] += looks
            if row["outcome"] == Outcome.CHANGED and not row["is_confirmed"]:
                suspected[number] += looks
    copies = _copies_by_period(source, length)
    for number in sorted(by_outcome.keys() | copies.keys()):
        outcomes = dict(by_outcome.get(number, {}))
        yield Period(
            begins_at=_time(number * length),
            ends_at=_time((number + 1) * length),
            looks=sum(outcomes.values()),
            by_outcome=outcomes,
            suspected=suspected.get(number, 0),
            copies=copies.get(number, 0),
        )


def _counted(source: Source, length: int) -> Iterable[Mapping[str, Any]]:
    """The looks by outcome and by the periods from which and to which they were counted together.

    Of those counted in one check that leads over the end of a period there is a row for each such check, and no more
    of them than there are periods.
    """
    last_at = Coalesce("last_at", "started_at")
    checks = Check.objects.filter(source=source).annotate(
        first=_number_of_period(F("started_at"), length), last=_number_of_period(last_at, length)
    )
    grouped = checks.order_by().values("first", "last", "outcome", "is_confirmed")
    return grouped.annotate(total=Sum("looks"), from_at=Min("started_at"), to_at=Max(last_at))


def _spread(row: Mapping[str, Any], length: int) -> Iterator[tuple[int, int]]:
    """The periods with the looks in each, as if those between the first and the last came at an even pace."""
    first, last, total = row["first"], row["last"], row["total"]
    if first == last:
        yield first, total
        return
    lasts, before = row["to_at"] - row["from_at"], 0
    for number in range(first, last):
        passed = _time((number + 1) * length) - row["from_at"]
        # Rounded up: one that came at the very end belongs to the next period.
        until = -(-passed * (total - 1) // lasts)
        if until > before:
            yield number, until - before
        before = until
    yield last, total - before


def _copies_by_period(source: Source, length: int) -> dict[int, int]:
    copies = Snapshot.objects.filter(source=source).annotate(
        number=_number_of_period(F("fetched_at"), length)
    )
    return dict(copies.order_by().values_list("number").annotate(total=Count("pk")))


def _lanes(citations: Sequence[Citation], *, now: datetime) -> Iterator[Lane]:
    verdicts = (
        Verdict.objects.filter(citation__in=citations, is_confirmed=True)
        .order_by("-pk")
        .values_list("citation", "verdict", "found_by__started_at")[:MOST_VERDICTS]
    )
    found: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for key, word, at in reversed(verdicts):
        found[key].append((word, at))
    for citation in citations:
        yield Lane(citation, list(_spans(found[citation.pk], now=now)))


def _spans(verdicts: Sequence[tuple[str, datetime]], *, now: datetime) -> Iterator[Span]:
    """A verdict stands until another word takes its place."""
    begins = [
        number for number, (word, _) in enumerate(verdicts) if not number or word != verdicts[number - 1][0]
    ]
    for number, begin in enumerate(begins):
        word, at = verdicts[begin]
        ends_at = verdicts[begins[number + 1]][1] if number + 1 < len(begins) else max(now, at)
        yield Span(VerdictWord(word), at, ends_at)


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)

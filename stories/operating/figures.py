"""The newsroom in figures, for graphs: read from the rows when they are asked for, and so the same wherever one asks.

Each question is answered by an index, and grows with what waits to be done, not with what was done in all the years.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError
from django.db.models import Count

from stories.models import Alert, Delivery, Digest, Pulse, Tally, Version, Watch
from stories.models.outgoing import ON_THE_WAY_OUT
from stories.models.pulse import TIDYING
from stories.models.words import DeliveryState, Gravity, Outcome
from stories.operating.broker import queue_lengths
from stories.operating.impatience import Patience
from stories.operating.readiness import Part, patience, read_readiness


@dataclass(frozen=True, slots=True)
class Figure:
    """`values` by what the label says; under the empty word where there is no label. A total only grows."""

    name: str
    meaning: str
    values: Mapping[str, float]
    label: str = ""
    is_total: bool = False


def read_figures(*, now: datetime) -> Iterator[Figure]:
    """Of a part that does not answer it is told that it does not, and nothing else."""
    asked_with = Patience()
    parts = {part.name: part for part in read_readiness(now=now, asked_with=asked_with)}
    yield Figure(
        "part_well",
        "Whether a part of the newsroom does its work, as /readyz says.",
        {name: part.is_well for name, part in parts.items()},
        label="part",
    )
    yield from _of_readiness(parts)
    if parts["broker"].is_well:
        yield from _queues()
    if parts["database"].is_well:
        for figures in (_tidying(now), _watching(now), _alerting(), _publishing()):
            yield from _in_time(figures, asked_with)


def _in_time(figures: Iterator[Figure], asked_with: Patience) -> list[Figure]:
    """All of them, or none where a table is locked."""
    with suppress(DatabaseError), asked_with.at_a_question():
        return list(figures)
    return []


#: The fact of a part, as a figure.
_FACTS = {
    ("schedule", "seconds_since_tick"): (
        "last_tick_age_seconds",
        "How long ago a worker last handed out what is due.",
    ),
    ("checks", "overdue_seconds"): ("oldest_overdue_check_seconds", "How late the latest check is."),
    ("alerts", "overdue_seconds"): (
        "oldest_undelivered_alert_seconds",
        "How long the oldest alert or digest has waited past its time.",
    ),
    ("mail", "away_seconds"): ("mail_away_seconds", "For how long the mail server has taken no letter."),
    ("publications", "overdue_seconds"): (
        "oldest_overdue_publication_seconds",
        "How late the latest scheduled publication is.",
    ),
    ("record", "leaves"): ("record_leaves", "Leaves of the record."),
    ("verification", "seconds_since_verified"): (
        "record_verified_age_seconds",
        "How long ago all of the record was last verified.",
    ),
    ("verification", "flaws"): ("record_flaws", "What was found against the record then."),
    ("record", "unsigned_leaves"): ("record_unsigned_leaves", "Leaves that no checkpoint has signed yet."),
}


def _of_readiness(parts: Mapping[str, Part]) -> Iterator[Figure]:
    for (part, fact), (name, meaning) in _FACTS.items():
        if part in parts and fact in parts[part].facts:
            yield _one(name, meaning, parts[part].facts[fact])


def _queues() -> Iterator[Figure]:
    try:
        lengths = queue_lengths()
    except Exception:  # noqa: BLE001 - each transport has its own errors, and the broker is a part of its own
        return
    if lengths:
        said = "Messages that wait for a worker, in each queue that somebody has used."
        yield Figure("queue_messages", said, dict(sorted(lengths.items())), label="queue")


def _tidying(now: datetime) -> Iterator[Figure]:
    if last := Pulse.last_beat(TIDYING):
        said = "How long ago rows that were of use for a while only were let go."
        yield _one("last_tidying_age_seconds", said, max((now - last).total_seconds(), 0.0))


def _watching(now: datetime) -> Iterator[Figure]:
    looks = dict.fromkeys(Outcome.values, 0) | dict(Tally.objects.values_list("outcome", "looks"))
    yield Figure("checks", "Looks at sources, by how they ended.", looks, label="outcome", is_total=True)
    due = Watch.objects.due(now).order_by()
    yield _one("checks_due", "Sources to be looked at now.", due.count())
    late = due.filter(due_at__lte=now - patience())
    yield _one("checks_overdue", "Sources due for longer than READY_OVERDUE_SECONDS.", late.count())


def _alerting() -> Iterator[Figure]:
    counted = Alert.objects.open().order_by().values_list("gravity").annotate(Count("pk"))
    opened = {gravity.name.lower(): 0 for gravity in Gravity}
    opened |= {Gravity(gravity).name.lower(): count for gravity, count in counted}
    yield Figure("alerts_open", "Alerts that nobody has answered.", opened, label="gravity")
    for name, rows in (("deliveries", Delivery.objects), ("digests", Digest.objects)):
        on_the_way = rows.filter(state__in=ON_THE_WAY_OUT).order_by().values_list("state")
        states = dict.fromkeys(ON_THE_WAY_OUT, 0) | dict(on_the_way.annotate(Count("pk")))
        if rows is Delivery.objects:
            states[DeliveryState.GIVEN_UP] = rows.filter(state=DeliveryState.GIVEN_UP).count()
        said = f"{name.title()} on their way out, or given up."
        yield Figure(name, said, {str(state): count for state, count in states.items()}, label="state")


def _publishing() -> Iterator[Figure]:
    yield _one("versions_published", "Versions of stories that were published.", Version.objects.count())


def _one(name: str, meaning: str, value: float) -> Figure:
    return Figure(name, meaning, {"": value})

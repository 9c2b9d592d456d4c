"""What is asked of every story and source of a large newsroom is counted by a task, and shown as it then was.

Four figures read all passages or all sources. Where these are few they are counted when somebody looks; where they
are many, the page shows the last count with its time, and the task renews it, all the seldomer the longer it takes.
The stories of one reporter are few in any newsroom, and are always counted when they look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from stories.glance.kept import Kept
from stories.glance.passages import passages_by_level
from stories.glance.quotes import quotes_that_fail
from stories.glance.scope import Scope
from stories.glance.sources import failing_first, sources_by_health
from stories.models import KeptFigure, Source

#: From the source with this number on, a newsroom is large.
MANY_SOURCES = 50_000
QUOTES, FAILING, SOURCES, PASSAGES = "quotes", "failing", "sources", "passages"
#: How many seconds counting took last, kept as the figures are.
TOOK = "took"
#: After a count the task rests for so many times as long: so it takes no more than a fiftieth of a core.
REST = 50

_EVERYTHING = Scope()
_COUNTS: Mapping[str, Callable[[datetime], Any]] = {
    QUOTES: lambda _now: quotes_that_fail(_EVERYTHING),
    FAILING: lambda _now: failing_first(_EVERYTHING),
    SOURCES: lambda _now: sources_by_health(_EVERYTHING),
    PASSAGES: lambda now: passages_by_level(_EVERYTHING, now=now),
}


def is_large() -> bool:
    """Told from the newest row alone, which costs the same however many there are."""
    newest = Source.objects.order_by("-pk").values_list("pk", flat=True).first()
    return (newest or 0) >= MANY_SOURCES


def standing_figures(*, now: datetime) -> dict[str, Kept[Any]]:
    """As the task has counted them last, by their names; none where they are to be counted for whoever asks."""
    if not is_large():
        return {}
    figures = {figure.name: Kept(figure.value, figure.as_of) for figure in KeptFigure.objects.all()}
    return {name: figures.get(name) or _count(name, now=now) for name in _COUNTS}


def count_again(*, now: Callable[[], datetime]) -> None:
    """Count what is kept anew, where that has rested for long enough; of a newsroom that is small, nothing is kept."""
    if not is_large():
        KeptFigure.objects.all().delete()
        return
    began_at = now()
    if _is_resting(began_at):
        return
    for name in _COUNTS:
        _count(name, now=now())
    ended_at = now()
    KeptFigure.keep(TOOK, (ended_at - began_at).total_seconds(), now=ended_at)


def _is_resting(now: datetime) -> bool:
    """True for a while after a count that took long. A clock that was set back holds nothing up."""
    took = KeptFigure.objects.filter(name=TOOK).first()
    return took is not None and took.as_of <= now < took.as_of + timedelta(seconds=REST * took.value)


def _count(name: str, *, now: datetime) -> Kept[Any]:
    value = _COUNTS[name](now)
    KeptFigure.keep(name, value, now=now)
    return Kept(value, now)

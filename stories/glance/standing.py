"""What is asked of every story and source of a large newsroom is counted by a task, and shown as it then was.

Four figures read all passages or all sources. Where these are few they are counted when somebody looks; where they
are many, the page shows the last count with its time, and the task renews it. The stories of one reporter are few in
any newsroom, and are always counted when they look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
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
    """Count what is kept anew; nothing is kept of a newsroom that is small."""
    if not is_large():
        KeptFigure.objects.all().delete()
        return
    for name in _COUNTS:
        _count(name, now=now())


def _count(name: str, *, now: datetime) -> Kept[Any]:
    value = _COUNTS[name](now)
    KeptFigure.keep(name, value, now=now)
    return Kept(value, now)

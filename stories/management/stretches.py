"""Sources gone through by hand, however many: some at a time in memory, with a bar for whoever waits."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from rich.console import Console
from rich.progress import track

from stories.models import Source

_AT_ONCE = 500


def each_with_progress(sources: QuerySet[Source], doing: str) -> Iterable[Source]:
    """Each of them by key. What is done to one may take it out of `sources`."""
    is_watched = sys.stderr.isatty()
    return track(
        _by_key(sources),
        doing,
        # Counted for the bar alone.
        total=sources.count() if is_watched else None,
        console=Console(stderr=True),
        transient=True,
        disable=not is_watched,
    )


def _by_key(sources: QuerySet[Source]) -> Iterator[Source]:
    last = 0
    while some := list(sources.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        yield from some
        last = some[-1].pk

"""Sources gone through by hand, however many: some at a time in memory, with a bar for whoever waits."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain

from django.db.models import QuerySet
from rich.console import Console
from rich.progress import track

from stories.models import Source

_AT_ONCE = 500


def each_with_progress(sources: QuerySet[Source], doing: str) -> Iterable[Source]:
    """Each of them by key. What is done to one may take it out of `sources`."""
    is_watched = sys.stderr.isatty()
    return track(
        chain.from_iterable(in_stretches(sources, size=_AT_ONCE)),
        doing,
        # Counted for the bar alone.
        total=sources.count() if is_watched else None,
        console=Console(stderr=True),
        transient=True,
        disable=not is_watched,
    )


def in_stretches(sources: QuerySet[Source], *, size: int) -> Iterator[list[Source]]:
    """So many of them together, by key. What is done to one may take it out of `sources`."""
    last = 0
    while some := list(sources.filter(pk__gt=last).order_by("pk")[:size]):
        yield some
        last = some[-1].pk

"""Read every stored copy again: exit 0 where each is what was fetched, 1 where one is damaged."""

import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import F
from rich.console import Console
from rich.progress import track

from stories.models import Blob, Snapshot
from stories.models.blob import DamagedCopyError
from stories.text.printable import one_line

DAMAGED = 1
_ROWS_AT_ONCE = 20


class Command(BaseCommand):
    help = "Holds every stored copy against its SHA-256. Exit status: 0 sound, 1 damaged."
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        total = Blob.objects.count()
        damaged = [*_damaged(total), *_misplaced()]
        for error in damaged:
            self.stdout.write(f"{error} It is a copy of {_sources_of(error.digest)}.")
        if damaged:
            verb = "is" if len(damaged) == 1 else "are"
            self.stdout.write(f"{len(damaged)} of {total} stored copies {verb} damaged.")
            sys.exit(DAMAGED)
        self.stdout.write(f"All {total} stored copies are what was fetched.")


def _damaged(total: int) -> Iterator[DamagedCopyError]:
    for blob in track(
        _blobs(),
        "Reading copies",
        total=total,
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    ):
        try:
            _ = blob.body
        except DamagedCopyError as error:
            yield error


def _misplaced() -> Iterator[DamagedCopyError]:
    """Those that stand with the sound bytes of another."""
    for digest in Snapshot.objects.exclude(digest=F("blob__digest")).values_list("digest", flat=True):
        yield DamagedCopyError(digest)


def _blobs() -> Iterator[Blob]:
    """By their keys: PostgreSQL would first write down all of one answer, as large as all copies together."""
    rows, last = Blob.objects.select_related("keyframe").order_by("pk"), 0
    while batch := list(rows.filter(pk__gt=last)[:_ROWS_AT_ONCE]):
        yield from batch
        last = batch[-1].pk


def _sources_of(digest: str) -> str:
    copies = Snapshot.objects.filter(digest=digest).order_by("source__title")
    titles = dict.fromkeys(copies.values_list("source__title", flat=True))
    return ", ".join(f"“{one_line(title)}”" for title in titles) or "no source any more"

"""Show which copies have had their time, and delete them where that is asked for."""

from argparse import ArgumentParser
from collections.abc import Sequence
from io import StringIO
from shutil import get_terminal_size
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from stories.management.stretches import each_with_progress
from stories.models import Source
from stories.text.printable import one_line
from stories.watching.limits import retention
from stories.watching.retention import Thinning, plan_thinning, sources_with_copies_to_thin, thin


class Command(BaseCommand):
    help = (
        "Shows which copies of sources have had their time: all but those that carry a verdict, that an alert "
        "tells of, or that are kept for their age. Deletes nothing without --delete."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, default=[], metavar="ID", help="only these sources")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--dry-run", action="store_true", help="only show what would go (the default)")
        what.add_argument("--delete", action="store_true", help="delete what is shown")

    def handle(self, *, ids: Sequence[int], delete: bool, **_options: Any) -> None:
        now, keep, carry_out = timezone.now(), retention(), thin if delete else plan_thinning
        chosen = _sources(ids) if ids else sources_with_copies_to_thin(keep, now=now)
        sources = each_with_progress(chosen, "Going through the copies")
        thinned = [done for source in sources if (done := carry_out(source, keep, now=now)).snapshot_ids]
        if thinned:
            self._write(_table(thinned))
        self.stdout.write(_sentence(thinned, is_done=delete))

    def _write(self, table: Table) -> None:
        width = get_terminal_size((120, 24)).columns
        console = Console(file=StringIO(), width=width, force_terminal=self.stdout.isatty(), highlight=False)
        with console.capture() as capture:
            console.print(table)
        self.stdout.write(capture.get().rstrip())


def _sources(ids: Sequence[int]) -> QuerySet[Source]:
    sources = Source.objects.filter(pk__in=ids)
    if unknown := set(ids).difference(sources.values_list("pk", flat=True)):
        raise CommandError(f"There is no source with the ID {', '.join(map(str, sorted(unknown)))}.")
    return sources


def _table(thinned: list[Thinning]) -> Table:
    table = Table("ID", "Source")
    for heading in ("Copies", "To go", "Space"):
        table.add_column(heading, justify="right")
    for it in thinned:
        counts = (f"{it.copies:,}", f"{len(it.snapshot_ids):,}", _space(it.freed_bytes))
        table.add_row(str(it.source.pk), escape(one_line(it.source.title)), *counts)
    return table


def _sentence(thinned: list[Thinning], *, is_done: bool) -> str:
    if not thinned:
        return "No copy has had its time."
    copies = sum(len(it.snapshot_ids) for it in thinned)
    amount = (
        f"{copies:,} {'copy' if copies == 1 else 'copies'}, {_space(sum(it.freed_bytes for it in thinned))}"
    )
    return f"Deleted: {amount}." if is_done else f"Would go: {amount}. Nothing was deleted; --delete does it."


def _space(size: int) -> str:
    return filesizeformat(size).replace("\xa0", " ")

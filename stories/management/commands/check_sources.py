"""`manage.py check_sources`: look at sources by hand, with a progress bar and a summary."""

import shutil
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from stories.alerting.tell import tell_news
from stories.management.stretches import in_stretches
from stories.models import Check, Source, Verdict, Watch
from stories.models.words import Outcome, Timing, VerdictWord
from stories.text.printable import one_line
from stories.watching.check import check_watches
from stories.watching.due import adopt_sources, look_soon

_AT_ONCE = 5_000


class Command(BaseCommand):
    help = "Checks sources now: those that are due, those named by their ID, or all."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true", help="every watched source, due or not")
        which.add_argument("--due", action="store_true", help="those that are due (the default)")
        which.add_argument(
            "ids", nargs="*", type=int, default=[], metavar="ID", help="these sources, due or not"
        )

    def handle(self, *, all: bool, ids: Sequence[int], **_options: Any) -> None:  # noqa: A002 - the option's name
        adopt_sources(now=timezone.now())
        stretches = _all() if all else [_named(ids)] if ids else _due()
        is_idle = True
        for watches in filter(None, stretches):
            is_idle = False
            self._look(watches)
        if is_idle:
            self.stdout.write("No source is watched." if all else "Nothing is due.")

    def _look(self, watches: list[Watch]) -> None:
        checks = list(_with_progress(watches))
        self._summarise(checks, left_out=len(watches) - len(checks))
        self._tell()

    def _summarise(self, checks: list[Check], *, left_out: int) -> None:
        verdicts = list(Verdict.objects.filter(found_by__in=[check.pk for check in checks]))
        self._write(_counts_table(checks, verdicts), _sources_table(checks, verdicts))
        if left_out:
            self.stdout.write(f"Left out, because another worker was at them: {left_out}.")
        suspected = sum(not check.is_confirmed for check in checks)
        if suspected:
            self.stdout.write(f"To be looked at a second time before anybody is told: {suspected}.")

    def _tell(self) -> None:
        written = tell_news(now=timezone.now())
        deliveries = [delivery for delivery in written if delivery.timing == Timing.AT_ONCE]
        if deliveries:
            self.stdout.write(f"Messages that the worker’s next tick sends: {len(deliveries)}.")

    def _write(self, *tables: Table) -> None:
        # The tables are laid out first and written whole, because Django's stdout ends every write with a new line.
        width = shutil.get_terminal_size((120, 24)).columns
        console = Console(file=StringIO(), width=width, force_terminal=self.stdout.isatty(), highlight=False)
        with console.capture() as capture:
            console.print(*tables, sep="\n")
        self.stdout.write(capture.get().rstrip())


def _due() -> Iterator[list[Watch]]:
    """Some at a time, each with a summary of its own: after an outage there may be a million."""
    due = Watch.objects.due(timezone.now())
    for sources in in_stretches(Source.objects.filter(watch__in=due), size=_AT_ONCE):
        yield list(due.filter(source__in=sources).select_related("source"))


def _all() -> Iterator[list[Watch]]:
    """In the same way, whether due or not."""
    for sources in in_stretches(Source.objects.filter(is_watched=True), size=_AT_ONCE):
        look_soon(sources, now=timezone.now())
        watches = Watch.objects.filter(source__in=sources, due_at__isnull=False)
        yield list(watches.select_related("source").order_by("due_at"))


def _named(ids: Sequence[int]) -> list[Watch]:
    sources = Source.objects.in_bulk(ids)
    unknown = [key for key in ids if key not in sources]
    if unknown:
        raise CommandError(f"There is no source with the ID {', '.join(map(str, unknown))}.")
    unwatched = [key for key, source in sources.items() if not source.is_watchable]
    if unwatched:
        raise CommandError(f"Not watched, or without an address: {', '.join(map(str, unwatched))}.")
    look_soon(sources.values(), now=timezone.now())
    return list(Watch.objects.filter(source__in=sources).select_related("source").order_by("source"))


def _with_progress(watches: list[Watch]) -> Iterator[Check]:
    console = Console(stderr=True)
    return iter(
        track(
            check_watches(watches, now=timezone.now),
            "Looking at sources",
            total=len(watches),
            console=console,
            disable=not sys.stderr.isatty(),
        )
    )


def _counts_table(checks: list[Check], verdicts: list[Verdict]) -> Table:
    outcomes = Counter(check.outcome for check in checks)
    words = Counter(verdict.verdict for verdict in verdicts)
    table = Table("Sources", "", "Passages with a new verdict", "", title=f"Sources looked at: {len(checks)}")
    left = [(str(outcome.label), str(outcomes[outcome])) for outcome in Outcome if outcomes[outcome]]
    right = [(str(word.label), str(words[word])) for word in VerdictWord if words[word]]
    for row in range(max(len(left), len(right))):
        table.add_row(*_cell(left, row), *_cell(right, row))
    return table


def _cell(pairs: list[tuple[str, str]], row: int) -> tuple[str, str]:
    return pairs[row] if row < len(pairs) else ("", "")


def _sources_table(checks: list[Check], verdicts: list[Verdict]) -> Table:
    found = {
        check.pk: [verdict for verdict in verdicts if verdict.found_by_id == check.pk] for check in checks
    }
    table = Table("ID", "Source", "Outcome", "What was found")
    for check in sorted(checks, key=lambda check: check.source_id):
        outcome = Outcome(check.outcome).label + ("" if check.is_confirmed else " (suspected)")
        table.add_row(
            str(check.source_id),
            escape(one_line(check.source.title)),
            outcome,
            _account(check, found[check.pk]),
        )
    return table


def _account(check: Check, verdicts: list[Verdict]) -> str:
    words = Counter(VerdictWord(verdict.verdict).label for verdict in verdicts)
    passages = ", ".join(f"{count} {word}" for word, count in words.items())
    return " ".join(filter(None, [escape(check.explanation), f"Passages: {passages}." if passages else ""]))

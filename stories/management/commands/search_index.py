"""`manage.py search_index`: whether the index of words says what the rows say; `--rebuild` makes it so."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from stories.searching.index import is_laid, lay_search_triggers
from stories.searching.mending import Place, Step, mend_in_steps, rows_to_read, verify_in_steps


class Command(BaseCommand):
    help = (
        "Verify that everything can be found by its words; with --rebuild, mend what cannot. "
        "Who breaks it off keeps what was done, and is told how to go on."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rebuild", action="store_true", help="Write anew what is missing or out of date."
        )
        parser.add_argument(
            "--after", type=_place, metavar="KIND:KEY", help="Go on where it was broken off, as it said then."
        )

    def handle(self, *, rebuild: bool, after: Place | None, **_options: Any) -> None:
        if rebuild:
            lay_search_triggers()
            flaws = _add_up(mend_in_steps(after=after), "Writing texts anew", after)
            self.stdout.write(f"{flaws} texts were written anew; everything can be found.")
            return
        flaws = _add_up(verify_in_steps(after=after), "Comparing texts", after)
        if flaws or not is_laid():
            raise CommandError(
                f"{flaws} texts cannot be found as they are now. Run: manage.py search_index --rebuild"
            )
        self.stdout.write("Everything can be found.")


def _add_up(steps: Iterable[Step], doing: str, after: Place | None) -> int:
    console, flaws = Console(stderr=True), 0
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        # One for each kind, because a story takes as long as fifty sources.
        bars = {
            kind: progress.add_task(f"{doing}: {kind}", total=rows)
            for kind, rows in rows_to_read(after=after).items()
        }
        try:
            for step in steps:
                after, flaws = step.done, flaws + step.flaws
                progress.advance(bars[step.done.kind], step.rows)
        except KeyboardInterrupt:
            raise CommandError(
                f"Broken off; so far {flaws} texts could not be found. To go on, add: --after {after or Place()}"
            ) from None
    return flaws


def _place(typed: str) -> Place:
    try:
        return Place.parse(typed)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error

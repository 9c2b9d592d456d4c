"""`manage.py search_index`: whether the index of words says what the rows say; `--rebuild` makes it so."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from stories.searching.index import is_laid, lay_search_triggers
from stories.searching.mending import Place, Step, mend_in_steps, rows_to_read, verify_in_steps

_WAY_OUT = "To mend them, run: manage.py search_index --rebuild"


@dataclass(frozen=True, slots=True)
class _Work:
    doing: str
    done: str

    def so_far(self, flaws: int) -> str:
        return f"{flaws} texts {self.done}"


_VERIFYING = _Work("Comparing texts", "cannot be found as they are now")
_REBUILDING = _Work("Writing texts anew", "were written anew")


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
        found = f"from {after} on, everything can be found." if after else "everything can be found."
        if rebuild:
            lay_search_triggers()
            flaws = _add_up(mend_in_steps(after=after), _REBUILDING, after)
            self.stdout.write(f"{_REBUILDING.so_far(flaws)}; {found}")
            return
        flaws = _add_up(verify_in_steps(after=after), _VERIFYING, after)
        if flaws or not is_laid():
            raise CommandError(f"{_VERIFYING.so_far(flaws)}. {_WAY_OUT}")
        self.stdout.write(found[0].upper() + found[1:])


def _add_up(steps: Iterable[Step], work: _Work, after: Place | None) -> int:
    console, flaws = Console(stderr=True), 0
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        # One for each kind, because a story takes as long as fifty sources.
        bars = {
            kind: progress.add_task(f"{work.doing}: {kind}", total=rows)
            for kind, rows in rows_to_read(after=after).items()
        }
        try:
            for step in steps:
                after, flaws = step.done, flaws + step.flaws
                progress.advance(bars[step.done.kind], step.rows)
        except KeyboardInterrupt:
            said = f"Broken off; so far {work.so_far(flaws)}. To go on, add: --after {after or Place()}"
            raise CommandError(f"{said}. {_WAY_OUT}" if flaws and work is _VERIFYING else said) from None
    return flaws


def _place(typed: str) -> Place:
    try:
        return Place.parse(typed)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error

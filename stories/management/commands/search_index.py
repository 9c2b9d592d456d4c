"""`manage.py search_index`: whether the index of words says what the rows say; `--rebuild` makes it so."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stories.searching.index import is_laid, lay_search_triggers, mend_index, verify_index


class Command(BaseCommand):
    help = "Verify that everything can be found by its words; with --rebuild, mend what cannot."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rebuild", action="store_true", help="Write anew what is missing or out of date."
        )

    def handle(self, *, rebuild: bool, **_options: Any) -> None:
        if rebuild:
            lay_search_triggers()
            self.stdout.write(f"{mend_index()} texts were written anew; everything can be found.")
            return
        flaws = verify_index()
        if flaws or not is_laid():
            raise CommandError(
                f"{flaws} texts cannot be found as they are now. Run: manage.py search_index --rebuild"
            )
        self.stdout.write("Everything can be found.")

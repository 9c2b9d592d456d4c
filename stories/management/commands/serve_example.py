"""`manage.py serve_example`: the example's source site, with its owner at work."""

import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from stories.management.example.site import SourceSite, act_as_owner, lay_out_site


class Command(BaseCommand):
    help = "Serves the example's source site; its owner rewords a page soon after its first reading."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8010)
        parser.add_argument(
            "--reword-after",
            type=float,
            default=15.0,
            metavar="SECONDS",
            help="after the page was first read",
        )

    def handle(self, *, port: int, reword_after: float, **_options: Any) -> None:
        folder = Path(settings.DATA_DIR) / "example-site"
        lay_out_site(folder)
        with SourceSite(folder, port) as site:
            owner = threading.Thread(
                target=act_as_owner,
                args=(site, folder),
                kwargs={"after_seconds": reword_after, "announce": self._announce},
                daemon=True,
            )
            owner.start()
            site.serve_forever()

    def _announce(self, sentence: str) -> None:
        self.stdout.write(f"\n— {sentence}\n")
        self.stdout.flush()

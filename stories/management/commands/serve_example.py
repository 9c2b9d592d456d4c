"""`manage.py serve_example`: the example's source site, with its owner at work."""

import socket
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stories.management.embedded import listen_on
from stories.management.example.site import SourceSite, act_as_owner, lay_out_site


class Command(BaseCommand):
    help = "Serves the example's source site; its owner rewords a page soon after its first reading."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--port", type=int, default=8010)
        where.add_argument("--fd", type=int, metavar="NUMBER", help="of a socket that listens already")
        parser.add_argument(
            "--reword-after",
            type=float,
            default=15.0,
            metavar="SECONDS",
            help="after the page was first read",
        )

    def handle(self, *, port: int, fd: int | None, reword_after: float, **_options: Any) -> None:
        listening = listen_on([port]) if fd is None else socket.socket(fileno=fd)
        if listening is None:
            raise CommandError(f"Port {port} is taken or not yours to use: choose another with --port.")
        folder = Path(settings.DATA_DIR) / "example-site"
        lay_out_site(folder)
        with SourceSite(folder, listening) as site:
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

"""Write what proves a quote into a file that web archives replay."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from stories.models import Article, Citation, Source
from stories.models.blob import DamagedCopyError
from stories.watching.evidence import (
    Evidence,
    evidence_for_article,
    evidence_for_citation,
    evidence_for_source,
)
from stories.watching.warc import write_warc


class Command(BaseCommand):
    help = (
        "Writes the copies that a citation, a source or a story rests on into a WARC 1.1, with their requests, "
        "and the verdicts as metadata records. It may hold what readers have not seen: hand it on with care."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--citation", type=int, metavar="ID")
        what.add_argument("--source", type=int, metavar="ID")
        what.add_argument("--article", metavar="SLUG")
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="such as evidence.warc.gz")

    def handle(self, *, output: Path | None, **options: Any) -> None:
        evidence = _evidence(options)
        count = evidence.snapshots.count()
        if not count:
            raise CommandError("No copy of it is kept, so there is nothing to show.")
        path = output or Path(f"{evidence.name}.warc.gz")
        if path.exists():
            raise CommandError(f"{path} is there already; name another file with -o.")
        self._write(path, evidence, count)
        self.stdout.write(f"{path}: {count} {'copy' if count == 1 else 'copies'}.")

    def _write(self, path: Path, evidence: Evidence, count: int) -> None:
        """Whole or not at all: a file that broke off would prove nothing."""
        unfinished = path.with_name(f"{path.name}.unfinished")
        console = Console(stderr=True)
        try:
            with (
                unfinished.open("wb") as out,
                Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as progress,
            ):
                bar = progress.add_task("Writing copies", total=count)
                write_warc(
                    out,
                    evidence,
                    now=timezone.now(),
                    publisher=settings.NEWSROOM_NAME,
                    on_progress=lambda: progress.advance(bar),
                )
            unfinished.replace(path)
        except (DamagedCopyError, OSError) as error:
            raise CommandError(str(error)) from error
        finally:
            unfinished.unlink(missing_ok=True)


def _evidence(options: dict[str, Any]) -> Evidence:
    if options["citation"] is not None:
        citation = Citation.objects.select_related("article").filter(pk=options["citation"]).first()
        return evidence_for_citation(_found(citation, "citation", options["citation"]))
    if options["source"] is not None:
        source = Source.objects.filter(pk=options["source"]).first()
        return evidence_for_source(_found(source, "source", options["source"]))
    article = Article.objects.filter(slug=options["article"]).first()
    return evidence_for_article(_found(article, "story", options["article"]))


def _found(row: Any, noun: str, key: Any) -> Any:
    if row is None:
        raise CommandError(f"There is no {noun} {key}.")
    return row

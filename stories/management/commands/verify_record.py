"""Prove the public record: exit 0 where it is sound, 1 where it was altered, 2 where something is missing."""

import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from stories.models import Article, Checkpoint, Leaf, Update, Version
from stories.models.triggers import missing_triggers
from stories.publishing.checkpoints import ExportOutOfReach
from stories.publishing.proof.__main__ import main as verify_file
from stories.publishing.proof.flaw import CANNOT_TELL, exit_status
from stories.publishing.record import Flaw, verify_record
from stories.publishing.verifying import keep_verification, lacks_a_key, lasting_flaws


class Command(BaseCommand):
    help = (
        "Recompute every published version and update against the log, its chains and its signed checkpoints. "
        "Exit status: 0 sound, 1 altered, 2 something is missing, 3 cannot tell."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--story", action="append", default=[], metavar="SLUG", help="only this story; may be repeated"
        )
        which.add_argument(
            "--export", metavar="FILE", help="an export or a story’s record.json, instead of the database"
        )
        parser.add_argument(
            "--checkpoint",
            action="append",
            default=[],
            metavar="FILE",
            help="a checkpoint that was kept elsewhere, which the record must agree with; may be repeated",
        )

    def handle(
        self, *_args: Any, story: list[str], export: str | None, checkpoint: list[str], **_options: Any
    ) -> None:
        if export:
            kept = [word for path in checkpoint for word in ("--checkpoint", path)]
            sys.exit(verify_file([export, *kept]))
        articles = _articles(story) if story else None
        notes, began = [_read(path) for path in checkpoint], timezone.now()
        try:
            flaws = lasting_flaws(lambda: self._verify(articles, notes))
        except DatabaseError as error:
            raise CommandError(f"The record cannot be read: {error}", returncode=CANNOT_TELL) from error
        except ExportOutOfReach as error:
            raise CommandError(f"{error} {error.remedy}", returncode=CANNOT_TELL) from error
        if articles is None and not notes:
            self._keep(flaws, began)
        for flaw in flaws:
            self.stdout.write(str(flaw))
        if missing := missing_triggers():
            self.stderr.write(f"The database does not guard the record: {', '.join(missing)}.")
        if flaws:
            sys.exit(exit_status(flaws))
        self.stdout.write(_praise(articles))

    def _keep(self, flaws: list[Flaw], began: datetime) -> None:
        """Where it is about the record, and not about the key of whoever asks, who alone would see the flaw.

        And where the database takes it: one that can only be read, such as a standby, is verified all the same.
        """
        if lacks_a_key():
            self.stderr.write(
                "What was found is not kept: no key that is known here (RECORD_SIGNING_KEY, RECORD_FORMER_KEYS) has "
                "signed some of the checkpoints."
            )
            return
        try:
            with transaction.atomic():
                keep_verification(flaws, now=began)
        except DatabaseError as error:
            self.stderr.write(f"What was found is not kept: {error}")

    def _verify(self, articles: list[Article] | None, notes: list[str]) -> list[Flaw]:
        versions = Version.objects.all()
        if articles is not None:
            versions = versions.filter(article__in=articles)
        # The bar is for people who wait; what a machine reads is the sentences.
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            # The log is read whole after the versions, whichever they are, and takes longer.
            bar = progress.add_task("Verifying the record", total=versions.count() + Leaf.objects.count())
            return verify_record(
                articles, notes=notes, on_progress=lambda count: progress.advance(bar, count)
            )


def _articles(slugs: list[str]) -> list[Article]:
    articles = list(Article.objects.filter(slug__in=slugs))
    if unknown := sorted(set(slugs) - {article.slug for article in articles}):
        raise CommandError(f"There is no story {', '.join(unknown)}.", returncode=CANNOT_TELL)
    return articles


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}", returncode=CANNOT_TELL) from error


def _praise(articles: list[Article] | None) -> str:
    versions, updates = Version.objects.all(), Update.objects.published()
    if articles is not None:
        versions, updates = versions.filter(article__in=articles), updates.filter(article__in=articles)
    stories = versions.values("article").distinct().count()
    checkpoints = Checkpoint.objects.count()
    return (
        f"The record is sound: {_count(versions.count(), 'version')} and {_count(updates.count(), 'update')} "
        f"of {_count(stories, 'story', 'stories')} agree with their digests and with each other, and the log of "
        f"{_count(Leaf.objects.count(), 'leaf', 'leaves')} with {_count(checkpoints, 'signed checkpoint')}."
    )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"

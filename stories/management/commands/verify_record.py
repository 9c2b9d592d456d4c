"""Prove the public record: exit 0 where it is sound, 1 where it was altered, 2 where something is missing."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from stories.models import Article, Update, Version
from stories.publishing.record import Flaw, verify_record

ALTERED, MISSING, CANNOT_TELL = 1, 2, 3


class Command(BaseCommand):
    help = (
        "Recompute every published version against its digest, its chain, its columns and its updates. "
        "Exit status: 0 sound, 1 altered, 2 something is missing, 3 cannot tell."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="slug", help="Only these stories; otherwise all.")

    def handle(self, *_args: Any, slugs: list[str], **_options: Any) -> None:
        articles = _articles(slugs) if slugs else None
        flaws = self._verify(articles)
        for flaw in flaws:
            self.stdout.write(str(flaw))
        if flaws:
            sys.exit(ALTERED if any(flaw.kind == "altered" for flaw in flaws) else MISSING)
        self.stdout.write(_praise(articles))

    def _verify(self, articles: list[Article] | None) -> list[Flaw]:
        versions = Version.objects.all()
        if articles is not None:
            versions = versions.filter(article__in=articles)
        # The bar is for people who wait; what a machine reads is the sentences.
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            bar = progress.add_task("Verifying the record", total=versions.count())
            return verify_record(articles, on_progress=lambda count: progress.advance(bar, count))


def _articles(slugs: list[str]) -> list[Article]:
    articles = list(Article.objects.filter(slug__in=slugs))
    if unknown := sorted(set(slugs) - {article.slug for article in articles}):
        raise CommandError(f"There is no story {', '.join(unknown)}.", returncode=CANNOT_TELL)
    return articles


def _praise(articles: list[Article] | None) -> str:
    versions, updates = Version.objects.all(), Update.objects.published()
    if articles is not None:
        versions, updates = versions.filter(article__in=articles), updates.filter(article__in=articles)
    stories = versions.values("article").distinct().count()
    return (
        f"The record is sound: {_count(versions.count(), 'version')} and {_count(updates.count(), 'update')} "
        f"of {_count(stories, 'story', 'stories')} agree with their digests and with each other."
    )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"

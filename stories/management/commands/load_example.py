"""`manage.py load_example`: the example newsroom, once, into an empty database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from stories.management.example.logins import make_logins
from stories.management.example.newsroom import PEOPLE, SLACK_SLUG, load_example
from stories.models import Article, User


class Command(BaseCommand):
    help = "Loads the example newsroom: an editor, two reporters, two stories and the sources they cite."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--site", default="http://127.0.0.1:8010", help="where the example's source site is served"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="say nothing and do nothing where there is anything"
        )

    def handle(self, *, site: str, if_empty: bool, **_options: Any) -> None:
        if if_empty and (Article.objects.exists() or User.objects.exists()):
            return
        if Article.objects.filter(slug=SLACK_SLUG).exists():
            self.stdout.write("The example newsroom is here already; nothing was changed.")
            return
        if Article.objects.exists() or User.objects.exists():
            raise CommandError(
                "This database has stories or people of its own, and the example would stand among them. "
                "Load it into a new one: DATA_DIR=example-data python manage.py migrate, then load_example."
            )
        logins = Path(settings.DATA_DIR) / "example-logins.txt"
        articles = load_example(
            passwords=make_logins(logins, PEOPLE), site=site.rstrip("/"), now=timezone.now()
        )
        self.stdout.write(
            f"Loaded {len(articles)} stories and {len(PEOPLE)} people. Their passwords: {logins}"
        )

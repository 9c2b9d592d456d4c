"""`manage.py acknowledge_record --reason …`: let a record that was found changed be signed again, in the open."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from stories.publishing.checkpoints import (
    ExportOutOfReach,
    RecordContradicted,
    acknowledge,
    sign_checkpoint,
)


class Command(BaseCommand):
    help = (
        "Says in the record itself why it goes on although the last exported checkpoint contradicts it, such as "
        "after a backup was restored. Everybody can read the reason, and nobody can take it back."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reason", required=True, help="one sentence, for readers")

    def handle(self, *_args: Any, reason: str, **_options: Any) -> None:
        if not reason.strip():
            raise CommandError("The reason is what readers are told: it cannot be empty.")
        now = timezone.now()
        try:
            leaf = acknowledge(reason=reason.strip(), now=now)
        except ExportOutOfReach as out_of_reach:
            raise CommandError(f"{out_of_reach} {out_of_reach.remedy}") from out_of_reach
        if leaf is None:
            self.stdout.write("Nothing contradicts the record; nothing was written.")
            return
        try:
            checkpoint = sign_checkpoint(now=now)
        except RecordContradicted as contradicted:
            raise CommandError(
                f"Acknowledged, and something else stands against it: {contradicted} {contradicted.remedy}"
            ) from None
        assert checkpoint is not None, "the acknowledgement itself is a leaf"
        self.stdout.write(f"Acknowledged. The record is signed again, with {checkpoint.size} leaves.")

"""`manage.py export_record`: the whole record as a file, now."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from stories.publishing.checkpoints import RecordContradicted
from stories.publishing.exports import write_export


class Command(BaseCommand):
    help = "Signs the record and writes all of it into RECORD_EXPORT_DIR, as is done once a day."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            path = write_export(now=timezone.now())
        except RecordContradicted as contradicted:
            raise CommandError(f"{contradicted} {contradicted.remedy}") from contradicted
        except OSError as error:
            raise CommandError(f"Nothing was written into {settings.RECORD_EXPORT_DIR}: {error}") from error
        self.stdout.write(str(path) if path else "Nothing is published yet.")

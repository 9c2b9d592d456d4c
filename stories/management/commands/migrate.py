"""`migrate`, beside a newsroom that is at work: where both want the same tables, it gives way and begins anew."""

import time
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError

from stories.operating.half_migrated import IS_HALF_MIGRATED, WHAT_TO_DO, is_half_migrated

MOST_TRIES = 10
PAUSE_SECONDS = 3.0
#: What PostgreSQL says to one of two who wait for each other, and to who would wait too long (`lock_timeout`).
_GIVES_WAY = ("40P01", "55P03")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """What is applied is not applied again. Of a migration that gave way nothing is, but for the steps of one
        that is not atomic, each of which may be begun once more.
        """
        if is_half_migrated(options["database"]):
            raise CommandError(f"{IS_HALF_MIGRATED} {WHAT_TO_DO}")
        for _ in range(MOST_TRIES - 1):
            try:
                super().handle(*args, **options)
                return
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) not in _GIVES_WAY:
                    raise
                self.stdout.write(" Somebody is at work in the same tables: once more.")
                time.sleep(PAUSE_SECONDS)
        super().handle(*args, **options)

"""`manage.py migration_order`: which migrations wait, and whether the old code can go on while they are applied."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from stories.operating.half_migrated import IS_HALF_MIGRATED, WHAT_TO_DO, is_half_migrated
from stories.operating.migration_order import what_old_code_misses, what_wants_a_look

WITH_A_GAP = 1


class Command(BaseCommand):
    help = (
        "Says of each migration that waits whether it may be applied before the old code is stopped. "
        "Exit status: 0 all may, 1 one may not."
    )
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        if is_half_migrated():
            raise CommandError(f"{IS_HALF_MIGRATED} {WHAT_TO_DO}")
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not plan:
            self.stdout.write("No migration waits.")
        gaps = 0
        for migration, _ in plan:
            missed = what_old_code_misses(migration)
            gaps += bool(missed)
            self.stdout.write(f"{'AFTER the old code' if missed else 'before'}  {migration}")
            for said in missed or what_wants_a_look(migration):
                self.stdout.write(f"    {'' if missed else 'look at: '}{said}")
        if gaps:
            self.stdout.write(
                "This upgrade has a gap: stop the old web servers, workers and beat before you migrate."
            )
            sys.exit(WITH_A_GAP)

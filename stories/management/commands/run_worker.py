"""`manage.py run_worker`: a worker and its schedule in one small process."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from stories.management.worker import run_worker


class Command(BaseCommand):
    help = "Does the work and keeps the schedule, in one process of a few threads."
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        sys.exit(run_worker())

"""`manage.py doctor`: what is wrong with this installation, and what to do."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from stories.operating.examination import examine
from stories.operating.finding import Finding, Level

_SIGNS = {Level.WELL: "ok", Level.WARNING: "warning", Level.WRONG: "WRONG"}


class Command(BaseCommand):
    help = (
        "Looks at settings, folders, database, broker, schedule, mail and record, and says in plain words what is "
        "wrong and what to do. Exit status: 0 all is well, 1 there are warnings, 2 something is wrong."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for scripts")

    def handle(self, **options: Any) -> None:
        findings: list[Finding] = []
        for finding in examine(now=timezone.now()):
            findings.append(finding)
            if not options["json"]:
                self.stdout.write(_in_words(finding))
        worst = max(finding.level for finding in findings)
        if options["json"]:
            told = {"level": worst.name.lower(), "findings": [finding.as_json() for finding in findings]}
            self.stdout.write(json.dumps(told, indent=2, ensure_ascii=False))
        sys.exit(worst)


def _in_words(finding: Finding) -> str:
    line = f"{_SIGNS[finding.level]:<8} {finding.what:<14} {finding.said}"
    return f"{line}\n{'':24}→ {finding.remedy}" if finding.remedy else line

"""Counts the tasks that begin more than once, because the broker gave their message to a second worker."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

from celery.signals import task_prerun

FILE = "FAULTS_BEGUN"


def note_if_asked() -> None:
    if path := os.environ.get(FILE):

        def note(task_id: str, **_more: Any) -> None:
            with Path(path).open("a") as file:
                file.write(f"{task_id}\n")

        task_prerun.connect(note, weak=False)


def begun_again(path: Path) -> int:
    if not path.exists():
        return 0
    return sum(times - 1 for times in Counter(path.read_text().split()).values())

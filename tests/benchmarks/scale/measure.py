"""One database, asked one thing at a time over a pipe: what it cost, in how many queries, which of them was slowest.

What is measured is the time on a processor, of us and of the database's process for us: a machine that is shared
makes everything wait, and a wait says nothing of the size.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment

from tests.benchmarks.scale.asked import asked
from tests.benchmarks.scale.compare import COUNT


def answer_all() -> None:
    """Each line names what to ask; the answer is a line of JSON. The first says what there is."""
    calls = dict(asked())
    _say(list(calls))
    for line in sys.stdin:
        name = line.strip()
        _say(_counted(calls[name.removeprefix(COUNT)]) if name.startswith(COUNT) else _cost(calls[name]))


def _say(answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _cost(call: Callable[[], object]) -> float:
    """In milliseconds."""
    connection.ensure_connection()
    ours, theirs = time.process_time_ns(), _time_of_the_database()
    call()
    return (time.process_time_ns() - ours + _time_of_the_database() - theirs) / 1e6


def _time_of_the_database() -> int:
    """Nanoseconds on a processor, as Linux counts them; without helpers, because their time is not among them."""
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    database = connection.connection
    return int(Path(f"/proc/{database.info.backend_pid}/schedstat").read_text().split()[0])


def _counted(call: Callable[[], object]) -> dict[str, Any]:
    # What a page shows is known only where the templates tell of it, which would cost time elsewhere.
    setup_test_environment()
    with CaptureQueriesContext(connection) as captured:
        shown = call()
    teardown_test_environment()
    queries = captured.captured_queries
    slowest = max(queries, key=lambda query: float(query["time"]), default={"time": 0, "sql": ""})
    return {
        "queries": len(captured),
        "ms": float(slowest["time"]) * 1000,
        "sql": slowest["sql"][:8000],
        "shown": shown if isinstance(shown, int) else None,
    }

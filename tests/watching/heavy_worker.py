"""A worker's process without a database, for the test of its memory: `python -m tests.watching.heavy_worker URL…`

It reads the pages as a batch, then a second time against what it read first, and prints by how many bytes its memory
has grown beyond what one ordinary page took.
"""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import django

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def main(urls: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.conf import settings

    settings.WATCH_TOTAL_SECONDS = 600
    settings.WATCH_ALLOWED_PRIVATE = [url.split("/")[2] for url in urls]
    ordinary, *heavy = urls
    read_all([ordinary, ordinary])
    before = _peak_bytes()
    reasons = read_all(heavy)
    grown = _peak_bytes() - before
    print(json.dumps({"grown_bytes": grown, "reasons": reasons}))  # noqa: T201


def _peak_bytes() -> int:
    """Of this process alone: what getrusage says begins with the peak of the parent."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def read_all(urls: list[str]) -> dict[str, str]:
    from stories.models import Blob, Source, Watch
    from stories.watching.fetch import Request, fetch_each
    from stories.watching.known import Known
    from stories.watching.read import read

    watches = [Watch(pk=number, source=Source(pk=number, url=url)) for number, url in enumerate(urls)]
    reasons = {}
    for together in fetch_each(watches, begin=lambda watch: Request(watch.source.url or "")):
        for watch, answer in together:
            known = Known(
                at=NOW,
                watch=watch,
                source=watch.source,
                young_since=NOW,
                is_settled=True,
                baseline=None,
            )
            # There is no database to ask for them.
            vars(known).update(citations=[], verdicts={})
            reading = read(known, answer, now=NOW)
            if reading.copy:
                Blob.of_bytes(reading.copy.body)
            reasons[watch.source.url or ""] = reading.reason
            del reading, answer
        del together
    return reasons


if __name__ == "__main__":
    main(sys.argv[1:])

"""`make bench`: how long the product's own work takes, each beside a floor measured in the same run.

The machines are noisy and differ: read the ratios. Contenders take turns, and the median of the turns counts.
"""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="newsroom-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

import django

django.setup()

from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from tests.benchmarks import pages, texts  # noqa: E402
from tests.benchmarks.measure import Result, measure  # noqa: E402


def main() -> None:
    console = Console()
    for title, contenders in [*texts.comparisons(), *pages.comparisons()]:
        console.print(as_table(title, measure(contenders)))


def as_table(title: str, results: list[Result]) -> Table:
    """The first contender is the floor that the others are held against."""
    table = Table(title=title, title_justify="left", min_width=76)
    table.add_column("what", ratio=1)
    for heading in ("median ms", "p95 ms", "times the floor"):
        table.add_column(heading, justify="right")
    floor = results[0].median_ms
    for result in results:
        ratio = result.median_ms / floor if floor else float("nan")
        table.add_row(result.name, f"{result.median_ms:.3f}", f"{result.p95_ms:.3f}", f"{ratio:.1f}")
    return table


if __name__ == "__main__":
    main()

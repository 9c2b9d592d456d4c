"""`python -m tests.benchmarks.scale fill|ask …`: one database, the one that DATABASE_URL names."""

import argparse
import json
import os
import sys

import django

django.setup()

from rich.console import Console  # noqa: E402

from tests.benchmarks.scale.fill import fill  # noqa: E402
from tests.benchmarks.scale.measure import answer_all  # noqa: E402
from tests.benchmarks.scale.sizes import FULL, Sizes  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", choices=["fill", "ask"])
    parser.add_argument("--stories", type=int, default=FULL.stories)
    parser.add_argument("--sources", type=int, default=FULL.sources)
    parser.add_argument("--trail", type=int, default=FULL.trail)
    parser.add_argument("--alerts", type=int, default=FULL.alerts)
    asked = parser.parse_args()
    if asked.act == "fill":
        sizes = Sizes(asked.stories, asked.sources, asked.trail, asked.alerts)
        hands = os.cpu_count() or 1
        json.dump(fill(sizes, console=Console(stderr=True), hands=hands), sys.stdout)
    else:
        answer_all()


if __name__ == "__main__":
    main()

"""`make bench`: what the product's own work costs, each beside a floor measured in the same run.

The machines are noisy and differ: read the ratios. `make bench BENCH_ARGS=--help` lists what can be chosen.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

PARTS = ("texts", "pages", "checks", "growth", "searching", "workers", "scale")
PEERS = ("urlwatch", "changedetection.io", "webchanges")


def main() -> None:
    options = read_options()
    if len(options.parts) > 1:
        # Each with a database of its own.
        for part in options.parts:
            subprocess.run([sys.executable, "-m", "tests.benchmarks", *options.rest, part], check=True)
        return
    if options.parts == ["scale"]:
        # In processes of its own, each at one database.
        from tests.benchmarks.scale.run import run

        run(stories=options.stories, share=options.share)
        return
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-bench-")))
        os.environ["DATA_DIR"] = str(data)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
        if options.postgresql or "workers" in options.parts:
            from tests.services import start_postgresql, start_redis

            # PostgreSQL's own account has to come through.
            data.chmod(0o755)
            os.environ["DATABASE_URL"] = stack.enter_context(start_postgresql(data / "postgresql"))
            if "workers" in options.parts:
                os.environ["CELERY_BROKER_URL"] = stack.enter_context(start_redis(data / "redis"))

        import django

        django.setup()

        from rich.console import Console

        console = Console()
        for table in tables(options, data):
            console.print(table)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--count", type=int, default=1_000, help="pages to be checked (default: 1,000)")
    parser.add_argument("--peers-folder", type=Path, default=os.environ.get("PEERS_FOLDER"))
    parser.add_argument(
        "--peer",
        action="append",
        choices=[*PEERS, "none"],
        help="one of those installed in the folder; may be given again (default: all)",
    )
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL started for the run")
    parser.add_argument("--million", action="store_true", help="in growth: what is due among a million")
    parser.add_argument("--stories", type=int, default=100_000, help="in searching and scale: so many")
    parser.add_argument("--share", type=float, default=0.01, help="in scale: held against such a part of it")
    options = parser.parse_args()
    options.rest = [word for word in sys.argv[1:] if word not in options.parts]
    options.parts = options.parts or list(PARTS)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"There is no part {', '.join(unknown)}: choose of {', '.join(PARTS)}.")
    return options


def tables(options: argparse.Namespace, data: Path) -> Iterator[object]:
    from tests.benchmarks import pages, searching, texts
    from tests.benchmarks.checks import compare, growth, table
    from tests.benchmarks.measure import as_table, measure
    from tests.benchmarks.scale import workers

    if "texts" in options.parts:
        yield from (as_table(title, measure(contenders)) for title, contenders in texts.comparisons())
    if "pages" in options.parts:
        yield from (as_table(title, measure(contenders)) for title, contenders in pages.comparisons())
    if "checks" in options.parts:
        folder = options.peers_folder or compare.PEERS_FOLDER
        figures = list(
            compare.compare(folder, data=data, count=options.count, names=options.peer or list(PEERS))
        )
        yield table.as_table(figures, title=f"Checks of {options.count:,} pages, three passages each")
    if "growth" in options.parts:
        yield from growth.tables(data, most=1_000_000 if options.million else 0)
    if "searching" in options.parts:
        yield from searching.tables(most=options.stories)
    if "workers" in options.parts:
        yield workers.table(count=options.count)


if __name__ == "__main__":
    main()

"""The table in docs/faults.md: a run of a part keeps the rows of the others. And what the command's help says."""

from pathlib import Path

import pytest

from tests.faults.__main__ import make_parser, say_what_was_lost
from tests.faults.runs import load_runs
from tests.faults.table import BEGIN, END, Row, merge

ORDER = ["worker killed", "beat killed"]


def row(name: str, on: str = "sqlite", *, times: int = 200, lost: int = 0) -> Row:
    return Row(name, on, times, "3,120 looks", lost, 1, "2026-03-02")


def test_rows_are_merged_in_the_order_of_the_registry(tmp_path: Path) -> None:
    page = tmp_path / "faults.md"
    page.write_text(f"Before.\n\n{BEGIN}\n\n{END}\n\nAfter.\n")

    merge(page, [row("beat killed", "services"), row("worker killed", times=20)], order=ORDER)
    merge(page, [row("worker killed"), row("worker killed", "services", lost=2)], order=ORDER)

    before, _, rest = page.read_text().partition(BEGIN)
    lines = rest.partition(END)[0].strip().splitlines()[2:]
    assert (before, rest.endswith("After.\n")) == ("Before.\n\n", True)
    assert [line.split(" | ")[:3] for line in lines] == [
        ["| worker killed", "SQLite", "200"],
        ["| worker killed", "PostgreSQL, Redis", "200"],
        ["| beat killed", "PostgreSQL, Redis", "200"],
    ]
    assert "nothing" in lines[0]
    assert "**2**" in lines[1]


def test_a_run_that_is_no_more_leaves_the_table(tmp_path: Path) -> None:
    page = tmp_path / "faults.md"
    page.write_text(f"{BEGIN}\n\n{END}")

    merge(page, [row("worker killed")], order=ORDER)
    merge(page, [], order=["beat killed"])

    assert "worker killed" not in page.read_text()


def test_the_help_names_every_run() -> None:
    runs = load_runs()

    told = " ".join(make_parser().format_help().split())

    assert [name for name in runs if f"“{name}”" not in told] == []


def test_a_table_is_begun_where_there_was_no_file(tmp_path: Path) -> None:
    options = make_parser().parse_args(["--table", str(tmp_path / "new.md")])

    merge(options.table, [row("worker killed")], order=ORDER)

    assert "worker killed" in (tmp_path / "new.md").read_text()


def test_a_table_that_cannot_be_written_is_told_before_anything_is_run(tmp_path: Path, capsys) -> None:
    with pytest.raises(SystemExit):
        make_parser().parse_args(["--table", str(tmp_path / "no-folder" / "table.md")])

    assert "table.md cannot be written: No such file or directory" in capsys.readouterr().err


def test_what_lost_something_in_a_shared_newsroom_is_run_again_with_those_before_it(capsys) -> None:
    words = ["worker killed", "beat killed", "broker flushed", "--keep", "--together", "--share", "0.1"]
    options = make_parser().parse_args(words)

    say_what_was_lost([{"name": "beat killed", "on": "services", "lost": ["a letter"]}], options)

    again = "'worker killed' 'beat killed' --on services --seed 1 --share 0.1 --keep --together"
    assert again in capsys.readouterr().out

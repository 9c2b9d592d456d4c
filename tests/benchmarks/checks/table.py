"""The figures side by side, one row for each contender and phase.

At an even pace: what a check would have cost had the machine been as quick throughout as in its quickest phase.
"""

from collections.abc import Sequence

from rich.table import Table

from tests.benchmarks.checks.figures import Figures

PHASES = ("first", "unchanged", "same text", "changed", "changed, second look")


def as_table(figures: Sequence[Figures], *, title: str) -> Table:
    table = Table(title=title, title_justify="left", min_width=76)
    table.add_column("phase")
    table.add_column("who", ratio=1)
    for heading in ("CPU ms a check", "at an even pace", "checks a second", "peak MB", "shared once"):
        table.add_column(heading, justify="right")
    quickest = min((each.pace_ms for each in figures if each.pace_ms), default=None)
    for phase in PHASES:
        for each in (each for each in figures if each.phase == phase):
            table.add_row(
                each.phase,
                each.who,
                f"{each.cpu_ms:.2f}",
                f"{each.even_ms(quickest):.2f}" if quickest and each.pace_ms else "",
                f"{each.checks_a_second:.0f}",
                _mb(each.rss_mb),
                _mb(each.pss_mb),
            )
        table.add_section()
    return table


def _mb(amount: float | None) -> str:
    return "" if amount is None else f"{amount:.0f}"

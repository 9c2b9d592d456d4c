"""The table of what was run and what was lost: printed, and kept in docs/faults.md."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- The table is written by `make faults`. -->", "<!-- End of the table. -->"
HEAD = ("fault", "on", "times", "meanwhile", "lost", "seed", "date")
PLACES = {"sqlite": "SQLite", "services": "PostgreSQL, Redis"}


@dataclass(frozen=True)
class Row:
    name: str
    on: str
    times: int
    meanwhile: str
    lost: int
    seed: int
    date: str

    @property
    def cells(self) -> tuple[str, ...]:
        lost = "nothing" if not self.lost else f"**{self.lost}**"
        on = PLACES.get(self.on, self.on)
        return self.name, on, f"{self.times:,}", self.meanwhile, lost, str(self.seed), self.date


def as_markdown(rows: list[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [HEAD, ("---",) * len(HEAD), *rows])


def merge(path: Path, rows: list[Row], *, order: list[str]) -> None:
    """Put these rows in place of those of the same fault at the same place; the others stay."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    old, _, after = rest.partition(END)
    kept = {(cells[0], cells[1]): cells for cells in map(_cells, old.strip().splitlines()[2:])}
    kept |= {row.cells[:2]: row.cells for row in rows}
    known = [cells for cells in kept.values() if cells[0] in order]
    known.sort(key=lambda cells: (order.index(cells[0]), cells[1] != PLACES["sqlite"]))
    path.write_text(f"{before}{BEGIN}\n\n{as_markdown(known)}\n\n{END}{after}", encoding="utf-8")


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))

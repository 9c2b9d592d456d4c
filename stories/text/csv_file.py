"""A table as a file that a spreadsheet opens, and that runs nothing there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

#: What a spreadsheet may take for the beginning of a formula (OWASP, CSV Injection), in full width too.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠|%")
# Where the comma stands in numbers, Excel begins a new cell at a semicolon, and minds no quotes within a line.
_AFTER_A_BREAK = re.compile(r'(?<![;"\s])[;"\s]++(?=[=+\-@＝＋－＠|%])')
_BREAKS = frozenset(";\t\r\n")
_BYTE_ORDER_MARK = "\ufeff"

Cell = str | int | float | None


def csv_file(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    r"""As in RFC 4180, in UTF-8 with a byte order mark, by which Excel knows the encoding.

    Text that could be taken for a formula gets an apostrophe before it, also amid a cell where the spreadsheets of
    some countries would begin another. Numbers stay numbers.

    >>> csv_file(["story", "versions"], [["=1+1", 2]]).decode("utf-8-sig")
    '"story","versions"\r\n"\'=1+1",2\r\n'
    """
    return b"".join(csv_lines(head, rows))


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The same line by line, for a file that is longer than should be held at once."""
    yield _BYTE_ORDER_MARK.encode()
    for row in chain([head], rows):
        yield (",".join(map(_written, row)) + "\r\n").encode("utf-8", "replace")


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return '"' + _harmless(cell).replace('"', '""') + '"'
    return str(cell)


def _harmless(text: str) -> str:
    """Blanks before a sign are passed over by some programs, and a zero byte by others."""
    text = text.replace("\0", "")
    is_formula = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    marked = _AFTER_A_BREAK.sub(_marked, text)
    return f"'{marked}" if is_formula else marked


def _marked(found: re.Match[str]) -> str:
    return found[0] if _BREAKS.isdisjoint(found[0]) else f"{found[0]}'"

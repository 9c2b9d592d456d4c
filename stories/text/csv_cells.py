"""Cells of a CSV file that no spreadsheet takes for a formula (OWASP, CSV injection)."""

from __future__ import annotations

from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_row(cells: Iterable[object]) -> list[str]:
    """Each as text, with an apostrophe before what a spreadsheet would reckon.

    >>> safe_row(["=1+1", 7, None])
    ["'=1+1", '7', '']
    """
    return [_safe("" if cell is None else str(cell)) for cell in cells]


def _safe(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text

"""Pages of lists too long to be counted: how many there are is told up to a number, or not at all."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

#: Whoever looks for what is further down searches for it.
LAST_PAGE = 200


def count_up_to(most: int, rows: QuerySet) -> int:
    """How many there are; one more than `most` where there are more."""
    return rows.order_by().values("pk")[: most + 1].count()


class OpenPaginator(Paginator):
    """Of a list that nobody has counted: it knows whether there is another page, and no more."""

    is_open = True

    def get_page(self, number: Any) -> Page:
        wanted = int(number) if str(number).isascii() and str(number).isdecimal() else 1
        wanted = min(max(1, wanted), LAST_PAGE)
        first = (wanted - 1) * self.per_page
        rows = list(self.object_list[first : first + self.per_page + 1])
        self.count = first + len(rows)
        if not rows and wanted > 1:
            return self.get_page(1)
        return Page(rows[: self.per_page], wanted, self)

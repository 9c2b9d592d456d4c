"""Lists that may be very long are counted as far as anybody turns their pages."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db.models import QuerySet


def count_up_to(most: int, rows: QuerySet[Any, Any]) -> int:
    """How many there are; one more than `most` where there are more."""
    return rows.order_by().values("pk")[: most + 1].count()


def start_of_newest(most: int, rows: QuerySet[Any, Any], *, by: str) -> Any:
    """The least `by` of the `most` rows that come first in their order, newest first; None where there are no more.

    A bound that keeps what a search reads small, and leaves its rows in the order of their index.
    """
    last, *more = [*rows.values_list(by, flat=True)[most - 1 : most + 1]] or [None]
    return last if more else None


class CountedPaginator(Paginator):
    """Ends at `most_counted`, and knows whether there is more."""

    most_counted: ClassVar[int]

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        return count_up_to(self.most_counted, rows)

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.most_counted)

    @property
    def is_more(self) -> bool:
        return self._counted > self.most_counted
